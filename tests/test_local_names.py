"""Villages and sights: those of the counties and prefectures that a text names are found in it."""

import csv
import re
from pathlib import Path

import pytest

from kg import local_names as module
from kg.errors import DataError
from kg.gazetteer import gazetteer
from kg.language.regions import Places
from kg.language.told import Told
from kg.local_names import sights, villages
from kg.resources import DATA

TABLE = DATA / "gazetteer" / "villages.csv"
ANJI = "330523"


def test_every_row_is_a_county_with_names_of_its_own() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["code"] for row in rows]
    assert codes == sorted(set(codes))
    for row in rows:
        assert gazetteer().get(row["code"]) is not None, row["code"]
        for column, form in (("short", "[一-鿿]{2}"), ("longer", "[一-鿿]{3,8}")):
            names = row[column].split(" ") if row[column] else []
            assert names == sorted(set(names))
            assert all(re.fullmatch(form, name) for name in names), row["code"]


def test_names_of_a_county_are_found_longest_first() -> None:
    found = villages().find("从横山坞到徐村湾、余村", [ANJI])
    assert [(one.start, one.form) for one in found] == [(1, "横山坞"), (5, "徐村湾")]


def test_no_village_of_another_county_is_found() -> None:
    assert not villages().find("民警来到横山坞", ["150826"])
    assert not villages().find("民警来到横山坞", [])
    assert not villages().find("民警来到横山坞", ["999999"])
    assert villages().has("余村", ["150826", ANJI])
    assert not villages().has("余村", ["150826"])


@pytest.mark.parametrize(
    ("text", "counties"),
    [
        ("安吉县公安局民警来到余村", {ANJI}),
        ("浙江安吉民警来到余村", {ANJI}),
        ("新城区的居民", {"150102", "610102"}),  # both are called so, and nothing says which
        ("朝阳区的居民", {"110105", "220104"}),
        ("鼓楼区的居民", set()),  # four are: too many to be told of
        ("重庆民警在巡逻", set()),  # a street in Changchun is called so too
    ],
)
def test_the_counties_that_a_text_tells_of(text: str, counties: set[str]) -> None:
    assert set(Told(Places(text, gazetteer())).counties) == counties


def test_towns_tell_of_a_county_where_nothing_else_does() -> None:
    assert Told(Places("民警来到杭垓镇", gazetteer())).counties == (ANJI,)
    assert Told(Places("德清县民警来到杭垓镇", gazetteer())).counties == ("330521",)


def test_a_county_with_its_prefecture_means_itself() -> None:
    assert Told(Places("湖州市公安局安吉县的民警", gazetteer())).counties == (ANJI,)


def test_an_empty_table_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sights.csv").write_text("", encoding="utf-8")
    monkeypatch.setattr(module, "_FOLDER", tmp_path)
    sights.cache_clear()
    with pytest.raises(DataError, match=r"sights\.csv"):
        sights()
    sights.cache_clear()


def test_a_broken_table_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "villages.csv"
    broken.write_text("code,short,longer\n330523,余村\n", encoding="utf-8")
    monkeypatch.setattr(module, "_FOLDER", tmp_path)
    villages.cache_clear()
    with pytest.raises(DataError, match=r"villages\.csv"):
        villages()
    villages.cache_clear()


def test_sights_are_those_of_their_prefecture() -> None:
    found = sights().find("从泸山到邛海", ["513400"])
    assert [one.form for one in found] == ["泸山", "邛海"]
    assert not sights().find("从泸山到邛海", ["410500"])


def test_every_row_of_sights_is_a_prefecture_with_names() -> None:
    with (DATA / "gazetteer" / "sights.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["code"] for row in rows] == sorted({row["code"] for row in rows})
    assert len(rows) > 300
    for row in rows:
        region = gazetteer().get(row["code"])
        assert region is not None
        assert region.level != "township"
        names = [*row["short"].split(), *row["longer"].split()]
        assert len(names) == len(set(names))
        assert all(re.fullmatch("[一-鿿]{2,8}", name) for name in names), row["code"]


def test_a_text_tells_of_prefectures() -> None:
    assert "513400" in Told(Places("西昌市公安局民警", gazetteer())).prefectures
    assert "110000" in Told(Places("北京市海淀区的民警", gazetteer())).prefectures
    assert Told(Places("北京市公安局民警", gazetteer())).prefectures == ("110000",)
    assert "429004" in Told(Places("湖北省仙桃市公安局", gazetteer())).prefectures
