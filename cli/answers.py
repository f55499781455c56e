"""Answers as lines for people: tables, and sentences with the ends of their links marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ..graph.network import NodeRow
from ..graph.query import BOTH, IN, OUT, Count, Hit, Neighbour, Paths, Period, Portrait, Statement, Step
from .messages import Words
from .render import Column, Output, cut_rows, render_confidence, render_quote, render_table
from .terminal import escape_text

ARROWS = {OUT: "→", IN: "←", BOTH: "↔"}


def render_neighbours(output: Output, node: NodeRow, *, found: Sequence[Neighbour]) -> Iterator[str]:
    """A heading and a table, one line for each link."""
    yield _render_title(output, node)
    deep, rolled = found[-1].step > 1, any(each.parts > 1 for each in found)
    rows = [
        (
            *((str(each.step), each.via) if deep else ("", "")),
            *_render_tie(output.words, each),
            str(each.parts) if rolled else "",
            render_period(each.first, each.last),
            output.words.status(each.status),
            render_confidence(each.confidence),
            each.quote,
        )
        for each in found
    ]
    yield from render_table(output, rows, columns=_build_neighbour_columns(output.words))


def _render_tie(words: Words, each: Neighbour) -> tuple[str, ...]:
    """Arrow, relation, neighbour and its type, number of evidence and documents."""
    arrow, relation = ARROWS[each.direction], words.relation(each.relation)
    return arrow, relation, each.name, words.type(each.type), str(each.weight), str(each.documents)


def _build_neighbour_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(heading=words.heading("step"), number=True),
        Column(heading=words.heading("via")),
        Column(heading=""),
        Column(heading=words.heading("relation")),
        Column(heading=words.heading("name"), colour="tail"),
        Column(heading=words.heading("type"), spare=2),
        Column(heading=words.heading("weight"), number=True),
        Column(heading=words.heading("documents"), number=True, spare=3),
        Column(heading=words.heading("parts"), number=True),
        Column(heading=words.heading("date")),
        Column(heading=words.heading("status"), spare=1),
        Column(heading=words.heading("confidence"), number=True, spare=2),
        Column(heading=words.heading("quote")),
    )


def _render_title(output: Output, node: NodeRow) -> str:
    name = output.paint(escape_text(node.name), "head")
    return f"{name}  {output.words.type(node.type)}  {output.paint(node.id, 'faint')}"


def render_period(first: str, last: str) -> str:
    """2022, or 2022 – 2024-05; empty without dates."""
    return first if first == last or not last else f"{first} – {last}" if first else last


def render_links(output: Output, found: Iterable[Statement], *, sentences: int) -> Iterator[str]:
    """Each link with its figures, and under it its statements."""
    for number, (_, group) in enumerate(groupby(found, key=lambda each: each.link)):
        if number:
            yield ""
        statements = list(group)
        yield _render_link(output, statements)
        yield from _render_statements(output, statements, limit=sentences)


def _render_link(output: Output, statements: Sequence[Statement]) -> str:
    """Head, relation and tail, then how often and when; statements of one link."""
    words, first = output.words, statements[0]
    relation = words.relation(first.relation)
    head, tail = output.paint(escape_text(first.head), "head"), output.paint(escape_text(first.tail), "tail")
    tie = f"—{relation}→" if first.directed else f"—{relation}—"
    dates = sorted(date for each in statements for date in (each.date, each.date_end) if date)
    figures = [words.line("evidence_of", weight=len(statements), documents=len({each.document for each in statements}))]
    if (parts := len({each.part for each in statements})) > 1 or first.part != first.link:
        figures.append(words.line("parts_of", parts=parts))
    if dates:
        figures.append(render_period(dates[0], dates[-1]))
    return f"{head} {tie} {tail}  {output.paint('; '.join(figures), 'faint')}"


def _render_statements(output: Output, statements: Sequence[Statement], *, limit: int) -> Iterator[str]:
    shown, more = cut_rows(statements, limit)
    for each in shown:
        spans = [("head", *each.head_span), ("tail", *each.tail_span)]
        spans += [("trigger", *each.trigger_span)] if each.trigger_span else []
        yield from render_quote(output, each.quote, spans=spans)
        yield "      " + output.paint(_render_source(output.words, each), "faint")
    if more:
        yield "    " + output.words.line("more_sentences", count=more)


def _render_source(words: Words, each: Statement) -> str:
    """What is known of a statement besides its words: part, date, status, fields, document, confidence."""
    part = f"{each.head_name} – {each.tail_name}" if each.part != each.link else ""
    source = " ".join(filter(None, (f"《{each.title}》" if each.title else "", each.publisher, each.published)))
    sure = f"{words.line('confidence')} {render_confidence(each.confidence)}"
    facts = (
        part,
        render_period(each.date, each.date_end),
        words.status(each.status),
        "、".join(each.fields),
        source,
        each.url,
        sure,
    )
    return escape_text("; ".join(filter(None, facts)))


def render_paths(output: Output, found: Paths, *, sentences: int) -> Iterator[str]:
    """Each way as a line of names, then its steps with their links and statements."""
    for number, steps in enumerate(found.paths, 1):
        if number > 1:
            yield ""
        title = output.words.line("path_of", number=number, steps=len(steps))
        names = " — ".join(escape_text(name) for name in (steps[0].from_name, *(step.to_name for step in steps)))
        yield f"{output.paint(title, 'title')}  {names}"
        for step in steps:
            yield from _render_step(output, step, sentences=sentences)


def _render_step(output: Output, step: Step, *, sentences: int) -> Iterator[str]:
    for _, group in groupby(step.statements, key=lambda each: each.link):
        statements = list(group)
        yield "  " + _render_link(output, statements)
        yield from _render_statements(output, statements, limit=sentences)


def render_timeline(output: Output, found: Sequence[Statement]) -> Iterator[str]:
    """A table, one line for each dated statement."""
    words = output.words
    columns = (
        Column(heading=words.heading("date")),
        Column(heading=words.heading("head"), colour="head"),
        Column(heading=""),
        Column(heading=words.heading("relation")),
        Column(heading=words.heading("tail"), colour="tail"),
        Column(heading=words.heading("status"), spare=1),
        Column(heading=words.heading("confidence"), number=True, spare=2),
        Column(heading=words.heading("quote")),
    )
    rows = [
        (
            render_period(each.date, each.date_end),
            each.head,
            ARROWS[OUT if each.directed else BOTH],
            words.relation(each.relation),
            each.tail,
            words.status(each.status),
            render_confidence(each.confidence),
            each.quote,
        )
        for each in found
    ]
    yield from render_table(output, rows, columns=columns)


def render_periods(output: Output, found: Sequence[Period]) -> Iterator[str]:
    """A table of counts by period and relation."""
    words = output.words
    columns = (
        Column(heading=words.heading("period")),
        Column(heading=words.heading("relation")),
        Column(heading=words.heading("links"), number=True),
        Column(heading=words.heading("evidence"), number=True),
    )
    rows = [(each.period, words.relation(each.relation), str(each.links), str(each.evidence)) for each in found]
    yield from render_table(output, rows, columns=columns)


def render_portrait(output: Output, found: Portrait) -> Iterator[str]:
    """What is known of an entity, then its links by relation."""
    words, node = output.words, found.node
    yield _render_title(output, node)
    facts = (
        (words.heading("aliases"), "、".join(node.aliases)),
        (words.heading("code"), node.code),
        (words.heading("unit"), node.unit_name if node.unit != node.id else ""),
        (words.heading("unit_reason"), words.reason(node.unit_reason)),
        (words.heading("mentions"), str(node.mentions)),
        (words.heading("documents"), str(node.documents)),
        (words.heading("evidence"), str(node.weight)),
        (words.heading("date"), render_period(node.first, node.last)),
    )
    columns = (Column(heading=""), Column(heading=""))
    yield from list(render_table(output, [fact for fact in facts if fact[1]], columns=columns))[1:]
    if found.links:
        ties = (
            Column(heading=""),
            Column(heading=words.heading("relation")),
            Column(heading=words.heading("links"), number=True),
        )
        rows = [(ARROWS[way], words.relation(relation), str(count)) for (relation, way), count in found.links.items()]
        yield from ("", *render_table(output, rows, columns=ties))


def render_hits(output: Output, found: Sequence[Hit]) -> Iterator[str]:
    """Names in a table, then titles and sentences with the match marked and where they stand."""
    words = output.words
    names = [hit for hit in found if hit.document is None]
    if names:
        columns = (
            Column(heading=words.heading("name"), colour="head"),
            Column(heading=words.heading("type")),
            Column(heading=words.heading("id")),
            Column(heading=words.heading("aliases")),
        )
        rows = [(hit.name, words.type(hit.type), hit.id, hit.quote if hit.quote != hit.name else "") for hit in names]
        yield from render_table(output, rows, columns=columns)
    for number, hit in enumerate(hit for hit in found if hit.document is not None):
        if number or names:
            yield ""
        yield from render_quote(output, hit.quote, spans=[("head", *hit.span)], indent=0)
        yield "  " + output.paint(_render_place(hit), "faint")


def _render_place(hit: Hit) -> str:
    document = hit.document
    if document is None:
        return ""
    facts = (
        f"《{document.title or document.name}》",
        document.publisher,
        document.date,
        document.url,
        document.id,
    )
    return escape_text("; ".join(filter(None, facts)))


def render_counts(output: Output, found: Iterable[Count]) -> Iterator[str]:
    """Figures in groups: the sum of each, then its parts."""
    words = output.words
    rows = [(_name_count(words, each), str(each.count)) for each in found]
    yield from list(render_table(output, rows, columns=(Column(heading=""), Column(heading="", number=True))))[1:]


def _name_count(words: Words, each: Count) -> str:
    if not each.name:
        return words.line(each.what)
    name = each.name
    if each.what == "entities":
        name = words.type(name)
    elif each.what in ("links", "evidence"):
        name = words.relation(name)
    return f"  {name}"
