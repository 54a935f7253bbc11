"""SPARQL over a result: the union of all its graphs is the default graph."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from kg.errors import InputError, OutputError
from kg.export.names import BASE, STANDARD, Names
from kg.resources import DATA

QUERIES: Final = DATA / "ontology" / "queries"
GRAPH: Final = "graph.nq"
# A store that grows keeps its statements here; the file names the folder to read them from.
SPARQL: Final = "sparql"
CURRENT: Final = "current"
_URI_SPACE: Final = NamedNode(f"{STANDARD['void']}uriSpace")


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: column names, and one row of texts a solution."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadyQuery:
    """A question that ships with the package; the first line of its file says what it asks."""

    name: str
    title: str
    text: str


def query(folder: Path, question: str) -> Table:
    """Return the answer of the result in ``folder`` to a query, a file of one, or a ready one.

    Raise OutputError if the folder holds no result, InputError if the query is none.
    """
    text = _text(question)
    store = open_store(folder)
    names = Names(base_of(store))
    try:
        answer = store.query(
            names.rebase(text), prefixes=names.prefixes, use_default_graph_as_union=True
        )
        return _table(answer, names)
    except SyntaxError as error:
        raise InputError(f"not SPARQL: {error}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"the query failed: {error}") from error


def ready_queries() -> list[ReadyQuery]:
    """Return the queries that ship with the package, by name."""
    found = []
    for path in sorted(QUERIES.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found.append(ReadyQuery(path.stem, text.splitlines()[0].lstrip("# "), text))
    return found


def open_store(folder: Path) -> Store:
    """Return the statements of a result, in memory, or of a store, on disk.

    Raise OutputError if there are none.
    """
    if (folder / SPARQL / CURRENT).is_file():
        return _snapshot(folder / SPARQL)
    path, store = folder / GRAPH, Store()
    try:
        with path.open("rb") as file:
            store.bulk_load(file, RdfFormat.N_QUADS)
    except (OSError, SyntaxError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{path}: {reason}; make it with: kg build PAGES… -o {folder}") from error
    return store


def _snapshot(folder: Path) -> Store:
    """Return the statements that a store has put out last; nobody writes to them any more."""
    for _ in range(3):  # the writer may put out the next while we look
        try:
            name = (folder / CURRENT).read_text(encoding="utf-8").strip()
            return Store.read_only(str(folder / name))
        except OSError as error:
            reason = error
    raise OutputError(f"{folder}: {reason}")


def base_of(store: Store) -> str:
    """Return the base that a result's IRIs begin with."""
    for quad in store.quads_for_pattern(None, _URI_SPACE, None, None):
        return _literal(quad).removesuffix("id/")
    return BASE


def result_base(folder: Path) -> str:
    """Return the base of a result without loading it; raise OutputError if there is none.

    The data set's own graph, which says it, stands last.
    """
    path, found = folder / GRAPH, BASE
    try:
        with path.open(encoding="utf-8") as file:
            mark = f"{_URI_SPACE} "
            for line in file:
                if mark in line:
                    found = line.split(mark, 1)[1].split('"')[1].removesuffix("id/")
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
    return found


def _literal(quad: Quad) -> str:
    return str(getattr(quad.object, "value", ""))


def _text(question: str) -> str:
    """Return the SPARQL that ``question`` is, names, or lies in as a file."""
    if re.search(r"[\s{]", question.strip()):
        return question
    ready = {one.name: one.text for one in ready_queries()}
    if question in ready:
        return ready[question]
    try:
        return Path(question).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(ready)
        raise InputError(f"{question}: neither a file nor a ready query ({known})") from error


def _table(answer: QuerySolutions | QueryBoolean | QueryTriples, names: Names) -> Table:
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        rows = tuple(tuple(_cell(solution[name], names) for name in columns) for solution in answer)
        return Table(columns, rows)
    if isinstance(answer, QueryBoolean):
        return Table(("answer",), ((str(bool(answer)).lower(),),))
    triples = (
        (_cell(triple.subject, names), _cell(triple.predicate, names), _cell(triple.object, names))
        for triple in answer
    )
    return Table(("subject", "predicate", "object"), tuple(sorted(triples)))


def _cell(term: object, names: Names) -> str:
    """Return a term as people read it: literals bare, IRIs by their prefix."""
    value = str(getattr(term, "value", "" if term is None else term))
    if not isinstance(term, NamedNode):
        return value
    for prefix, iri in names.prefixes.items():
        if value.startswith(iri):
            return f"{prefix}:{value.removeprefix(iri)}"
    return value
