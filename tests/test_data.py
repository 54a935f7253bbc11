"""Every table under data/ holds what data/README.md promises."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from kg.language.lexicon import COLUMNS

DATA = Path(__file__).parents[1] / "data"
TABLES = sorted(DATA.rglob("*.csv"))
LEXICONS = sorted((DATA / "lexicons").glob("*.csv"))
SAMPLES = sorted(path for path in (DATA / "samples").iterdir() if path.is_file())


def name_of(path: Path) -> str:
    return path.relative_to(DATA).as_posix()


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", TABLES, ids=name_of)
def test_table_is_plain_csv(path: Path) -> None:
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf"), "no byte order mark"
    assert b"\r" not in raw, "lines end in a line feed"
    assert raw.endswith(b"\n")
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert all(header), "every column has a name"
    assert len(set(header)) == len(header)
    assert rows, "a table has rows"
    ragged = [number for number, row in enumerate(rows, 2) if len(row) != len(header)]
    assert not ragged, "every row has every cell"


@pytest.mark.parametrize("path", TABLES, ids=name_of)
def test_no_row_stands_twice(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        counts = Counter(tuple(row) for row in csv.reader(file))
    assert not [row for row, count in counts.items() if count > 1]


@pytest.mark.parametrize("path", TABLES, ids=name_of)
def test_source_is_filled(path: Path) -> None:
    rows = rows_of(path)
    if "source" in rows[0]:
        assert not [row for row in rows if not row["source"].strip()]


@pytest.mark.parametrize("path", TABLES, ids=name_of)
def test_cells_have_no_stray_space(path: Path) -> None:
    bad = [cell for row in rows_of(path) for cell in row.values() if cell != cell.strip()]
    assert not bad


@pytest.mark.parametrize("path", LEXICONS, ids=name_of)
def test_a_lexicon_has_its_columns(path: Path) -> None:
    rows = rows_of(path)
    assert tuple(rows[0]) == COLUMNS
    assert not [row for row in rows if not row["term"] or not row["class"]]


def test_a_term_stands_once_in_a_class() -> None:
    seen = Counter((row["term"], row["class"]) for path in LEXICONS for row in rows_of(path))
    assert not [key for key, count in seen.items() if count > 1]


@pytest.mark.parametrize("path", TABLES, ids=name_of)
def test_the_manual_names_the_table(path: Path) -> None:
    manual = (DATA / "README.md").read_text(encoding="utf-8")
    assert f"`{path.name}`" in manual, "data/README.md says what each file holds"


def test_samples_are_what_the_manual_promises() -> None:
    manual = (DATA / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in manual for path in SAMPLES)
    suffixes = Counter(path.suffix for path in SAMPLES)
    assert suffixes[".html"] >= 1
    assert suffixes[".jsonl"] >= 1
    foreign = [path for path in SAMPLES if not _is_utf8(path)]
    assert [path.name for path in foreign] == ["gansu-luqu-gb18030.txt"]
    assert "郎木寺" in foreign[0].read_text(encoding="gb18030")


def _is_utf8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_the_bulletin_is_one_article_a_line() -> None:
    lines = (DATA / "samples" / "pingan-bulletin.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    assert len(articles) == 3
    assert all(article["text"].startswith(article["title"]) for article in articles)
