"""What the data set's own graph says: VoID, DCAT and PROV of the run, without time of day."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.export.evidence import source_name
from kg.export.names import Names
from kg.export.statements import Statements
from kg.graph import KnowledgeGraph
from kg.model import Page
from kg.resources import DATA

SOFTWARE = "jingwu-kg"
_NOT_KNOWLEDGE = frozenset({"samples"})


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much a data set holds."""

    entities: int
    articles: int
    claims: int


def dataset_node(names: Names) -> str:
    """Return the node of the data set, which names its graph too."""
    return names.node("dataset")


def provenance(graph: KnowledgeGraph, names: Names) -> Statements:
    """Return the data set's description: what is in it, from which inputs, made by what."""
    claims = sum(1 for _ in graph.claims())
    out = summary(names, Sizes(len(graph.entities), len(graph.extractions), claims))
    for name, digest in _inputs(graph):
        out.update(input_statements(names, name, digest))
    return out


def summary(names: Names, sizes: Sizes) -> Statements:
    """Return what a data set of some size is and what made it, its inputs left out."""
    out, node, run = Statements(names), dataset_node(names), names.node("run")
    out.type(node, "void:Dataset", "dcat:Dataset", "prov:Entity")
    out.words(node, "dct:title", "警务新闻知识图谱")
    out.english(node, "dct:title", "Knowledge graph of policing news")
    out.string(node, "void:uriSpace", names.prefixes["jwd"])
    out.number(node, "void:entities", sizes.entities)
    out.number(node, "void:documents", sizes.articles)
    out.number(node, "jw:claims", sizes.claims)
    for prefix in ("jw", "oa", "org", "prov", "schema", "skos"):
        out.add(node, "void:vocabulary", f"<{names.prefixes[prefix]}>")
    out.add(node, "prov:wasGeneratedBy", run)
    out.type(run, "prov:Activity")
    _software(out, run)
    return out


def input_statements(names: Names, name: str, digest: str) -> Statements:
    """Return that the run read an input, known by its name and the hash of its text."""
    out, source = Statements(names), names.node(f"input-{digest[:16]}")
    out.type(source, "prov:Entity")
    out.string(source, "rdfs:label", name)
    out.string(source, "jw:sha256", digest)
    out.add(names.node("run"), "prov:used", source)
    return out


def input_of(page: Page) -> tuple[str, str]:
    """Return the hash of a page's text, and the page's name."""
    digest = hashlib.sha256(page.text.encode("utf-8", "replace")).hexdigest()
    return digest, source_name(page.source)


def _software(out: Statements, run: str) -> None:
    node, data = out.names.node("software"), out.names.node("language-data")
    out.type(node, "prov:SoftwareAgent", "schema:SoftwareApplication")
    out.string(node, "schema:name", SOFTWARE)
    out.string(node, "schema:softwareVersion", software_version())
    out.type(data, "prov:Entity")
    out.english(data, "rdfs:label", "lexicons, gazetteer and taxonomies")
    out.string(data, "jw:sha256", data_digest())
    out.add(run, "prov:wasAssociatedWith", node)
    out.add(run, "prov:used", data)


def _inputs(graph: KnowledgeGraph) -> list[tuple[str, str]]:
    """Return name and hash of the text of each page, the first name where two are the same."""
    pages = {input_of(extraction.article.page) for extraction in graph.extractions}
    return sorted((name, digest) for digest, name in dict(sorted(pages, reverse=True)).items())


def software_version() -> str:
    """Return the version of this package; 0 in a checkout that is not installed."""
    try:
        return version(SOFTWARE)
    except PackageNotFoundError:
        return "0"


@cache
def data_digest() -> str:
    """Return one hash over everything in data/ that the result depends on."""
    whole = hashlib.sha256()
    for path in _knowledge(DATA):
        whole.update(path.relative_to(DATA).as_posix().encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _knowledge(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not _NOT_KNOWLEDGE & set(path.relative_to(folder).parts):
            yield path
