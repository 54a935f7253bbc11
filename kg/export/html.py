"""Write the explorer: one HTML file that needs no network, readable by double-click.

The page carries its script, its style and its data; a Content Security Policy names the first two
by their hashes and forbids everything else.
"""

import base64
import gzip
from collections import Counter
from pathlib import Path

import msgspec

from kg.export.columns import Columns, columns
from kg.export.files import replacing
from kg.export.names import BASE
from kg.export.template import asset, escaped, fill, policy
from kg.graph import KnowledgeGraph


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


def title_of(graph: KnowledgeGraph) -> str:
    """Return a name for the page: the outlet if there is one, and the dates it covers."""
    pages = [item.article.page for item in graph.extractions]
    outlets = Counter(page.outlet for page in pages if page.outlet)
    days = sorted({page.date for page in pages if page.date})
    name = next(iter(outlets)) if len(outlets) == 1 else "警务新闻知识图谱"
    if not days:
        return name
    return f"{name} {_span(days[0], days[-1])}"


def _span(first: str, last: str) -> str:
    """Return a span of days as short as it can be understood."""
    if first == last:
        return first
    if first[:4] == last[:4]:
        return f"{first} – {last[5:]}" if last[5:] else first
    return f"{first[:7]} – {last[:7]}"


def _filled(title: str, block: str, texts: str, more: str = "") -> str:
    script, style = asset("explorer.js"), asset("explorer.css")
    parts = [
        ("policy", policy([script], [style], more)),
        ("title", escaped(title)),
        ("style", style),
        ("graph", block),
        ("texts", texts),
        ("script", script),
    ]
    return fill("explorer.html", parts)


def _packed(block: Columns) -> str:
    """Return the block as JSON, compressed without a time stamp, in base64."""
    raw = gzip.compress(msgspec.json.encode(block), 9, mtime=0)
    # byte 9 names the operating system, which CPython 3.11 and 3.12 fill in differently
    return base64.b64encode(raw[:9] + b"\xff" + raw[10:]).decode("ascii")
