"""The same graph on a real Spark with two worker processes, one of them killed in the middle."""

import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from bench.scale import Invention
from kg.corrections.table import read_named
from kg.engine import local
from kg.errors import KgError, OutputError, Problem
from kg.export import export
from kg.read import discover

pytestmark = pytest.mark.xdist_group("spark")
pyspark = pytest.importorskip("pyspark")
MASTER = "local-cluster[2,1,1024]"
ARTICLES = 2000


@pytest.fixture(scope="module")
def spark() -> Iterator[object]:
    if shutil.which("java") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Spark needs Java, and CI must have it")
        pytest.skip("Spark needs Java: none on this machine")
    from kg.engine.spark import session

    found = session(MASTER)
    yield found
    found.stop()


def shards(out: Path) -> list[str]:
    """Return the lines of all shards, sorted."""
    parts = sorted((out / "graph.nq").glob("part-*"))
    assert len(parts) > 1
    return sorted(line for part in parts for line in part.read_text("utf-8").splitlines())


def lines(graph, folder: Path) -> list[str]:
    export(graph, folder, names=["graph.nq"])
    return sorted((folder / "graph.nq").read_text("utf-8").splitlines())


def built(spark, paths: list[Path], out: Path, corrections=()):
    from kg.engine.spark import build

    return build(spark, [str(path) for path in paths], str(out), corrections)


def test_the_samples_give_the_same_graph(spark, samples: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    paths = [samples, empty]
    ours = built(spark, paths, tmp_path / "spark")
    graph = local.gather(local.readings(discover(paths)))
    assert shards(tmp_path / "spark") == lines(graph, tmp_path / "local")
    assert ours.problems == graph.problems == (Problem(str(empty), "is empty"),)
    entities = pd.read_parquet(tmp_path / "spark" / "entities.parquet").set_index("id")
    assert sorted(entities.index) == sorted(graph.entities)
    assert all(entities.loc[key, "name"] == one.name for key, one in graph.entities.items())
    texts = pd.read_parquet(tmp_path / "spark" / "articles.parquet").set_index("id")["text"]
    for claim in pd.read_parquet(tmp_path / "spark" / "claims.parquet").itertuples():
        for passage in claim.evidence:
            assert texts[claim.article][passage["start"] : passage["end"]] == passage["text"]


def test_corrections_are_followed(spark, samples: Path, tmp_path: Path) -> None:
    page = [samples / "xizang-dingri.txt", samples / "zhejiang-zhuji.txt"]
    graph = local.gather(local.readings(discover(page)))
    unit = next(one for one in graph.entities.values() if one.type == "UNIT")
    file = tmp_path / "corrections.csv"
    file.write_text(
        f"action,article,quote,target,value,who,when,why\nrename,,{unit.id},,边城公安,某人,2026-01-01,旧名\n",
        encoding="utf-8",
    )
    rows, amiss = read_named(file)
    assert not amiss
    built(spark, page, tmp_path / "spark", rows)
    corrected = local.gather(local.readings(discover(page)), rows)
    assert "边城公安" in {one.name for one in corrected.entities.values()}
    assert shards(tmp_path / "spark") == lines(corrected, tmp_path / "local")


def executors() -> list[int]:
    """Return the processes that Spark's workers have started for this session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:  # gone in the meantime
            continue
        if b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in command:
            found.append(int(folder.name))
    return sorted(found)


def test_a_killed_executor_changes_nothing(spark, tmp_path: Path) -> None:
    invent = Invention()
    pages = tmp_path / "pages"
    pages.mkdir()
    for start in range(0, ARTICLES, 100):
        rows = [
            json.dumps(invent(number), ensure_ascii=False) for number in range(start, start + 100)
        ]
        (pages / f"{start:05d}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    spark.sparkContext.parallelize(range(8), 8).map(str).count()  # both executors are up
    victims = executors()
    assert len(victims) == 2
    done = threading.Event()

    def kill() -> None:
        if not done.wait(6):
            os.kill(victims[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        ours = built(spark, [pages], tmp_path / "spark")
    finally:
        done.set()
        killer.join()
    for _ in range(50):
        if victims[0] not in executors():
            break
        time.sleep(0.2)
    assert victims[0] not in executors(), "the executor was killed while the work went on"
    assert ours.sizes.articles == ARTICLES
    graph = local.gather(local.readings(discover([pages]), 2))
    assert shards(tmp_path / "spark") == lines(graph, tmp_path / "local")


def test_nothing_is_written_over(spark, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(OutputError, match="is there already"):
        built(spark, [samples / "xizang-dingri.txt"], tmp_path / "there")


def test_nothing_to_read_is_one_clear_line(spark, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02" * 100)
    with pytest.raises(KgError, match="nothing could be read"):
        built(spark, [tmp_path / "a.txt"], tmp_path / "out")
