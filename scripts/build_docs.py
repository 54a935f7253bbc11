"""Write docs/vocabulary.html from the vocabulary, and docs/queries.md from the ready queries.

Usage: python scripts/build_docs.py [--check]

The cookbook shows what each query answers on data/samples. --check writes nothing and exits with 1
if a file is not what this script would write.
"""

import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg import ontology
from kg.engine import local
from kg.export import export
from kg.query import query, ready_queries
from kg.resources import DATA

ROOT: Final = Path(__file__).parents[1]
JW: Final = "https://jingwu.example/def/"
SHOWN: Final = 8  # rows of an answer in the cookbook
WIDEST: Final = 60  # characters of a cell
KINDS: Final = (
    (OWL.Class, "类 · Classes"),
    (OWL.ObjectProperty, "关系属性 · Object properties"),
    (OWL.DatatypeProperty, "数据属性 · Datatype properties"),
)
STYLE: Final = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2733}"
    "h1{font-size:1.7rem}h2{margin-top:2.5rem;border-bottom:1px solid #ccd}h3{margin-bottom:.2rem}"
    "code{font-family:ui-monospace,monospace}dl{margin:.2rem 0 1.2rem}dt{float:left;clear:left;width:9rem;color:#567}"
    "dd{margin-left:9.5rem}table{border-collapse:collapse}td,th{border-bottom:1px solid #dde;padding:.2rem .8rem .2rem 0;text-align:left}"
)


def vocabulary() -> str:
    """Return the page of the vocabulary: terms of our own, then the concept schemes."""
    graph = Graph().parse(
        data=(DATA / "ontology" / "policing.ttl").read_text("utf-8"), format="turtle"
    )
    body = "".join(section(graph, kind, title) for kind, title in KINDS)
    schemes = "".join(map(scheme, ontology.SCHEMES))
    return (
        '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        "<title>警务新闻词汇表 · Policing news vocabulary</title>"
        f"<style>{STYLE}</style></head>\n<body><h1>警务新闻词汇表 · Policing news vocabulary</h1>\n"
        f"<p>命名空间 · Namespace <code>{JW}</code> (<code>jw:</code>). "
        "由 <code>data/ontology</code> 生成 · Made from <code>data/ontology</code>.</p>\n"
        f"{body}{schemes}</body></html>\n"
    )


def section(graph: Graph, kind: URIRef, title: str) -> str:
    terms = sorted(t for t in graph.subjects(RDF.type, kind) if str(t).startswith(JW))
    return f"<h2>{title}</h2>\n" + "".join(term(graph, URIRef(str(one))) for one in terms)


def term(graph: Graph, node: URIRef) -> str:
    local_name = node.removeprefix(JW)
    rows = [
        ("定义", said(graph, node, SKOS.definition, "zh-hans")),
        ("Definition", said(graph, node, SKOS.definition, "en")),
        ("Under", linked(graph, node, RDFS.subClassOf, RDFS.subPropertyOf)),
        ("Domain", linked(graph, node, RDFS.domain)),
        ("Range", linked(graph, node, RDFS.range)),
        ("See also", linked(graph, node, RDFS.seeAlso)),
        ("Level", ", ".join(sorted(map(str, graph.objects(node, SKOS.notation))))),
    ]
    listed = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows if text)
    labels = f"{said(graph, node, RDFS.label, 'zh-hans')} · {said(graph, node, RDFS.label, 'en')}"
    return f'<h3 id="{local_name}"><code>jw:{local_name}</code> {labels}</h3><dl>{listed}</dl>\n'


def said(graph: Graph, node: URIRef, predicate: URIRef, language: str) -> str:
    found = (
        text for text in graph.objects(node, predicate) if getattr(text, "language", "") == language
    )
    return escape(str(next(found, "")))


def linked(graph: Graph, node: URIRef, *predicates: URIRef) -> str:
    found = sorted(
        str(value) for predicate in predicates for value in graph.objects(node, predicate)
    )
    names = (graph.namespace_manager.qname(value) for value in found if not value.startswith("n"))
    return ", ".join(
        f'<a href="#{name.removeprefix("jw:")}"><code>{name}</code></a>'
        if name.startswith("jw:")
        else f"<code>{name}</code>"
        for name in names
    )


def scheme(name: str) -> str:
    rows = "".join(
        f"<tr><td><code>{key}</code></td><td>{escape(one.zh)}</td><td>{escape(one.en)}</td>"
        f"<td>{escape(one.definition)}</td></tr>\n"
        for key, one in ontology.labels(name).items()
    )
    title = f'<h2 id="scheme-{name}">体系 · Scheme <code>{name}</code></h2>'
    return f"{title}\n<table><tr><th>notation</th><th>中文</th><th>English</th><th></th></tr>\n{rows}</table>\n"


def cookbook() -> str:
    """Return the cookbook: each ready query with what it answers on the samples."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        export(local.build([DATA / "samples"]), out, names=["graph.nq"])
        recipes = "\n".join(recipe(out, one.name, one.title, one.text) for one in ready_queries())
    return (
        "# Questions to a graph\n\n"
        "`kg query OUT NAME` asks one of these; `kg query OUT FILE.rq` asks your own. Prefixes need not be\n"
        "declared, and the default graph is the union of all graphs. The answers below are those on\n"
        "`data/samples`, the first rows of each. Made by `scripts/build_docs.py`.\n\n"
        f"{recipes}"
    )


def recipe(out: Path, name: str, title: str, text: str) -> str:
    table = query(out, name)
    body = "\n".join(text.splitlines()[1:])
    return f"## {name}\n\n{title}\n\n```sparql\n{body}\n```\n\n{''.join(answer(table.names, table.rows))}"


def answer(names: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n"
    for row in rows[:SHOWN]:
        yield f"| {' | '.join(map(cell, row))} |\n"
    if len(rows) > SHOWN:
        yield f"\n… {len(rows)} rows in all.\n"


def cell(text: str) -> str:
    plain = " ".join(text.replace("|", "\\|").split())
    return plain if len(plain) <= WIDEST else f"{plain[: WIDEST - 1]}…"


def main() -> int:
    pages = {"vocabulary.html": vocabulary(), "queries.md": cookbook()}
    stale = [
        name
        for name, text in pages.items()
        if not (ROOT / "docs" / name).is_file() or (ROOT / "docs" / name).read_text("utf-8") != text
    ]
    if "--check" in sys.argv:
        print(
            *(f"docs/{name} is out of date: python scripts/build_docs.py" for name in stale),
            sep="\n",
        )
        return bool(stale)
    for name in stale:
        (ROOT / "docs" / name).write_text(pages[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
