"""The commands for a store as a person meets them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.query import query
from tests.test_cli import ARTICLE, Kg, contents

COUNT = "SELECT (count(?a) AS ?n) { ?a a schema:NewsArticle }"


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kg:
    monkeypatch.setenv("COLUMNS", "200")
    return Kg(monkeypatch, capsys)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "one.txt").write_text(ARTICLE, encoding="utf-8")
    other = ARTICLE.replace("护学岗", "护河队").replace("汉山", "梁山").replace("6月2日", "6月3日")
    (folder / "two.txt").write_text(other, encoding="utf-8")
    return folder


@pytest.fixture
def articles() -> Callable[[Path], int]:
    return lambda store: int(query(store, COUNT).rows[0][0])


def test_add_asks_nothing_twice_and_remove_takes_it_back(
    kg: Kg, pages: Path, tmp_path: Path, articles: Callable[[Path], int]
) -> None:
    store = tmp_path / "store"
    assert "1 inputs read (1 articles), 0 there already" in kg("add", store, pages / "one.txt").err
    assert "1 inputs read (1 articles), 1 there already" in kg("add", store, pages).err
    assert kg("query", store, COUNT, "-f", "csv").out.splitlines() == ["n", "2"]
    assert kg("remove", store, "one.txt").err == "1 articles withdrawn\n"
    assert articles(store) == 1, "SPARQL has heard of it"
    ran = kg("remove", store, "one.txt")
    assert (ran.code, ran.err) == (
        1,
        f"kg: {store}: holds neither an input nor an article «one.txt»\n",
    )


def test_a_build_out_of_a_store_is_the_build_of_its_pages(
    kg: Kg, pages: Path, tmp_path: Path
) -> None:
    store, one, two = tmp_path / "store", tmp_path / "one", tmp_path / "two"
    assert kg("add", store, pages / "one.txt", "-q").code == 0
    assert kg("build", pages, "--store", store, "-o", one, "-q").code == 0
    assert kg("build", pages, "-o", two, "-q").code == 0
    assert contents(one) == contents(two)
    assert kg("build", "--store", store, "-o", one, "-q").code == 0
    assert contents(one) == contents(two)


def test_a_correction_counts_in_a_store_and_in_a_plain_build(
    kg: Kg, pages: Path, tmp_path: Path
) -> None:
    store, one, two = tmp_path / "store", tmp_path / "one", tmp_path / "two"
    kg("add", store, pages, "-q")
    (unit,) = units(store)
    ran = kg("correct", store, "rename", "--quote", unit, "--value", "汉山所", "--why", "简称")
    assert (ran.code, ran.err.count("rename")) == (0, 1)
    assert kg("build", "--store", store, "-o", one, "-q").code == 0
    file = store / "corrections.csv"
    assert kg("build", pages, "-o", two, "--corrections", file, "-q").code == 0
    assert contents(one) == contents(two)
    assert "汉山所" in (two / "graph.nq").read_text(encoding="utf-8")
    assert kg("correct", store, "--undo").err.startswith("undone: rename,")
    assert kg("correct", store, "rename", "--quote", "unit-x", "--value", "y").code == 1


def units(store: Path) -> list[str]:
    from kg.store.reader import reading

    with reading(store) as graph:
        return [key for key in graph.entities if key.startswith("unit-") and "汉山" in key]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["remove", "nowhere", "x"],
            "kg: nowhere: is no store; make one with: kg add nowhere PAGES…",
        ),
        (
            ["correct", "nowhere", "note"],
            "kg: nowhere: is no store; make one with: kg add nowhere PAGES…",
        ),
        (
            ["build", "x.txt", "-o", "y", "--corrections", "no.csv"],
            "kg: no.csv: no such file of corrections",
        ),
    ],
)
def test_what_is_missing_is_said_in_one_line(
    kg: Kg, arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.txt").write_text(ARTICLE, encoding="utf-8")
    ran = kg(*arguments)
    assert (ran.code, ran.err.splitlines()[-1]) == (1, said)
