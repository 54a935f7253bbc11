"""English names: official from the table, composed by rule, none where a part is not understood."""

import csv
import re
from pathlib import Path

import pytest

from kg.export.english import Label, english, pinyin, words
from kg.gazetteer import gazetteer
from kg.model import Entity
from kg.resources import DATA

FILE = Path(__file__).parent / "cases" / "english.csv"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = table(FILE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_names(case: dict[str, str]) -> None:
    said = {key: case[key] for key in ("code", "kind") if case[key]}
    label = english(Entity("x", case["type"], case["name"], (), said))
    wanted = Label(case["english"], case["source"]) if case["english"] else None
    assert label == wanted


def test_other_types_have_none() -> None:
    assert english(Entity("x", "PER", "王建国")) is None
    assert english(Entity("x", "ACT", "夏季治安打击整治行动")) is None


def test_official_names_are_of_listed_regions_and_say_their_rank() -> None:
    ranks = {rank.split(" ")[-1] for rank in words("region").values()} | {"Municipality"}
    rows = table(DATA / "gazetteer" / "english.csv")
    assert [row["code"] for row in rows] == sorted({row["code"] for row in rows})
    for row in rows:
        region = gazetteer().get(row["code"])
        assert region is not None and region.name == row["note"]
        assert row["name"].split(" ")[-1] in ranks, row["name"]


def test_every_province_and_nearly_every_county_has_one() -> None:
    rows = table(DATA / "gazetteer" / "divisions.csv")
    without = [
        row["name"]
        for row in rows
        if english(Entity("x", "LOC", row["name"], (), {"code": row["code"]})) is None
    ]
    assert len(without) < len(rows) / 50
    assert not [name for name in without if name.endswith(("省", "自治区", "县", "旗"))]


def test_readings_have_a_sound_for_each_character() -> None:
    for row in table(DATA / "gazetteer" / "readings.csv"):
        assert len(row["reading"].split(" ")) == len(row["form"])


@pytest.mark.parametrize(
    ("text", "sound"),
    [("西安", "Xi'an"), ("吕梁", "Lüliang"), ("东阿", "Dong'e"), ("乐清", "Yueqing")],
)
def test_pinyin(text: str, sound: str) -> None:
    assert pinyin(text) == sound


def test_words_are_one_to_a_class_and_plain() -> None:
    rows = table(DATA / "ontology" / "english.csv")
    assert len({(row["class"], row["term"]) for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"[A-Za-z0-9',& -]+", row["english"]), row
