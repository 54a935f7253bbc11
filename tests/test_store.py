"""A store that grows: the same as built anew, exact in what it withdraws, safe against any end."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg.across.link import link
from kg.corrections.anchor import anchor_of
from kg.corrections.plan import correct
from kg.corrections.table import FILE, append_correction, read_corrections
from kg.engine import local
from kg.errors import OutputError
from kg.export.names import BASE
from kg.export.rdf import write_nquads
from kg.graph import KnowledgeGraph, assemble
from kg.model import Article, Correction, Extraction
from kg.query import open_store
from kg.store import work
from kg.store.database import FILE as RECORDS
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
    told_ = draw(st.lists(st.sampled_from(SENTENCES[:6]), min_size=1, max_size=2))
    body = "".join(
        [*told_, draw(st.sampled_from(SENTENCES)), draw(st.sampled_from(SENTENCES[-3:]))]
    )
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
        st.tuples(st.just("correct"), st.integers(0, 120), st.just([])),
        st.tuples(st.just("remove"), st.integers(0, 3), st.just([])),
        st.tuples(st.just("correct"), st.integers(0, 120), st.just([])),
    ),
    min_size=3,
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


# ── withdrawal ───────────────────────────────────────────────────────────────────────────────

RIVER = line.article(
    "河湾课堂\n6月3日，柳河县公安局水上派出所在柳河码头开展防溺水宣传活动。" + LONG
)
AGAIN = line.article(
    "码头新事\n6月3日，柳河县公安局水上派出所在柳河码头开展防溺水宣传活动。" + LONG,
    "b.txt",
    "另一报",
)
SQUARE = line.article(
    "广场上\n6月3日，柳河县公安局水上派出所在柳河码头举行防溺水宣传活动。", "c.txt", "第三报"
)


def test_withdrawing_a_page_takes_exactly_its_facts(tmp_path: Path) -> None:
    with writing(tmp_path / "store", STAMP) as writer:
        add(writer, "/in/c.txt", [SQUARE])
        bring_in_step(tmp_path / "store", writer.core, make=True)
        before, said = stored(tmp_path), told(tmp_path)
        add(writer, "/in/a.txt", [RIVER])
        add(writer, "/in/b.txt", [AGAIN])
        bring_in_step(tmp_path / "store", writer.core)
        more = told(tmp_path)
        assert any("reprintOf" in one for one in more)
        assert any("sameEventCandidate" in one for one in more)
        assert writer.remove("/in/a.txt") == 1
        assert writer.remove("b.txt") == 1, "the name alone will do"
        bring_in_step(tmp_path / "store", writer.core)
        assert (stored(tmp_path), told(tmp_path)) == (before, said)
        assert len(more) > len(said)


def test_nothing_of_a_withdrawn_page_stays_on_disk(tmp_path: Path) -> None:
    with writing(tmp_path, STAMP) as writer:
        add(writer, "/in/a.txt", [RIVER])
        writer.remove(f"article-{RIVER.id}")
    tables = "page article located kept holds vote entity band near reprint mark same pending"
    with sqlite3.connect(tmp_path / RECORDS) as rows:
        left = {
            one: rows.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in tables.split()
        }
    assert {one: count for one, count in left.items() if count} == {}


def test_what_is_not_there_cannot_be_withdrawn(tmp_path: Path) -> None:
    with writing(tmp_path, STAMP) as writer:
        add(writer, "/in/a.txt", [RIVER])
        add(writer, "/other/a.txt", [SQUARE])
        with pytest.raises(OutputError, match=r"neither an input nor an article «x\.txt»"):
            writer.remove("x.txt")
        with pytest.raises(OutputError, match=r"«a\.txt» is any of /in/a\.txt, /other/a\.txt"):
            writer.remove("a.txt")


def test_sparql_is_made_again_when_its_folder_is_gone(tmp_path: Path) -> None:
    with writing(tmp_path / "store", STAMP) as writer:
        add(writer, "/in/a.txt", [RIVER])
        bring_in_step(tmp_path / "store", writer.core)
        assert not (tmp_path / "store" / "sparql").exists(), "nobody has asked for it"
        bring_in_step(tmp_path / "store", writer.core, make=True)
        before = told(tmp_path)
        add(writer, "/in/b.txt", [AGAIN])
        shutil.rmtree(tmp_path / "store" / "sparql")
        writer.remove("/in/b.txt")
        bring_in_step(tmp_path / "store", writer.core)
        assert told(tmp_path) == before


# ── one writer, many readers ─────────────────────────────────────────────────────────────────


def test_a_second_writer_is_refused_and_readers_go_on(tmp_path: Path) -> None:
    with writing(tmp_path, STAMP) as writer:
        add(writer, "/in/a.txt", [RIVER])
        with (
            pytest.raises(OutputError, match="another kg is writing to this store"),
            writing(tmp_path),
        ):
            pass
        with reading(tmp_path) as graph:
            assert len(graph.extractions) == 1
            add(writer, "/in/b.txt", [AGAIN])
            assert len(graph.extractions) == 1, "what is read is of one moment"
        with reading(tmp_path) as graph:
            assert len(graph.extractions) == 2
    with writing(tmp_path, STAMP) as writer:
        assert writer.is_done("/in/b.txt", "1")


def test_a_failure_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    with writing(tmp_path / "store", STAMP) as writer:
        add(writer, "/in/a.txt", [RIVER])
        before = stored(tmp_path)
        wrong = line.extract(SQUARE)
        wrong = Extraction(wrong.article, wrong.mentions, wrong.entities[:1], wrong.claims)
        with pytest.raises(Exception, match="is no entity of the article"):
            writer.put("/in/c.txt", 1, [line.extract(AGAIN), wrong])
        assert stored(tmp_path) == before
        add(writer, "/in/c.txt", [AGAIN])


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is no store; make one with: kg add"), reading(tmp_path):
        pass
    (tmp_path / RECORDS).write_bytes(b"something else entirely, longer than a page header" * 9)
    with pytest.raises(OutputError, match="cannot be opened as a store"), writing(tmp_path):
        pass


# ── killed at any moment ─────────────────────────────────────────────────────────────────────

# A process that forks a child for each line it reads; the child adds pages, and says when each is in.
NURSERY = """
import os, sys
from pathlib import Path
from kg.store.writer import writing
from kg.store.sparql import bring_in_step
from tests import line
from tests.test_store import add, numbered
for order in sys.stdin:
    folder, start = order.split()
    child = os.fork()
    if child:
        print("child", child, flush=True)
        os.waitpid(child, 0)
        print("end", flush=True)
        continue
    with writing(Path(folder), "1 test") as writer:
        for number in range(int(start), int(start) + 1000):
            add(writer, f"/in/{number}.txt", [numbered(number)])
            os.write(1, f"in {number}\\n".encode())
            if number % 7 == 0:
                bring_in_step(Path(folder), writer.core, make=True)
    os._exit(0)
