"""Turtle and JSON-LD as rdflib and pyshacl read them."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib
from bingdi.exports.attributes import clean_text
from bingdi.exports.rdf import read_shapes, write_jsonld, write_turtle
from made_projection import ListProjection, empty_projection, nasty_projection, small_projection
from rdflib.compare import isomorphic
from rdflib.namespace import PROV, RDF, SKOS, XSD

BD = rdflib.Namespace("urn:bingdi:term:")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
MADE = {"small": small_projection(), "nasty": nasty_projection(), "empty": empty_projection()}


def read_turtle(projection: ListProjection, folder: Path) -> rdflib.Graph:
    write_turtle(projection, folder / "out.ttl")
    return rdflib.Graph().parse(folder / "out.ttl", format="turtle")


def validate(graph: rdflib.Graph) -> tuple[bool, str]:
    conforms, _, report = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=read_shapes(), format="turtle"))
    return conforms, report


@pytest.mark.parametrize("name", MADE)
def test_turtle_and_jsonld_say_the_same(name: str, tmp_path: Path) -> None:
    turtle = read_turtle(MADE[name], tmp_path)
    write_jsonld(MADE[name], tmp_path / "out.jsonld")
    jsonld = rdflib.Graph().parse(tmp_path / "out.jsonld", format="json-ld")
    assert len(turtle) == len(jsonld)
    assert isomorphic(turtle, jsonld)


@pytest.mark.parametrize("name", MADE)
def test_shapes_hold(name: str, tmp_path: Path) -> None:
    conforms, report = validate(read_turtle(MADE[name], tmp_path))
    assert conforms, report


@pytest.mark.parametrize(
    ("predicate", "of"),
    [
        (SKOS.prefLabel, BD.Entity),
        (BD.head, BD.Link),
        (BD.relation, BD.Link),
        (PROV.wasDerivedFrom, BD.Link),
        (OA.hasTarget, BD.Evidence),
        (PROV.wasQuotedFrom, BD.Evidence),
        (BD.headSpan, BD.Evidence),
    ],
)
def test_shapes_miss_what_is_taken_away(predicate: rdflib.URIRef, of: rdflib.URIRef, tmp_path: Path) -> None:
    graph = read_turtle(small_projection(), tmp_path)
    graph.remove((next(graph.subjects(RDF.type, of)), predicate, None))
    assert not validate(graph)[0]


def test_shapes_refuse_a_reversed_selector_and_an_unknown_relation(tmp_path: Path) -> None:
    graph = read_turtle(small_projection(), tmp_path)
    selector = next(graph.subjects(RDF.type, OA.TextPositionSelector))
    graph.set((selector, OA.start, rdflib.Literal(10**6, datatype=XSD.nonNegativeInteger)))
    assert not validate(graph)[0]
    graph = read_turtle(small_projection(), tmp_path)
    graph.set((next(graph.subjects(RDF.type, BD.Link)), BD.relation, BD.hates))
    assert not validate(graph)[0]


def test_question_of_a_reader_is_answered(tmp_path: Path) -> None:
    """Who signed what with whom, and which words of which document say so."""
    projection = small_projection()
    graph = read_turtle(projection, tmp_path)
    rows = graph.query(
        """
        PREFIX bd: <urn:bingdi:term:> PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?one ?other ?title ?start ?end ?quote ?date WHERE {
          ?link bd:relation bd:signs_agreement_with ;
                bd:head/skos:prefLabel ?one ; bd:tail/skos:prefLabel ?other ;
                prov:wasDerivedFrom ?evidence ; bd:first ?date .
          ?evidence prov:wasQuotedFrom/dcterms:title ?title ; oa:hasTarget/oa:hasSelector ?place, ?words .
          ?place oa:start ?start ; oa:end ?end . ?words oa:exact ?quote .
        }"""
    )
    ((one, other, title, start, end, quote, date),) = list(rows)
    assert {str(one), str(other)} == {"第七师", "乌苏市"}
    assert (title, quote) == (
        rdflib.Literal("两地共建水利", lang="zh"),
        rdflib.Literal("第七师胡杨河市与乌苏市于2021年5月签订水利共建协议。", lang="zh"),
    )
    assert projection.document_rows[0].text[int(start) : int(end)] == str(quote)
    assert date.datatype == XSD.gYearMonth


def test_plain_statements_and_names(tmp_path: Path) -> None:
    graph = read_turtle(small_projection(), tmp_path)
    giver, taker = (
        next(graph.subjects(SKOS.prefLabel, rdflib.Literal(name, lang="zh"))) for name in ("乌苏市", "第七师")
    )
    assert (giver, BD.aids, taker) in graph
    assert (taker, BD.aids, giver) in graph
    assert not list(graph.triples((None, BD.connects, None)))
    assert {str(name) for name in graph.objects(taker, SKOS.altLabel)} == {"七师", "胡杨河市"}
    assert (taker, RDF.type, BD.Division) in graph


def test_nasty_names_come_back(tmp_path: Path) -> None:
    projection = nasty_projection()
    graph = read_turtle(projection, tmp_path)
    assert {str(name) for name in graph.objects(None, SKOS.prefLabel)} == {
        clean_text(row.name) for row in projection.node_rows
    }
    assert {str(quote) for quote in graph.objects(None, OA.exact)} == {
        clean_text(row.quote) for row in projection.evidence_rows
    }
