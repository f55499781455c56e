"""One SQLite file: documents, mentions, entities, links, evidence."""

from .memberships import Membership
from .reader import Counts
from .selecting import Selected
from .store import Store
from .verifying import Problem
from .writing import check_extraction

__all__ = ["Counts", "Membership", "Problem", "Selected", "Store", "check_extraction"]
