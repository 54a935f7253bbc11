"""Small graphs for the tests of exports: annotated articles as extractions, without any recogniser."""

import re
from dataclasses import replace
from pathlib import Path

from kg.evaluate.annotation import Document, read_annotation
from kg.graph import KnowledgeGraph, assemble
from kg.model import (
    Article,
    Claim,
    Correction,
    Credit,
    Entity,
    Extraction,
    Mention,
    Page,
    Passage,
    Reprint,
    Ruling,
    SameEvent,
)

CASES = Path(__file__).parent / "cases"
# What an article shares with others; the rest belongs to it alone.
_SHARED = {"UNIT", "ORG", "LOC", "DOC", "METHOD"}


def small_graph() -> KnowledgeGraph:
    """Two articles with every type, every relation, every status, and text that bites."""
    return graph_of(CASES / "graph")


def linked_graph() -> KnowledgeGraph:
    """The small graph with a reprint, two reports of one event, and a correction."""
    graph = small_graph()
    one, two = (extraction.article.id for extraction in graph.extractions)
    acts = sorted(key for key, entity in graph.entities.items() if entity.type == "ACT")
    done = Correction("rename", one, "原文", acts[0], "新名", "编辑", "2025-01-03", "写错了", 2)
    return replace(
        graph,
        reprints=(Reprint(two, one, "same text"),),
        same_events=(SameEvent(acts[0], acts[-1], "same day"),),
        rulings=(Ruling("correction-1", done, acts[0]),),
    )


def graph_of(folder: Path) -> KnowledgeGraph:
    return assemble(extraction_of(path) for path in sorted(folder.glob("*.ann")))


def extraction_of(path: Path) -> Extraction:
    """Return an annotated document as if the line had read it."""
    document = read_annotation(path)
    header, _, entities, relations = re.split(r"(?m)^---\s*$\n?", path.read_text(encoding="utf-8"))
    article = _article(document, header, path)
    ids = {
        key: _id(article, key, node.type, node.name, entities)
        for key, node in document.nodes.items()
    }
    # What an annotator derived and related to nothing is in no graph.
    used = {m.entity for m in document.marks}
    used |= {end for link in document.links for end in (link.head, link.tail)}
    return Extraction(
        article,
        tuple(
            Mention(
                m.type,
                m.start,
                m.end,
                document.text[m.start : m.end],
                ids[m.entity],
                m.nominal,
                "annotated",
            )
            for m in document.marks
        ),
        tuple(
            Entity(ids[key], node.type, node.name, node.aliases, _attributes(key, entities))
            for key, node in document.nodes.items()
            if key in used
        ),
        tuple(_claims(document, article, ids, relations)),
    )


def _article(document: Document, header: str, path: Path) -> Article:
    said = dict(line.split(": ", 1) for line in header.splitlines() if ": " in line)
    outlet, number, section, *_ = [*said.get("source", "").split(), "", "", ""]
    page = Page(path.name, document.text, "plain", outlet, said.get("date", ""), number, section)
    byline = tuple(
        Credit(*part.strip().split("=", 1))
        for part in said.get("byline", "").split(";")
        if "=" in part
    )
    key = "-".join(filter(None, (outlet, page.date, number, document.name)))
    title = document.text.split("\n", 1)[0]
    return Article(key, page, title, document.text, said.get("dateline", ""), byline)


def _id(article: Article, key: str, kind: str, name: str, entities: str) -> str:
    code = _attributes(key, entities).get("code")
    if code:
        return f"region-{code}"
    own = "" if kind in _SHARED else f"{article.id}-{key}-"
    return f"{kind.lower()}-{own}{''.join(char for char in name if char.isalnum())}"


def _attributes(key: str, entities: str) -> dict[str, str]:
    line = next(line for line in entities.splitlines() if re.match(rf"{key}\??\s", line))
    pairs = (part.partition("=") for part in line.split(";")[1:])
    return {name.strip(): value.strip() or "yes" for name, _, value in pairs}


def _claims(
    document: Document, article: Article, ids: dict[str, str], relations: str
) -> list[Claim]:
    claims = []
    for line in filter(str.strip, relations.splitlines()):
        body, *pairs = (part.strip() for part in line.split(";"))
        attributes = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        status = attributes.pop("status", "asserted")
        relation, *ends = body.rstrip(" ?").split()
        own = attributes.get("what", "") or attributes.get("post", "")
        unit = attributes.get("unit", "")  # 47户 and 163人 of one deed
        name = "-".join((relation, *(ids[end] for end in ends), own, unit))
        evidence = _sentence(document, ends)
        head, tail = ids[ends[0]], ids[ends[1]] if len(ends) > 1 else ""
        claims.append(
            Claim(name, relation, head, tail, (evidence,), status, "annotated", attributes)
        )
    return claims


def _sentence(document: Document, ends: list[str]) -> Passage:
    """Return the sentence with most of the ends in it."""
    spans = [m.span() for m in re.finditer(r"[^。\n]+。?", document.text)]
    marks = [mark for mark in document.marks if mark.entity in ends]
    start, end = max(
        spans, key=lambda span: len({m.entity for m in marks if span[0] <= m.start < span[1]})
    )
    return Passage(start, end, document.text[start:end])
