"""Codes, parents and names of divisions: facts that any atlas confirms."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.gazetteer import Gazetteer, Region, gazetteer, naming
from kg.resources import DATA

FOLDER = DATA / "gazetteer"


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer()


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def region(places: Gazetteer, code: str) -> Region:
    found = places.get(code)
    assert found is not None, code
    return found


def codes(regions: tuple[Region, ...]) -> list[str]:
    return [one.code for one in regions]


def forms(places: Gazetteer, text: str) -> set[str]:
    return {found.form for found in places.find(text)}


class TestTables:
    def test_every_code_is_unique_and_well_formed(self):
        listed = [row["code"] for row in rows("divisions.csv") + rows("townships.csv")]
        assert len(listed) == len(set(listed))
        assert all(re.fullmatch(r"\d{6}|\d{9}", code) for code in listed)

    def test_every_parent_exists_and_lies_higher(self, places):
        for row in rows("divisions.csv") + rows("townships.csv"):
            one = region(places, row["code"])
            if one.level == "province":
                assert one.parent == ""
            else:
                above = region(places, one.parent)
                assert one.code.startswith(above.code.rstrip("0")[:6]), one

    def test_counts_are_those_of_the_country(self, places):
        listed = [region(places, row["code"]) for row in rows("divisions.csv")]
        levels = [one.level for one in listed]
        assert levels.count("province") == 34
        assert levels.count("prefecture") == 333
        assert 2840 < levels.count("county") < 2860
        assert len(rows("townships.csv")) > 38000

    def test_levels_that_only_hold_a_place_open_are_no_regions(self, places):
        for code in ("110100", "500200", "419000", "659000", "620201"):
            assert places.get(code) is None

    def test_coordinates_lie_in_china(self, places):
        placed = [region(places, row["code"]) for row in rows("divisions.csv")]
        known = [one for one in placed if one.latitude is not None]
        assert len(known) > 3100
        for one in known:
            assert one.latitude is not None and one.longitude is not None
            assert 3 < one.latitude < 54 and 73 < one.longitude < 136, one

    @pytest.mark.parametrize("name", ["aliases.csv", "former.csv"])
    def test_aliases_name_existing_regions_once(self, places, name):
        listed = [(row["form"], row["code"]) for row in rows(name)]
        assert len(listed) == len(set(listed))
        assert {row["kind"] for row in rows(name)} <= {
            "short",
            "former",
            "abbreviation",
            "nickname",
        }
        for form, code in listed:
            assert form in places.forms(region(places, code))

    def test_seats_lie_in_their_banner(self, places):
        for row in rows("seats.csv"):
            town = region(places, row["township"])
            assert places.within(town, region(places, row["code"]))
            assert row["town"] == town.name.removesuffix("镇") or "written" in row["note"]

    def test_every_banner_and_county_of_inner_mongolia_has_a_seat(self, places):
        seated = {row["code"] for row in rows("seats.csv")}
        for row in rows("divisions.csv"):
            if row["code"].startswith("15") and row["name"].endswith(("旗", "县")):
                assert row["code"] in seated, row["name"]


class TestParents:
    @pytest.mark.parametrize(
        ("code", "chain"),
        [
            ("150826100", "内蒙古自治区 巴彦淖尔市 杭锦后旗 陕坝镇"),
            ("110105", "北京市 朝阳区"),
            ("500229", "重庆市 城口县"),
            ("419001", "河南省 济源市"),
            ("429004", "湖北省 仙桃市"),
            ("659001", "新疆维吾尔自治区 石河子市"),
            ("441900121", "广东省 东莞市 虎门镇"),
            ("442000103", "广东省 中山市"),
            ("460400100", "海南省 儋州市"),
            ("710000", "台湾省"),
        ],
    )
    def test_chain(self, places, code, chain):
        names = [one.name for one in places.chain(region(places, code))]
        assert names[: len(chain.split())] == chain.split()

    def test_townships_of_jiayuguan_hang_off_the_prefecture(self, places):
        towns = [row["code"] for row in rows("townships.csv") if row["code"].startswith("6202")]
        assert towns and {region(places, code).parent for code in towns} == {"620200"}

    def test_within(self, places):
        banner, league = region(places, "150826"), region(places, "150800")
        assert places.within(banner, league) and places.within(banner, banner)
        assert not places.within(league, banner)

    def test_zones_are_a_level_of_their_own(self, places):
        assert region(places, "320576").level == "zone"  # 苏州工业园区
        assert region(places, "620171").level == "zone"  # 兰州新区
        assert region(places, "310115").level == "county"  # 浦东新区


class TestNames:
    def test_what_only_seems_to_end_in_a_level_keeps_its_name(self, places):
        assert places.short(region(places, "140109")) == "万柏林"  # no 林区
        assert places.short(region(places, "429021")) == "神农架"

    def test_four_districts_are_called_gulou(self, places):
        assert codes(places.named("鼓楼区")) == ["320106", "320302", "350102", "410204"]

    def test_chaoyang_is_a_city_and_several_districts(self, places):
        assert codes(places.named("朝阳"))[:4] == ["211300", "110105", "211321", "220104"]

    def test_jilin_is_a_province_and_a_city(self, places):
        assert codes(places.named("吉林"))[:2] == ["220000", "220200"]
        assert codes(places.named("吉林市")) == ["220200"]

    @pytest.mark.parametrize(
        ("code", "short"),
        [
            ("150800", "巴彦淖尔"),
            ("150826", "杭锦后旗"),
            ("150921", "卓资"),
            ("150000", "内蒙古"),
            ("450000", "广西"),
            ("650000", "新疆"),
            ("810000", "香港"),
            ("222400", "延边"),
            ("652800", "巴音郭楞"),
            ("130828", "围场"),
            ("150722", "莫力达瓦旗"),
            ("150724", "鄂温克旗"),
            ("622926", "东乡"),
            ("450328", "龙胜"),
            ("654226", "和布克赛尔"),
            ("410104", "管城"),
            ("231202", "北林"),
            ("540626", "索县"),
            ("610424", "乾县"),
        ],
    )
    def test_short(self, places, code, short):
        assert places.short(region(places, code)) == short

    @pytest.mark.parametrize("form", ["延边州", "恩施州", "围场县", "玉树州", "甘孜州", "临夏州"])
    def test_names_without_nationalities(self, places, form):
        assert len(places.named(form)) == 1

    @pytest.mark.parametrize(
        ("form", "expected"),
        [
            ("莫旗", ["150722"]),
            ("扎旗", ["150526", "152223"]),
            ("伊克昭盟", ["150600"]),
            ("神木县", ["610881"]),
            ("清苑县", ["130608"]),
            ("户县", ["610118"]),
            ("沪", ["310000"]),
            ("米林县", ["540481"]),
        ],
    )
    def test_aliases(self, places, form, expected):
        assert codes(places.named(form)) == expected

    def test_no_short_name_of_one_character(self, places):
        assert places.named("索") == ()
        assert places.named("") == ()

    def test_a_township_is_known_without_its_ending(self, places):
        assert codes(places.named("陕坝")) == ["150826100"]

    def test_a_zone_is_known_with_its_prefecture_in_full_or_short(self, places):
        for form in ("石家庄高新区", "石家庄市高新区", "石家庄市高新技术产业开发区"):
            assert codes(places.named(form)) == ["130171"]

    def test_rules_leave_a_nationality_that_is_the_whole_name(self):
        assert naming().forms("鄂伦春自治旗", "county") == ("鄂伦春自治旗", "鄂伦春旗")
        assert naming().forms("互助土族自治县", "county")[1:] == (
            "互助自治县",
            "互助县",
            "互助",
        )


class TestResolve:
    @pytest.mark.parametrize(
        ("form", "near", "expected"),
        [
            ("鼓楼区", ["350100"], "350102"),  # inside 福州市
            ("鼓楼区", ["320000"], None),  # 南京市 and 徐州市 both have one
            ("鼓楼区", [], None),
            ("鼓楼区", ["320000", "320300"], "320302"),  # the second context settles it
            ("朝阳", ["110000"], "110105"),
            ("朝阳", ["210000"], "211300"),
            ("吉林", [], None),
            ("吉林", ["220100"], "220000"),  # what 长春市 lies in
            ("海南", ["150300"], "150303"),
            ("海南", ["460100"], "460000"),
            ("城关镇", ["150123"], "150123100"),
            ("新城区", ["150104"], "150102"),  # sibling of 玉泉区
            ("扎旗", ["150500"], "150526"),
            ("扎旗", ["150000"], None),
            ("杭锦后旗", ["440000"], "150826"),  # unique names need no help
            ("武川", [], "150125"),
            ("九原", [], "150207"),
        ],
    )
    def test_the_region_meant(self, places, form, near, expected):
        context = [region(places, code) for code in near]
        found = places.resolve(form, context)
        assert (found and found.code) == expected

    def test_an_unknown_name_means_nothing(self, places):
        assert places.resolve("没有这个地方") is None


class TestFind:
    def test_overlapping_names_in_order(self, places):
        found = places.find("在呼伦贝尔市阿荣旗那吉镇")
        spans = [(one.start, one.end, one.form) for one in found]
        assert spans[:2] == [(1, 6, "呼伦贝尔市"), (1, 5, "呼伦贝尔")]
        assert (6, 9, "阿荣旗") in spans and (9, 12, "那吉镇") in spans

    def test_abbreviations_and_short_townships_are_not_looked_for(self, places):
        assert not forms(places, "沪上陕坝讯")

    @pytest.mark.parametrize(
        "text",
        [
            "平安志愿者",
            "公安机关",
            "邻里互助",
            "经济开发区",
            "合作共赢",
            "城区道路",
            "比如说",
            "国营林场",
        ],
    )
    def test_ordinary_words_are_not_places(self, places, text):
        assert not forms(places, text)

    @pytest.mark.parametrize(
        ("text", "form"),
        [
            ("平安区的街头", "平安区"),
            ("公安县民警", "公安县"),
            ("合作市的夜晚", "合作市"),
            ("阳泉市城区的路口", "阳泉市城区"),
            ("来到科右中旗", "科右中旗"),
            ("原哲里木盟", "哲里木盟"),
        ],
    )
    def test_their_full_names_are(self, places, text, form):
        assert form in forms(places, text)

    def test_bodies_of_township_rank_are_not_places(self, places):
        listed = {row["name"] for row in rows("townships.csv")}
        prison = next(name for name in sorted(listed) if name.endswith("监狱"))
        assert not any(form.endswith("监狱") for form in forms(places, prison))


class TestSeats:
    @pytest.mark.parametrize(
        ("town", "seat"),
        [("隆兴昌", "五原县"), ("隆兴昌镇", "五原县"), ("陕坝", "杭锦后旗"), ("那吉", "阿荣旗")],
    )
    def test_a_seat_names_its_banner(self, places, town, seat):
        found = places.seat_of(town)
        assert found is not None and found.name == seat

    @pytest.mark.parametrize("town", ["城关", "虎门镇", ""])
    def test_other_towns_name_none(self, places, town):
        assert places.seat_of(town) is None  # three counties have their seat in a 城关镇


class TestLoading:
    def test_reading_is_quick_and_happens_once(self, record_property):
        code = (
            "import time; start = time.perf_counter(); "
            "from kg.gazetteer import gazetteer; imported = time.perf_counter(); "
            "gazetteer(); print(time.perf_counter() - imported)"
        )
        root = Path(__file__).parents[1]
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
        )
        record_property("load_seconds", float(done.stdout))
        assert gazetteer() is gazetteer()

    def test_an_alias_of_nowhere_is_an_error(self):
        row = {"form": "某旗", "code": "999999", "kind": "short"}
        with pytest.raises(DataError, match="某旗"):
            Gazetteer([], {}, [row], naming())


def test_no_township_is_named_with_the_county_above_it(places: Gazetteer) -> None:
    """The Bureau writes 当阳市半月镇 for some: the division above is no part of the name."""
    for row in rows("townships.csv"):
        town = region(places, row["code"])
        if town.name.endswith(("镇", "乡", "街道")):
            above = places.chain(town)[:-1]
            rests = [town.name.removeprefix(one.name) for one in above if len(one.name) > 2]
            assert all(rest in (town.name, "街道") for rest in rests), town  # 七星区街道 is one
    assert codes(places.named("半月镇")) == ["420582106"]
