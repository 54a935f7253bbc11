"""Annotated documents (``*.ann``) and extractions as one kind of record, so they can be compared.

A document file has four parts between lines of ``---``: a header, the text with inline marks
``{u1:…}`` (named) and ``{u1~…}`` (nominal), the entities, the relations. ``?`` marks what is optional:
neither asked for nor counted as wrong.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.model import Extraction

TYPE_OF_LETTER: Final = {
    "u": "UNIT",
    "o": "ORG",
    "l": "LOC",
    "a": "ACT",
    "p": "PER",
    "t": "TIME",
    "d": "DOC",
    "m": "METHOD",
    "g": "GROUP",
}
_OPEN: Final = re.compile(r"\{(?P<entity>[uolaptdmg]\d+)(?P<optional>\?)?(?P<kind>[:~])")
_ENTITY: Final = re.compile(
    r"(?P<id>[uolaptdmg]\d+)(?P<optional>\?)?\s+(?P<type>[A-Z]+)\s+(?P<forms>.*)"
)
_SHORT: Final = re.compile(r"\{([LG])(\??):")
_PART: Final = re.compile(r"^---\s*$\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span of a document's text, in code points."""

    type: str
    start: int
    end: int
    entity: str
    nominal: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """An entity with every form that names it; ``coded`` if it is a division with a code."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    optional: bool = False
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two nodes."""

    relation: str
    head: str
    tail: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One article with its marks, nodes and links, from an annotator or from the line."""

    name: str
    text: str
    marks: tuple[Mark, ...] = ()
    nodes: Mapping[str, Node] = field(default_factory=dict)
    links: tuple[Link, ...] = ()


def from_extraction(extraction: Extraction) -> Document:
    """Return what the line found in one article as a document."""
    return Document(
        name=extraction.article.id,
        text=extraction.article.text,
        marks=tuple(Mark(m.type, m.start, m.end, m.entity, m.nominal) for m in extraction.mentions),
        nodes={e.id: Node(e.id, e.type, e.name, e.aliases) for e in extraction.entities},
        links=tuple(Link(c.relation, c.head, c.tail) for c in extraction.claims if c.tail),
    )


def read_annotation(path: Path) -> Document:
    """Return an annotated document; raise InputError naming the line that is not understood."""
    try:
        parts = _PART.split(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from error
    if len(parts) != 4:
        raise InputError(f"{path}: {len(parts)} parts between lines of ---, 4 expected")
    header, marked, entities, relations = parts
    text, marks = _unmark(marked.strip("\n"), path)
    nodes = {node.id: node for node in _nodes(entities, path)}
    if unknown := sorted({mark.entity for mark in marks} - nodes.keys()):
        raise InputError(f"{path}: no entity line for {', '.join(unknown)}")
    return Document(
        name=_header(header).get("doc", str(path)),
        text=text,
        marks=marks,
        nodes=nodes,
        links=tuple(_links(relations, path)),
    )


def read_paragraphs(path: Path) -> Iterator[Document]:
    """Yield the lines of a file as documents; raise InputError for a line whose marks do not close."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        yield paragraph(f"{path.stem}-{number}", line)


def paragraph(name: str, line: str) -> Document:
    """Return a line with only places and groups marked: {L:…}, {G:…}, {G?:…} if optional.

    Each mark is an entity of its own. Raise InputError if one does not close.
    """
    pieces = _SHORT.split(line)
    marked = pieces[0]
    for index in range(1, len(pieces), 3):
        letter, optional, rest = pieces[index : index + 3]
        marked += f"{{{letter.lower()}{index}{optional}:{rest}"
    text, marks = _unmark(marked, Path(name))
    nodes = {m.entity: Node(m.entity, m.type, text[m.start : m.end]) for m in marks}
    return Document(name, text, marks, nodes)


def _header(part: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in part.splitlines() if line.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}


def _unmark(marked: str, path: Path) -> tuple[str, tuple[Mark, ...]]:
    """Return the text without its marks, and the marks with their offsets in it."""
    kept: list[str] = []
    marks: list[Mark] = []
    pending: list[tuple[int, re.Match[str]]] = []
    at = 0
    while at < len(marked):
        if opened := _OPEN.match(marked, at):
            pending.append((len(kept), opened))
            at = opened.end()
            continue
        if marked[at] == "}" and pending:
            marks.append(_closed(*pending.pop(), end=len(kept)))
        else:
            kept.append(marked[at])
        at += 1
    if pending:
        raise InputError(f"{path}: the mark of {pending[-1][1]['entity']} never closes")
    return "".join(kept), tuple(marks)


def _closed(start: int, opened: re.Match[str], end: int) -> Mark:
    return Mark(
        type=TYPE_OF_LETTER[opened["entity"][0]],
        start=start,
        end=end,
        entity=opened["entity"],
        nominal=opened["kind"] == "~",
        optional=bool(opened["optional"]),
    )


def _lines(part: str) -> Iterator[str]:
    return (line for line in part.splitlines() if line.strip() and not line.startswith("#"))


def _nodes(part: str, path: Path) -> Iterator[Node]:
    for line in _lines(part):
        names, *keys = (piece.strip() for piece in line.split(";"))
        found = _ENTITY.match(names)
        if not found or TYPE_OF_LETTER[found["id"][0]] != found["type"]:
            raise InputError(f"{path}: not an entity: {line}")
        forms = [form.strip() for form in found["forms"].split("|") if form.strip()]
        yield Node(
            id=found["id"],
            type=found["type"],
            name=forms[0],
            aliases=tuple(forms[1:]),
            optional=bool(found["optional"]),
            coded=any(re.match(r"code\s*=\s*\S", key) for key in keys),
        )


def _links(part: str, path: Path) -> Iterator[Link]:
    for line in _lines(part):
        body, *keys = (piece.strip() for piece in line.split(";"))
        words = body.rstrip("? ").split()
        if words[0] == "outcome":  # a number about one activity, not a link
            continue
        if len(words) != 3:
            raise InputError(f"{path}: not a relation: {line}")
        yield Link(words[0], words[1], words[2], body.endswith("?") or "?" in keys)
