"""Write the explorer: one HTML file that needs no network, readable by double-click.

The page carries its script, its style and its data; a Content Security Policy names the first two
by their hashes and forbids everything else.
"""

import base64
import gzip
import hashlib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from kg.errors import DataError
from kg.export.columns import Columns, columns
from kg.export.files import replacing
from kg.export.names import BASE
from kg.graph import KnowledgeGraph
from kg.resources import VIZ

_DIST: Final = VIZ / "dist"


def write_html(graph: KnowledgeGraph, path: Path, base: str = BASE) -> None:
    """Write the explorer page of ``graph`` to ``path``; OutputError if it cannot be written."""
    with replacing(path) as file:
        file.write(page(graph, base).encode())


def page(graph: KnowledgeGraph, base: str = BASE) -> str:
    """Return the explorer page of ``graph`` as one string, the same bytes each run."""
    title = title_of(graph)
    block, texts = columns(graph, title, base)
    return _filled(title, _packed(block), _packed(texts))


def served_page(title: str) -> str:
    """Return the page without data: it asks the server that it came from."""
    return _filled(title, "", "", "connect-src 'self'; ")


def _filled(title: str, block: str, texts: str, more: str = "") -> str:
    script, style = _asset("explorer.js"), _asset("explorer.css")
    parts = {
        "policy": _policy(script, style, more),
        "title": _escaped(title),
        "style": style,
        "graph": block,
        "texts": texts,
        "script": script,
    }
    return _fill(_asset("explorer.html"), parts)


def title_of(graph: KnowledgeGraph) -> str:
    """Return a name for the page: the outlet if there is one, and the dates it covers."""
    pages = [item.article.page for item in graph.extractions]
    outlets = Counter(page.outlet for page in pages if page.outlet)
    days = sorted({page.date for page in pages if page.date})
    name = next(iter(outlets)) if len(outlets) == 1 else "警务新闻知识图谱"
    if not days:
        return name
    return f"{name} {days[0]}" if len(days) == 1 else f"{name} {days[0]} – {days[-1]}"


def _policy(script: str, style: str, more: str) -> str:
    return (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; {more}"
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(raw).decode('ascii')}'"


def _packed(block: Columns) -> str:
    """Return the block as JSON, compressed without a time stamp, in base64."""
    raw = gzip.compress(msgspec.json.encode(block), 9, mtime=0)
    # byte 9 names the operating system, which CPython 3.11 and 3.12 fill in differently
    return base64.b64encode(raw[:9] + b"\xff" + raw[10:]).decode("ascii")


def _fill(template: str, parts: dict[str, str]) -> str:
    """Return the template with each {{name}} replaced once, in the order they stand."""
    out, rest = [], template
    for name, value in parts.items():
        before, mark, rest = rest.partition("{{" + name + "}}")
        if not mark:
            raise DataError(f"{_DIST / 'explorer.html'}: no place for {name}")
        out += [before, value]
    return "".join([*out, rest])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def _asset(name: str) -> str:
    """Return one built file of the front end, without anything that would end its element."""
    try:
        text = (_DIST / name).read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{_DIST / name}: {error.strerror or error}") from error
    if name.endswith((".js", ".css")) and ("</script" in text or "</style" in text):
        raise DataError(f"{_DIST / name}: would end its own element")
    return text
