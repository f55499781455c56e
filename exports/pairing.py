"""Links and their evidence walked side by side, so that neither has to be kept in memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..graph.errors import ExportError
from ..graph.network.rows import EvidenceRow, LinkRow, Projection


def iter_links_with_evidence(projection: Projection) -> Iterator[tuple[LinkRow, list[EvidenceRow]]]:
    """Each link with its evidence; raises ExportError where the two streams are not in the same order."""
    groups = groupby(projection.evidence(), key=lambda row: row.link)
    waiting = next(groups, None)
    for link in projection.links():
        if waiting is not None and waiting[0] == link.id:
            yield link, list(waiting[1])
            waiting = next(groups, None)
        else:
            yield link, []
    if waiting is not None:
        raise ExportError(f"evidence of link {waiting[0]} comes out of order; run bingdi verify")
