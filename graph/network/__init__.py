"""Store to networkx.MultiDiGraph, and its roll-up to divisions and localities."""

from .building import build_network
from .projection import StoredProjection, project
from .rows import EvidenceRow, LinkRow, NodeRow, Projection

__all__ = ["EvidenceRow", "LinkRow", "NodeRow", "Projection", "StoredProjection", "build_network", "project"]
