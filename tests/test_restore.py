"""graph → RDF → graph: nothing is lost, and the canonical hash is always the same."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from kg.errors import OutputError
from kg.export import export
from kg.graph import KnowledgeGraph, assemble, claim_key
from kg.model import Article, Claim, Entity, Extraction, Mention, Page, Passage
from kg.restore import restore
from tests.graphs import CASES, graph_of, small_graph

RDF = ["graph.nq"]


def facts(graph: KnowledgeGraph) -> dict[str, object]:
    """Return what a graph says in a form that can be compared."""

    def page(one: Page) -> Page:
        return replace(one, text="", title="", remainder=())

    articles = [replace(e.article, page=page(e.article.page), origin=()) for e in graph.extractions]
    mentions = [
        sorted((m.start, m.end, m.type, m.text, m.entity, m.nominal, m.rule) for m in e.mentions)
        for e in graph.extractions
    ]
    claims = [
        (
            claim_key(e.article, c),
            c.relation,
            c.head,
            c.tail,
            tuple(sorted((p.start, p.end, p.text) for p in c.evidence)),
            c.status,
            c.rule,
            dict(c.attributes),
        )
        for e in graph.extractions
        for c in sorted(e.claims, key=lambda c: claim_key(e.article, c))
    ]
    entities = {
        key: (e.type, e.name, tuple(sorted(e.aliases)), dict(e.attributes))
        for key, e in graph.entities.items()
    }
    return {"articles": articles, "mentions": mentions, "claims": claims, "entities": entities}


@pytest.mark.parametrize("make", [small_graph, lambda: graph_of(CASES / "articles")])
def test_nothing_is_lost(make: Callable[[], KnowledgeGraph], tmp_path: Path) -> None:
    graph = make()
    export(graph, tmp_path, names=RDF)
    before, after = facts(graph), facts(restore(tmp_path))
    for key, said in before.items():
        assert after[key] == said, key


def test_a_second_trip_changes_no_byte(tmp_path: Path) -> None:
    export(small_graph(), tmp_path / "one", names=RDF)
    again = restore(tmp_path / "one")
    pages = {e.article.id: e.article.page for e in small_graph().extractions}
    # the text of the page, whose hash the provenance holds, is no part of the graph
    kept = assemble(
        replace(e, article=replace(e.article, page=pages[e.article.id])) for e in again.extractions
    )
    export(kept, tmp_path / "two", names=RDF)
    assert (tmp_path / "one/graph.nq").read_bytes() == (tmp_path / "two/graph.nq").read_bytes()


# A name as it may come out of a bad page: any sign but those that XML and RDF cannot hold.
NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=12
).map(lambda text: " ".join(text.split()) or "名")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(NAMES, NAMES, NAMES)
def test_any_name_survives(unit: str, act: str, key: str) -> None:
    import tempfile

    text = f"{unit}{act}"
    article = Article(key, Page("p.txt", text, outlet=unit, date="2025-01-02"), unit, text)
    one = Entity(f"unit-{unit}", "UNIT", unit, (act,), {"note": key})
    two = Entity(f"act-{act}", "ACT", act)
    mentions = (
        Mention("UNIT", 0, len(unit), unit, one.id),
        Mention("ACT", len(unit), len(text), act, two.id),
    )
    claim = Claim("c", "organizes", one.id, two.id, (Passage(0, len(text), text),))
    graph = assemble([Extraction(article, mentions, (one, two), (claim,))])
    with tempfile.TemporaryDirectory() as folder:
        export(graph, Path(folder), names=RDF)
        assert facts(restore(Path(folder))) == facts(graph)


def canonical(path: Path) -> str:
    with path.open("rb") as file:
        dataset = Dataset(parse(file, RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("\n".join(sorted(map(str, dataset))).encode()).hexdigest()


MAKE = """
import sys
from pathlib import Path
from kg.export import export
from kg.graph import assemble
from tests.graphs import small_graph
graph = small_graph()
export(assemble(graph.extractions[:: int(sys.argv[2])]), Path(sys.argv[1]), names=["graph.nq"])
"""


def test_the_canonical_hash_is_stable_over_runs_and_order(root: Path, tmp_path: Path) -> None:
    hashes = set()
    for seed, order in (("0", "1"), ("1", "-1"), ("77", "1")):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        subprocess.run(
            [sys.executable, "-c", MAKE, str(folder), order], check=True, env=environment, cwd=root
        )
        hashes.add(canonical(folder / "graph.nq"))
    assert len(hashes) == 1


def test_a_folder_without_a_result_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"graph\.nq"):
        restore(tmp_path)
