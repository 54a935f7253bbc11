"""The local engine: order, bounds, batches."""

import gc
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg import pipeline
from kg.engine import local
from kg.errors import InputError, Problem
from kg.language.scan import Scan
from kg.model import Article, Page
from kg.pipeline import Source, extract_article, open_source
from kg.recognise.candidate import Candidate
from kg.resolve.resolution import Resolution

PAGE = Page("p.txt", "")


def articles(count: int) -> tuple[Article, ...]:
    return tuple(Article(f"a{n}", PAGE, "题", "题") for n in range(count))


def test_results_come_in_order_whatever_takes_longest() -> None:
    def slow_first(number: int) -> int:
        time.sleep(0.05 if number == 0 else 0)
        return number

    with ThreadPoolExecutor(4) as pool:
        assert list(local._ordered(pool, slow_first, range(20), window=6)) == list(range(20))


def test_no_more_than_the_window_is_taken_ahead() -> None:
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    gate = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        results = local._ordered(pool, lambda n: gate.wait() and n, numbers(), window=8)
        gate.set()
        assert next(results) == 0
        assert taken == 8
        assert list(results) == list(range(1, 100))


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (1, [1]), (48, [48]), (97, [48, 48, 1])])
def test_a_source_comes_in_batches_and_its_problems_with_the_last(
    count: int, sizes: list[int]
) -> None:
    problem = Problem("p.txt", "half of it is missing", fatal=False)
    parts = list(local._batches(Source(Path("p.txt"), articles(count), (problem,))))
    assert [len(part.articles) for part in parts] == sizes
    assert [part.last for part in parts] == [False] * (len(sizes) - 1) + [True]
    assert [part.problems for part in parts if part.problems] == [(problem,)]
    assert tuple(a for part in parts for a in part.articles) == articles(count)


def test_the_public_names_are_there(samples: Path, tmp_path: Path) -> None:
    page = samples / "xizang-dingri.txt"
    graph = kg.build([page])
    assert isinstance(graph, kg.KnowledgeGraph)
    assert [one.article.title for one in kg.extract([str(page)])] == ["暴雪夜里的四十公里"]
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(InputError, match="empty"):
        list(kg.extract([tmp_path / "empty.txt"]))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        kg.nonsense  # noqa: B018


def test_an_article_leaves_no_cycle_to_collect(samples: Path) -> None:
    pages = [samples / "xizang-dingri.txt", samples / "guangdong-shunde.txt"]
    found = [article for page in pages for article in open_source(page).articles]
    list(map(extract_article, found))  # what is kept for all articles is made here
    gc.collect()
    gc.disable()
    try:
        list(map(extract_article, found))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_articles_go_through_the_stages_in_rows_of_bounded_length() -> None:
    short = Article("a", PAGE, "题", "题" * 10)
    long = Article("b", PAGE, "题", "题" * (pipeline.LENGTH + 1))
    rows = list(pipeline._rows([short] * 50 + [long] + [short] * 2))
    assert [len(row) for row in rows] == [48, 2, 1, 2]


def test_articles_read_together_say_the_same_as_each_alone(samples: Path) -> None:
    found = [
        article for page in sorted(samples.glob("*.txt")) for article in open_source(page).articles
    ]
    assert pipeline.extract_articles(found) == [extract_article(article) for article in found]


def test_a_fault_in_one_article_costs_no_other(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = open_source(samples / "xizang-dingri.txt").articles[0]
    bad = replace(found, id="bad", title="坏")
    real = pipeline.resolve

    def resolve(scan: Scan, candidates: list[Candidate]) -> Resolution:
        if scan.article.id == "bad":
            raise ValueError("no")
        return real(scan, candidates)

    monkeypatch.setattr(pipeline, "resolve", resolve)
    reading = pipeline.extract_source(Source(Path("p.txt"), (found, bad, found)))
    assert [one.article.id for one in reading.extractions] == [found.id, found.id]
    assert [problem.reason for problem in reading.problems] == [
        "«坏» cannot be analysed: ValueError: no"
    ]
