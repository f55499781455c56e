"""Questions to a store: names, neighbours, links, paths, search, figures, timeline. Nothing here prints."""

from .answers import BOTH, IN, OUT, Count, Hit, Neighbour, Paths, Period, Portrait, Statement, Step
from .browse import count_periods, describe, stats, timeline
from .names import find_entity, find_nearest, find_others
from .nodes import find_node, get_node
from .paths import find_paths
from .searching import search
from .ties import find_links, find_neighbours

__all__ = [
    "BOTH",
    "IN",
    "OUT",
    "Count",
    "Hit",
    "Neighbour",
    "Paths",
    "Period",
    "Portrait",
    "Statement",
    "Step",
    "count_periods",
    "describe",
    "find_entity",
    "find_links",
    "find_nearest",
    "find_neighbours",
    "find_node",
    "find_others",
    "find_paths",
    "get_node",
    "search",
    "stats",
    "timeline",
]