"""


def numbered(number: int) -> Article:
    place, act = line.PLACES[number % 3], list(line.ACTS)[number % 3]
    text = (
        f"第{number}夜\n6月{number % 28 + 1}日，{line.UNITS[number % 4]}在{place}开展{act}。{LONG}"
    )
    return line.article(text, f"{number}.txt", f"第{number % 5}报")


def test_killed_at_any_moment_it_loses_nothing_and_goes_on(tmp_path: Path, root: Path) -> None:
    rounds, luck = int(os.environ.get("KG_KILLS", "100")), random.Random(5)
    store, done = tmp_path / "store", 0
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY],
        cwd=root,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert nursery.stdin and nursery.stdout
    for _ in range(rounds):
        nursery.stdin.write(f"{store} {done}\n")
        nursery.stdin.flush()
        child = int(nursery.stdout.readline().split()[1])
        for _ in range(luck.randrange(3)):  # by pages, not by time: a busy machine gets on, too
            done = int(nursery.stdout.readline().split()[1]) + 1
        time.sleep(luck.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        while (said := nursery.stdout.readline().strip()) != "end":
            done = int(said.split()[1]) + 1
        if not done:
            continue
        with reading(store) as graph:
            found = {one.article.id for one in graph.extractions}
        assert {numbered(n).id for n in range(done)} <= found, "what was said to be in is in"
        assert len(found) <= done + 1
    nursery.stdin.close()
    nursery.stdout.close()
    assert nursery.wait() == 0
    assert done > rounds / 10
    pages = {f"/in/{n}.txt": [numbered(n)] for n in range(done + 1)}
    with writing(store, STAMP) as writer:
        add(writer, f"/in/{done}.txt", [numbered(done)])
        bring_in_step(store, writer.core, make=True)
    assert stored(tmp_path) == clean(pages, tmp_path)
    same = Store()
    same.load(path=str(tmp_path / "graph.nq"), format=RdfFormat.N_QUADS)
    assert told(tmp_path) == sorted(f"{quad} ." for quad in same)


# ── files in, with the real line ─────────────────────────────────────────────────────────────


def test_a_long_reading_goes_on_where_it_was_cut_off(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        json.dumps(
            {"title": f"第{n}夜", "text": f"第{n}夜\n柳河县公安局开展巡逻{n}次。"},
            ensure_ascii=False,
        )
        for n in range(50)
    ]
    page = tmp_path / "pages.jsonl"
    page.write_text("\n".join(texts), encoding="utf-8")
    monkeypatch.setattr(local, "BATCH", 8)
    extracted: list[int] = []
    real = local.extract_source

    def count(source: object) -> object:
        if sum(extracted) >= 24:
            raise KeyboardInterrupt
        extracted.append(len(source.articles))  # type: ignore[attr-defined]
        return real(source)  # type: ignore[arg-type]

    monkeypatch.setattr(local, "extract_source", count)
    files = [samples / "xizang-dingri.txt", page]
    with pytest.raises(KeyboardInterrupt):
        work.add(tmp_path / "store", files)
    with reading(tmp_path / "store") as graph:
        assert len(graph.extractions) == sum(extracted) == 25
    monkeypatch.setattr(local, "extract_source", real)
    monkeypatch.setattr(
        local,
        "extract_source",
        lambda source: extracted.append(len(source.articles)) or real(source),
    )
    done = work.add(tmp_path / "store", files)
    assert (done.read, done.there, sum(extracted)) == (1, 1, 51)
    assert work.add(tmp_path / "store", files).there == 2
    assert sum(extracted) == 51


def test_a_page_that_can_be_read_no_more_keeps_what_was_read(tmp_path: Path, samples: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes((samples / "xizang-dingri.txt").read_bytes())
    work.add(tmp_path / "store", [page])
    page.write_bytes(b"")
    (problem,) = work.add(tmp_path / "store", [page]).problems
    assert problem.fatal
    with reading(tmp_path / "store") as graph:
        assert len(graph.extractions) == 1


def test_other_data_mean_another_reading(tmp_path: Path) -> None:
    with writing(tmp_path, "1 old") as writer:
        add(writer, "/in/a.txt", [RIVER])
        add(writer, "/in/b.txt", [AGAIN])
    with writing(tmp_path, "1 new") as writer:
        assert writer.stale() == 2
        assert not writer.is_done("/in/a.txt", "1")
        assert sum(writer.renew(lambda one: None if one == RIVER else Extraction(one))) == 2
        assert not writer.stale()
    with reading(tmp_path) as graph:
        kept = {one.article.id: len(one.claims) for one in graph.extractions}
    assert kept[AGAIN.id] == 0 and kept[RIVER.id] > 0, "who cannot be read anew keeps what he had"


# ── corrections from the command line ────────────────────────────────────────────────────────


def test_a_correction_is_written_followed_and_undone(tmp_path: Path) -> None:
    with writing(tmp_path / "store", work_stamp()) as writer:
        add(writer, "/in/a.txt", [RIVER])
    before = stored(tmp_path)
    row = Correction("rename", RIVER.id, "柳河县公安局水上派出所", value="水警所", who="甲")
    ruling = work.correct(tmp_path / "store", row)
    assert ruling.correction.article == anchor_of(line.extract(RIVER)), "the hash is put in"
    assert "水警所" in stored(tmp_path).decode()
    with pytest.raises(OutputError, match="is not in it"):
        work.correct(tmp_path / "store", Correction("reject", RIVER.id, "无此语"))
    with pytest.raises(OutputError, match="unknown action «join»"):
        work.correct(tmp_path / "store", Correction("join", RIVER.id, "x"))
    assert len((tmp_path / "store" / FILE).read_text(encoding="utf-8").splitlines()) == 2
    assert work.undo(tmp_path / "store", "", "乙", "2025-07-02").value == "水警所"
    assert stored(tmp_path) == before
    with pytest.raises(OutputError, match="no correction"):
        work.undo(tmp_path / "store", "", "乙", "2025-07-02")


def work_stamp() -> str:
    from kg.store.core import stamp

    return stamp()


def test_lines_edited_by_hand_are_followed_and_bad_ones_reported(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with writing(store, work_stamp()) as writer:
        add(writer, "/in/a.txt", [RIVER])
    text = f"action,article,quote,target,value\nrename,{RIVER.id},柳河码头,,老码头\noops,x\nreject,{RIVER.id},无此语\n"
    (store / FILE).write_text(text, encoding="utf-8")
    said = [str(problem) for problem in work.refresh(store)]
    assert said[0].startswith(f"{store / FILE}:3: unknown action «oops»")
    assert said[1] == f"{store / FILE}:4: reject: {RIVER.id} says otherwise: «无此语» is not in it"
    with reading(store) as graph:
        assert graph.entities["loc-柳河码头"].name == "老码头"
