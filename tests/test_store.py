"""A store that grows: the same as built anew, exact in what it withdraws, safe against any end."""

import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg.across.link import link
from kg.corrections.anchor import anchor_of
from kg.corrections.plan import correct
from kg.corrections.table import FILE, append_correction, read_corrections
from kg.errors import OutputError
from kg.export.names import BASE
from kg.export.rdf import write_nquads
from kg.graph import KnowledgeGraph, assemble
from kg.model import Article, Correction, Extraction
from kg.query import open_store
from kg.store.reader import reading
from kg.store.records import pack_extraction, unpack_extraction
from kg.store.sparql import bring_in_step
from kg.store.writer import Writer, writing
from tests import line

STAMP = "1 test"


def add(writer: Writer, path: str, articles: list[Article], digest: str = "1") -> None:
    turn = writer.begin(path)
    writer.put(path, turn, [line.extract(one) for one in articles])
    writer.end(path, digest, turn)


def nquads(graph: KnowledgeGraph, folder: Path) -> bytes:
    path = folder / "graph.nq"
    write_nquads(graph, path, BASE)
    return path.read_bytes()


def stored(folder: Path) -> bytes:
    with reading(folder / "store") as graph:
        return nquads(graph, folder)


def told(folder: Path) -> list[str]:
    """Return what SPARQL says, as sorted lines."""
    return sorted(f"{quad} ." for quad in open_store(folder / "store"))


def clean(pages: dict[str, list[Article]], folder: Path) -> bytes:
    graph = assemble(line.extract(one) for articles in pages.values() for one in articles)
    rows, _ = read_corrections(folder / "store" / FILE)
    graph, plan = correct(graph, rows)
    return nquads(link(graph, plan.apart), folder)


# ── records ──────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.one_of(st.just(-1), st.integers(0, 30)), max_size=12))
def test_records_come_back_as_they_were(origin: list[int]) -> None:
    item = line.article("题\n6月3日，柳河县公安局在柳河码头开展夜间巡逻。", via="某社")
    read = line.extract(item)
    read = Extraction(
        Article(item.id, item.page, item.title, item.text, "柳河", item.byline, tuple(origin)),
        read.mentions,
        read.entities,
        read.claims,
    )
    assert unpack_extraction(pack_extraction(read), item.page) == read


# ── incremental equals clean ─────────────────────────────────────────────────────────────────

SENTENCES = [
    f"6月{day}日，{unit}在{place}开展{act}。"
    for day in (3, 4)
    for unit in line.UNITS[:4]
    for place in line.PLACES[:2]
    for act in line.ACTS
] + ["所长田小满参加了防溺水宣传活动。", "县局表示，夜间巡逻将继续。", "周望川参加了夜间巡逻。"]
LONG = "。".join(f"河水涨落有时，第{n}次看望的人家各有各的话说" for n in range(12)) + "。"


@st.composite
def articles(draw: st.DrawFn) -> Article:
    title = draw(st.sampled_from(["河湾课堂", "码头新事", "夜巡"]))
    body = "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)))
    outlet = draw(st.sampled_from(["示例报", "另一报"]))
    text = f"{title}\n{body}{draw(st.sampled_from(['', LONG]))}"
    via = draw(st.sampled_from(["", "示例报"]))
    return line.article(text, draw(st.sampled_from(["a.txt", "b.txt"])), outlet, via=via)


def decisions(articles_: list[Article], number: int) -> Correction:
    """Return a correction that is about one of the articles: sensible, or without any hope."""
    item = articles_[number % len(articles_)]
    anchor = anchor_of(line.extract(item)) if number % 3 else item.id
    choices = [
        Correction("merge", anchor, "县局", "unit-柳河县公安局"),
        Correction("merge", "", "unit-青石县公安局城关派出所", "unit-柳河县公安局水上派出所"),
        Correction("rename", "", "unit-柳河县公安局", value="柳河县公安局机关"),
        Correction("retype", anchor, "柳河码头", value="ORG"),
        Correction("reject", anchor, "防溺水宣传活动"),
        Correction("reject", anchor, "夜间巡逻", "organizes"),
        Correction("split", anchor, "柳河县公安局", value="另一个柳河县公安局"),
        Correction("not-same", anchor, "柳河县公安局水上派出所"),
        Correction("not-same", anchor, "防溺水宣传活动", f"activity-{item.id}-夜间巡逻"),
        Correction("add", anchor, "[河水]涨落有时，第0次", "GROUP", "河边人家"),
        Correction("add", anchor, "表示", "takes_part", "田小满>夜间巡逻"),
        Correction("note", anchor, "县局", why="再问", who="甲", when="2025-07-01"),
    ]
    return choices[number % len(choices)]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 3), st.lists(articles(), min_size=1, max_size=3)),
        st.tuples(st.just("remove"), st.integers(0, 3), st.just([])),
        st.tuples(st.just("correct"), st.integers(0, 120), st.just([])),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=int(os.environ.get("KG_STORE_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(STEPS)
def test_a_store_equals_a_clean_build_byte_for_byte(
    steps: list[tuple[str, int, list[Article]]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, pages = Path(name), dict[str, list[Article]]()
        for what, number, found in steps:
            with writing(folder / "store", STAMP) as writer:
                if what == "add":
                    add(writer, f"/in/{number}.txt", found)
                    pages[f"/in/{number}.txt"] = found
                elif what == "remove" and f"/in/{number}.txt" in pages:
                    writer.remove(f"/in/{number}.txt")
                    del pages[f"/in/{number}.txt"]
                elif what == "correct" and pages:
                    known = [one for articles_ in pages.values() for one in articles_]
                    append_correction(folder / "store" / FILE, decisions(known, number))
                    writer.take_corrections()
                bring_in_step(folder / "store", writer.core, make=True)
            assert stored(folder) == clean(pages, folder)
            same = Store()
            same.load(path=str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
            assert told(folder) == sorted(f"{quad} ." for quad in same)
