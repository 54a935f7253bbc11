"""What names mean: one entity a thing, its official name, its place, its parent, its id."""

import csv
import re
from pathlib import Path

import pytest

from kg.language.roads import road_number
from kg.language.scan import scan
from kg.model import Article, Entity, Page
from kg.pipeline import extract_article
from kg.recognise import unit
from kg.recognise.candidate import Candidate
from kg.resolve import resolve
from kg.resolve.explain import explain_unit
from kg.resolve.resolution import Resolution
from tests import line

CASES = Path(__file__).parent / "cases"
SAME, WORDINGS = CASES / "same_unit.csv", CASES / "wordings.csv"


def read(text: str, *extra: tuple[str, str], home: str = "", article: str = "a1") -> Resolution:
    """Resolve the units of ``text`` and the candidates ``extra`` (type and form, ~ if nominal)."""
    title = text.split("\n", 1)[0] if "\n" in text else ""
    scanned = scan(Article(article, Page("p", text), title, text, dateline=home))
    found = unit.recognise(scanned, [])
    for kind, form in extra:
        bare, _, marks = form.lstrip("~").partition("#")
        attributes = dict(mark.split("=") for mark in marks.split(";") if mark)
        start = -1
        while (start := text.find(bare, start + 1)) >= 0:
            end = start + len(bare)
            nominal = form.startswith("~")
            found.append(
                Candidate(kind, start, end, "test", nominal=nominal, attributes=attributes)
            )
    return resolve(scanned, sorted(found, key=lambda c: (c.start, -c.end)))


def entity(resolution: Resolution, form: str) -> Entity:
    """Return the entity of the first mention that reads ``form``."""
    mention = next(mention for mention in resolution.mentions if mention.text == form)
    return next(one for one in resolution.entities if one.id == mention.entity)


def meant(resolution: Resolution) -> list[str]:
    """Return the names of what the mentions mean, in order of place."""
    names = {one.id: one.name for one in resolution.entities}
    return [names[mention.entity] for mention in resolution.mentions]


def named(resolution: Resolution, pairs: tuple[tuple[str, str], ...]) -> set[tuple[str, str]]:
    names = {one.id: one.name for one in resolution.entities}
    return {(names[head], names[tail]) for head, tail in pairs}


# ── units: names ─────────────────────────────────────────────────────────────────────────────


def test_a_name_is_given_in_full_from_the_prefecture_down() -> None:
    found = entity(read("民乐县公安局南古派出所民警走访。"), "民乐县公安局南古派出所")
    assert found.name == "张掖市民乐县公安局南古派出所"
    assert "民乐县公安局南古派出所" in found.aliases
    assert found.attributes["code"] == "620722"
    assert found.attributes["level"] == "station"


def test_printed_provinces_are_not_part_of_the_name() -> None:
    found = entity(read("甘肃省张掖市民乐县公安局发布通报。"), "甘肃省张掖市民乐县公安局")
    assert found.name == "张掖市民乐县公安局"


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("天水市公安局秦州分局", "天水市公安局秦州分局"),
        ("秦州区公安分局", "天水市秦州区公安分局"),
        ("秦州公安", "天水市公安局秦州区分局"),
        ("民乐公安", "张掖市民乐县公安局"),
        ("民乐交警", "张掖市民乐县公安局交警大队"),
        ("甘肃省公安厅", "甘肃省公安厅"),
        ("渝北公安", "重庆市公安局渝北分局"),
        ("昆明铁路公安处", "昆明铁路公安处"),
        ("云南出入境边防检查总站", "云南出入境边防检查总站"),
        ("长航九江公安分局", "长江航运公安局九江分局"),
        ("卓资县警察协会", "乌兰察布市卓资县警察协会"),
        ("大同县公安局", "大同市云州区公安局"),
    ],
)
def test_official_names(form: str, name: str) -> None:
    assert entity(read(f"近日，{form}民警开展宣传。"), form).name == name


def test_the_form_with_the_city_names_a_branch_of_many_orders() -> None:
    found = read(
        "秦州公安连夜出击。天水市公安局秦州分局通报，秦州区公安分局、公安秦州分局并肩作战。"
    )
    assert set(meant(found)) == {"天水市公安局秦州分局"}


def test_two_wordings_of_one_function_are_one_division() -> None:
    found = read("高台县公安局交警大队上路执勤。高台县公安局交通管理大队提醒司机。")
    assert len(set(meant(found))) == 1
    assert "高台县公安局交管大队" in entity(found, "高台县公安局交警大队").aliases


def test_a_misprinted_county_is_corrected_where_one_name_is_near() -> None:
    found = read("山丹县公安局与民勒县公安局联合设卡。民乐县公安局随后增援。")
    assert entity(found, "民勒县公安局").name == "张掖市民乐县公安局"


# ── units: hierarchy ─────────────────────────────────────────────────────────────────────────


def test_a_list_shares_its_prefix() -> None:
    found = read("山丹县公安局清泉派出所、宣教科、反恐怖和特巡警大队走进校园。")
    assert named(found, found.parts) == {
        ("张掖市山丹县公安局清泉派出所", "张掖市山丹县公安局"),
        ("张掖市山丹县公安局宣教科", "张掖市山丹县公安局"),
        ("张掖市山丹县公安局反恐怖和特巡警大队", "张掖市山丹县公安局"),
    }


def test_a_parent_that_nothing_names_is_derived() -> None:
    found = read("山丹县公安局清泉派出所民警走访。")
    parent = next(one for one in found.entities if one.name == "张掖市山丹县公安局")
    assert parent.attributes["derived"] == "yes"
    assert "derived" not in entity(found, "山丹县公安局清泉派出所").attributes


def test_a_branch_is_of_the_city_that_the_article_names() -> None:
    found = read("泰州市公安局部署夜查，城东分局组织清查。")  # 西宁 alone has a 城东区
    assert meant(found) == ["泰州市公安局", "泰州市公安局城东分局"]
    found = read("西宁市公安局部署夜查，城东分局组织清查。")
    assert meant(found) == ["西宁市公安局", "西宁市公安局城东分局"]
    found = read("城东分局组织清查，城东区的群众点赞。", ("LOC", "城东区"))
    assert meant(found)[0] == "西宁市公安局城东分局"


def test_a_city_that_no_table_knows_keeps_its_bureau() -> None:
    text = "宁江市公安局部署夜查，市公安局局长到场，城东分局组织清查。"
    assert meant(read(text)) == ["宁江市公安局", "宁江市公安局", "宁江市公安局城东分局"]


def test_a_detention_centre_is_meant_by_its_bare_head() -> None:
    names = meant(read("安宁市强制隔离戒毒所举办开放日，邀请家属走进戒毒所。"))
    assert names == ["昆明市安宁市强制隔离戒毒所"] * 2
    names = meant(read("清水县看守所举办开放日，邀请家属走进看守所。"))
    assert names == ["清水县看守所"] * 2


def test_teams_sent_to_a_match_share_no_head() -> None:
    names = meant(read("永宁市公安局办比武，巡特警支队代表队、青山区公安分局代表队获奖。"))
    assert names[1:] == ["永宁市公安局巡特警支队", "永宁市公安局青山区公安分局"]


def test_a_branch_that_no_table_knows_may_leave_out_police() -> None:
    text = "湖岭分局启动夜查。湖岭公安分局老街派出所民警到场。"
    assert meant(read(text)) == ["湖岭公安分局", "湖岭公安分局老街派出所"]


def test_a_bare_county_is_that_of_who_acts_in_the_sentence() -> None:
    text = (
        "威远县公安局经侦大队联合县税务局召开联席会议。\n"
        "资中县公安局交警大队民警来到县第二中学，联合县教育局上了一课。"
    )
    found = read(text, ("ORG", "县税务局"), ("ORG", "县教育局"), ("LOC", "县第二中学"))
    assert entity(found, "县税务局").name == "威远县税务局"
    assert entity(found, "县教育局").name == "资中县教育局"
    assert entity(found, "县第二中学").name == "资中县第二中学"


def test_a_city_line_and_a_county_line_stay_apart() -> None:
    found = read("张掖市公安局交警支队山丹大队与山丹县公安局交警大队对接。")
    assert len(set(meant(found))) == 2
    assert ("张掖市公安局交警支队山丹大队", "张掖市公安局交警支队") in named(found, found.parts)


def test_a_bare_division_belongs_to_the_protagonist_not_to_a_guest() -> None:
    found = read("山丹县公安局邀请民乐县公安局民警授课。刑侦大队介绍了经验。")
    assert entity(found, "刑侦大队").name == "张掖市山丹县公安局刑侦大队"


@pytest.mark.parametrize(
    ("text", "form", "name"),
    [
        (
            "4月8日，繁峙县公安局交警大队上路检查。次日，车管所走进货运公司宣讲。",
            "车管所",
            "忻州市繁峙县公安局交警大队车管所",
        ),
        (
            "4月8日，繁峙县公安局车管所民警到乡里送证。当天，交警大队上路检查。",
            "繁峙县公安局车管所",
            "忻州市繁峙县公安局车管所",
        ),
        (
            "周海是汨罗市公安局归义派出所桥头社区民警。去年桥头社区警务室没有发案。",
            "桥头社区警务室",
            "岳阳市汨罗市公安局归义派出所桥头社区警务室",
        ),
        (
            "周海是汨罗市公安局归义派出所民警。去年桥头社区警务室没有发案。",
            "桥头社区警务室",
            "岳阳市汨罗市公安局桥头社区警务室",
        ),
    ],
)
def test_an_office_is_part_of_the_division_that_it_works_for(
    text: str, form: str, name: str
) -> None:
    assert entity(read(text), form).name == name


def test_a_bare_station_belongs_to_the_county_that_has_its_town() -> None:
    text = "山丹县公安局与民乐县公安局会商。会后，南古派出所民警带队巡查，位奇派出所民警巡线。"
    found = read(text)
    assert entity(found, "南古派出所").name == "张掖市民乐县公安局南古派出所"
    assert entity(found, "位奇派出所").name == "张掖市山丹县公安局位奇派出所"


def test_border_stations_hang_on_their_own_line() -> None:
    found = read("怒江边境管理支队泸水边境管理大队驰援，片马边境派出所民警先到。")
    assert (
        "怒江边境管理支队泸水边境管理大队片马边境派出所",
        "怒江边境管理支队泸水边境管理大队",
    ) in named(found, found.parts)


@pytest.mark.parametrize(
    ("text", "form", "name"),
    [
        # X公安分局 is short for the city's branch where the text names the city's bureau
        ("唐山市公安局部署夜巡。路北公安分局出动。", "路北公安分局", "唐山市公安局路北分局"),
        ("路北公安分局民警出动。", "路北公安分局", "唐山市路北公安分局"),
        ("唐山市公安局部署夜巡。路北区公安分局出动。", "路北区公安分局", "唐山市路北区公安分局"),
        # the Corps: a city's bureau is a division's too, and has detachments
        ("兵团八师石河子市公安局比武。", "兵团八师石河子市公安局", "第八师石河子市公安局"),
        ("石河子市公安局比武。", "石河子市公安局", "石河子市公安局"),
        (
            "第十师北屯市公安局开展比武，特警支队夺冠。",
            "特警支队",
            "第十师北屯市公安局特警支队",
        ),
        ("潜江市公安局开展演练，市局特警支队参演。", "市局特警支队", "潜江市公安局特警支队"),
        ("民乐县公安局开展演练，市局特警支队参演。", "市局特警支队", "张掖市公安局特警支队"),
        # a corps is of the province's bureau, though a city's one is the article's own
        (
            "吴忠市公安局发言，吴忠市公安局获奖。禁毒总队派人听会。",
            "禁毒总队",
            "宁夏回族自治区公安厅禁毒总队",
        ),
        ("吴忠市公安局发言，禁毒支队派人听会。", "禁毒支队", "吴忠市公安局禁毒支队"),
        # a pair of stations of two counties; what shares a prefix does not part
        (
            "民乐县公安局与山丹县公安局签约，南古派出所与位奇派出所结对。",
            "位奇派出所",
            "张掖市山丹县公安局位奇派出所",
        ),
        (
            "山丹县公安局到访。民乐县公安局洪水派出所、清泉派出所参加。",
            "清泉派出所",
            "张掖市民乐县公安局清泉派出所",
        ),
        # a squadron is of the county's brigade, though the brigade is named at the end only
        (
            "根据省交警总队部署，大队开展夜查，城关中队查车9台。（嘉鱼县公安局交警大队 彭武）",
            "城关中队",
            "咸宁市嘉鱼县公安局交警大队城关中队",
        ),
        (
            "咸宁市公安局交警支队开展夜查，特勤中队查车9台。嘉鱼县公安局交警大队也查车3台。",
            "特勤中队",
            "咸宁市公安局交警支队特勤中队",
        ),
        # the province is no part of a border unit's name
        ("云南德宏边境管理支队出动警力。", "云南德宏边境管理支队", "德宏边境管理支队"),
        ("新疆边境管理总队出动警力。", "新疆边境管理总队", "新疆边境管理总队"),
        (
            "民乐县公安局组织经侦大队、城关分局、特警大队开展清查。",
            "特警大队",
            "张掖市民乐县公安局特警大队",
        ),
        (
            "天水市公安局秦州分局、特警大队开展清查。",
            "特警大队",
            "天水市公安局秦州分局特警大队",
        ),
    ],
)
def test_where_a_name_belongs(text: str, form: str, name: str) -> None:
    assert entity(read(text), form).name == name


# ── units: places ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "河北省公安厅高速交警总队邢台支队临城大队民警巡逻。高速交警临城大队民警走访。",
            "河北省公安厅高速交警总队邢台支队临城大队",
        ),
        (
            "云南石岗出入境边防检查站民警巡逻。石岗边检站民警走访。",
            "石岗出入境边防检查站",
        ),
        ("贲河车站派出所民警巡逻。贲河所民警走访。", "贲河车站派出所"),
        (
            "黄埔海关缉私局大石岛缉私分局民警巡逻。大石岛缉私分局民警走访。",
            "黄埔海关缉私局大石岛缉私分局",
        ),
    ],
)
def test_a_unit_named_shortly_again_is_the_same(text: str, name: str) -> None:
    assert set(meant(read(text))) == {name}


def test_a_station_lies_in_its_county_and_in_the_town_it_prints() -> None:
    found = read("民乐县公安局六坝镇派出所民警走访。")
    station = "张掖市民乐县公安局六坝镇派出所"
    assert {(station, "民乐县"), (station, "六坝镇")} <= named(found, found.places)


def test_a_forest_branch_lies_where_it_is_named_for() -> None:
    found = read("内蒙古大兴安岭森林公安局根河分局启动预案。")
    assert ("内蒙古大兴安岭森林公安局根河分局", "根河市") in named(found, found.places)


def test_a_development_zone_is_a_place_without_a_code() -> None:
    found = read("武汉市公安局武汉临空港经济技术开发区分局民警走访。")
    zone = next(one for one in found.entities if one.name.endswith("经济技术开发区"))
    assert "code" not in zone.attributes
    assert ("武汉市公安局武汉临空港经济技术开发区分局", zone.name) in named(found, found.places)


def test_a_station_of_a_branch_that_nobody_knows_reaches_no_place_of_its_name() -> None:
    found = read("拉萨铁路公安处会同柳梧公安分局站前派出所到场。")
    assert not any(tail == "站前区" for _, tail in named(found, found.places))


def test_a_bureau_of_a_zone_lies_in_it() -> None:
    found = read("常德经开区公安局德山派出所民警到场。")
    assert ("常德经开区公安局德山派出所", "常德经开区") in named(found, found.places)


@pytest.mark.parametrize(
    ("text", "branch", "zone"),
    [
        (
            "绵阳市公安局经开分局走访企业。绵阳市经济开发区有企业百家。",
            "绵阳市公安局经开分局",
            "绵阳市经济开发区",
        ),
        (  # a zone of another kind
            "绵阳市公安局经开分局走访企业。绵阳高新区也有企业。",
            "绵阳市公安局经开分局",
            "经开",
        ),
    ],
)
def test_a_branch_lies_in_the_zone_of_its_city_that_the_text_names(text, branch, zone) -> None:
    found = read(text, ("LOC", "绵阳市经济开发区"), ("LOC", "绵阳高新区"))
    assert (branch, zone) in named(found, found.places)


@pytest.mark.parametrize(
    ("text", "form", "name"),
    [
        (  # a rail station is no part of the branch of the village that it visits
            "徐州市公安局贾汪区分局同行。赣榆站派出所民警到场。",
            "赣榆站派出所",
            "赣榆站派出所",
        ),
        (
            "徐州铁路公安处民警到场。赣榆站派出所民警到场。",
            "赣榆站派出所",
            "徐州铁路公安处赣榆站派出所",
        ),
        (
            "徐州市公安局贾汪区分局同行。火车站派出所民警到场。",
            "火车站派出所",
            "徐州市公安局贾汪区分局火车站派出所",
        ),
        (  # a rail office has no branches
            "拉萨铁路公安处民警到场。柳梧公安分局民警到场。",
            "柳梧公安分局",
            "柳梧公安分局",
        ),
        (  # a city has several detention centres, a district one
            "南昌市公安局青云谱分局到场。第二看守所开放。",
            "第二看守所",
            "南昌市公安局第二看守所",
        ),
        (
            "南昌市公安局青云谱分局到场。看守所开放。",
            "看守所",
            "南昌市公安局青云谱分局看守所",
        ),
        (  # the customs have police of their own
            "大连市海关缉私局与大连市公安局联合行动。",
            "大连市海关缉私局",
            "大连海关缉私局",
        ),
        (  # a district that is part of another one now
            "杭州市公安局表彰辅警。江干分局凯旋派出所辅警上台。",
            "江干分局凯旋派出所",
            "杭州市公安局江干分局凯旋派出所",
        ),
    ],
)
def test_whose_part_a_station_a_branch_or_a_centre_is(text, form, name) -> None:
    assert entity(read(text), form).name == name


def test_a_region_has_code_and_coordinates_and_lies_in_the_one_above() -> None:
    found = read("山丹县公安局与张掖市公安局联动。", ("LOC", "山丹县#kind=region"))
    county = next(one for one in found.entities if one.id == "region-620725")
    assert county.attributes["code"] == "620725"
    assert float(county.attributes["latitude"]) == pytest.approx(38.8, abs=0.3)
    assert ("山丹县", "张掖市") in named(found, found.places)


def test_a_chain_of_places_is_read_from_the_outside() -> None:
    text = "活动在山丹县位奇镇暖泉村举行。"
    kinds = (
        ("LOC", "山丹县#kind=region"),
        ("LOC", "位奇镇#kind=region"),
        ("LOC", "暖泉村#kind=village"),
    )
    found = read(text, *kinds)
    assert {("位奇镇", "山丹县"), ("暖泉村", "位奇镇")} <= named(found, found.places)


def test_no_place_lies_in_a_body() -> None:
    found = read(
        "特警支队、哈尔滨铁路局雪松岭站、消防救援大队应邀参演。",
        ("ORG", "哈尔滨铁路局"),
        ("LOC", "雪松岭站"),
    )
    assert not any(upper == "哈尔滨铁路局" for _, upper in named(found, found.places))


def test_a_school_lies_in_the_region_that_its_name_gives() -> None:
    found = read("山丹县公安局走进山丹县第二中学。", ("LOC", "山丹县第二中学#kind=school"))
    assert ("山丹县第二中学", "山丹县") in named(found, found.places)


@pytest.mark.parametrize("form", ["嘉陵江", "嘉陵里江", "嘉陵国家湿地公园", "嘉陵风景名胜区管理局"])
def test_what_only_sounds_like_a_town_does_not_lie_in_it(form: str) -> None:
    kind = "ORG" if form.endswith("局") else "LOC"
    text = f"徽县公安局民警在嘉陵镇沿{form}巡查，嘉陵镇中心小学放学了。"
    found = read(text, ("LOC", "嘉陵镇"), (kind, form), ("LOC", "嘉陵镇中心小学"))
    pairs = named(found, found.places)
    assert (form, "嘉陵镇") not in pairs
    assert ("嘉陵镇中心小学", "嘉陵镇") in pairs


def test_a_scenic_spot_called_as_its_town_lies_in_it() -> None:
    text = "徽县公安局民警在嘉陵镇巡查，嘉陵景区游人不少。"
    found = read(text, ("LOC", "嘉陵镇"), ("LOC", "嘉陵景区"))
    assert ("嘉陵景区", "嘉陵镇") in named(found, found.places)


def test_an_organisation_lies_where_its_name_spells_out() -> None:
    text = "和田市公安局走访。和田地区中级人民法院派员参加。"
    found = read(text, ("ORG", "和田地区中级人民法院"))
    assert ("和田地区中级人民法院", "和田地区") in named(found, found.places)
    assert ("和田地区中级人民法院", "和田市") not in named(found, found.places)


def test_a_county_without_its_prefecture_is_not_put_in_its_province() -> None:
    found = read("甘肃省公安厅表扬民乐县公安局。")
    assert ("民乐县", "甘肃省") not in named(found, found.places)
    found = read("甘肃省公安厅表扬张掖市公安局。")
    assert ("张掖市", "甘肃省") in named(found, found.places)
    found = read("重庆市公安局表扬石柱土家族自治县公安局。")
    assert ("石柱土家族自治县", "重庆市") in named(found, found.places)


def test_abbreviations_of_organisations_are_known() -> None:
    text = "民乐县公安局会同县教育委员会检查。县教委作了安排，县教育局另有安排。"
    found = read(text, ("ORG", "县教育委员会"), ("ORG", "县教委"), ("ORG", "县教育局"))
    assert meant(found)[1:] == ["民乐县教育委员会", "民乐县教育委员会", "民乐县教育局"]


def test_organisations_of_a_level_are_spelt_out() -> None:
    text = "民乐县公安局联合县司法局、县妇联、团县委开展走访。"
    found = read(text, ("ORG", "县司法局"), ("ORG", "县妇联"), ("ORG", "团县委"))
    assert meant(found)[1:] == ["民乐县司法局", "民乐县妇联", "共青团民乐县委员会"]
    assert ("民乐县司法局", "民乐县") in named(found, found.places)
    assert "县司法局" in entity(found, "县司法局").aliases


# ── what bare heads point to ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "form", "name"),
    [
        ("民乐县公安局部署行动。该局出动警力。", "该局", "张掖市民乐县公安局"),
        ("民乐县公安局南古派出所走访。该局通报表扬。", "该局", "张掖市民乐县公安局"),
        (
            "民乐县公安局南古派出所走访。群众把锦旗送到所里。",
            "所里",
            "张掖市民乐县公安局南古派出所",
        ),
        (
            "民乐县公安局南古派出所联合三堡派出所巡逻。随后，该所又走访商户。",
            "该所",
            "张掖市民乐县公安局南古派出所",
        ),
        (
            "民乐县公安局南古派出所走访。三堡派出所接到报警。该所迅速出警。",
            "该所",
            "张掖市民乐县公安局三堡派出所",
        ),
        (
            "民乐县公安局南古派出所走访。该所民警讲课。三堡派出所副所长李明还作了讲解。所里又巡逻。",
            "所里",
            "张掖市民乐县公安局南古派出所",
        ),
        (
            "民乐县公安局办比武。山丹县公安局副局长李明、高台县公安局政委王军发言。该局组织轮训。",
            "该局",
            "张掖市民乐县公安局",
        ),
        (
            "民乐县公安局部署行动。张掖市公安局督导组到民乐检查，对该局工作给予肯定。",
            "该局",
            "张掖市民乐县公安局",
        ),
        (
            "民乐县公安局部署行动。张掖市公安局到民乐检查，该局还走访商户。",
            "该局",
            "张掖市公安局",
        ),
        ("天水市公安局秦州分局通报，分局抽调警力。", "分局", "天水市公安局秦州分局"),
        ("民乐县公安局交警大队上路。大队负责人说。", "大队", "张掖市民乐县公安局交警大队"),
        (
            "民乐县公安局交警大队上路。特巡警大队派员支援。特巡警大队又带来警犬。"
            "大队联合特巡警大队设卡。",
            "大队",
            "张掖市民乐县公安局交警大队",
        ),
        (
            "民乐县公安局交警大队上路。特巡警大队派员支援。特巡警大队又带来警犬。"
            "大队联合街道办设卡。",
            "大队",
            "张掖市民乐县公安局特巡警大队",
        ),
        ("瑞丽出入境边防检查站迎检。边检站民警说。", "边检站", "瑞丽出入境边防检查站"),
    ],
)
def test_a_bare_head_points_to_the_best_remembered_unit(text: str, form: str, name: str) -> None:
    assert entity(read(text), form).name == name


def test_a_head_that_points_to_nothing_is_dropped() -> None:
    assert not read("该局已介入调查。").mentions


def test_a_region_is_pointed_to_by_its_level() -> None:
    found = read("民乐县公安局部署行动，覆盖全县。", ("LOC", "~全县"))
    assert entity(found, "全县").name == "民乐县"


# ── wordings ─────────────────────────────────────────────────────────────────────────────────


def test_a_titles_own_word_means_the_act_of_its_kind_in_the_body() -> None:
    text = "一堂别样的反诈课\n近日，山丹县公安局开展反诈宣传活动。"
    acts = (("ACT", "反诈课#kind=publicity"), ("ACT", "反诈宣传活动#kind=publicity"))
    found = read(text, *acts)
    assert entity(found, "反诈课") == entity(found, "反诈宣传活动")
    assert entity(found, "反诈课").name == "反诈宣传活动"


def test_a_titles_act_is_the_one_that_begins_and_ends_like_it_though_another_is_told_first() -> (
    None
):
    title = "天祝县公安局公开征集马某某等人涉黑线索"
    text = f"{title}\n天祝县公安局打掉一个涉黑团伙，现面向社会公开征集该团伙涉黑线索。"
    called = ("公开征集马某某等人涉黑线索", "打掉一个涉黑团伙", "公开征集该团伙涉黑线索")
    found = read(text, *(("ACT", f"{form}#kind=investigation") for form in called))
    call, bust, again = (entity(found, form) for form in called)
    assert call == again != bust


def test_what_a_title_says_was_done_is_not_a_step_on_the_way_there() -> None:
    feat, step, other = "端掉一个盗油团伙", "收网行动", "打掉盗油团伙"
    text = f"山丹警方{feat}\n5月6日，山丹县公安局开展{step}。"
    kinds = [("ACT", f"{form}#kind=investigation") for form in (feat, step, other)]
    found = read(text, *kinds[:2])
    assert entity(found, feat) != entity(found, step)
    found = read(text.replace(step, other), kinds[0], kinds[2])
    assert entity(found, feat) == entity(found, other)


def test_an_act_is_known_by_its_formula_and_without_it() -> None:
    text = "“净土”专项行动启动。“净土”行动持续百日。这次行动成效明显。"
    acts = (
        ("ACT", "“净土”专项行动#kind=campaign"),
        ("ACT", "“净土”行动#kind=campaign"),
        ("ACT", "~这次行动"),
    )
    found = read(text, *acts)
    assert set(meant(found)) == {"“净土”专项行动"}
    assert entity(found, "这次行动").id == "campaign-净土"


def test_topics_of_one_act_are_joined() -> None:
    acts = (
        ("ACT", "“护苗”课堂#kind=publicity;topic=school"),
        ("ACT", "“护苗”宣讲#kind=publicity;topic=fraud"),
    )
    found = read("“护苗”课堂开讲，“护苗”宣讲同步直播。", *acts)
    assert entity(found, "“护苗”课堂").attributes["topic"] == "school,fraud"


def test_people_of_many_wordings_are_one_group() -> None:
    found = read(
        "同学们认真听讲，孩子们踊跃提问，师生们点赞。",
        *(("GROUP", f) for f in ("同学们", "孩子们", "师生们")),
    )
    assert entity(found, "同学们") == entity(found, "孩子们")
    assert entity(found, "师生们") != entity(found, "同学们")


def test_a_law_is_known_by_its_short_form() -> None:
    text = "宣讲《中华人民共和国反有组织犯罪法》，反有组织犯罪法深入人心。"
    found = read(text, ("DOC", "《中华人民共和国反有组织犯罪法》"), ("DOC", "反有组织犯罪法"))
    assert len({mention.entity for mention in found.mentions}) == 1


def test_the_same_day_is_one_time() -> None:
    times = (("TIME", "5月6日#edtf=2025-05-06"), ("TIME", "当天#edtf=2025-05-06"))
    found = read("5月6日，活动启动。当天，民警走访。", *times)
    assert entity(found, "当天") == entity(found, "5月6日")
    assert entity(found, "当天").attributes["edtf"] == "2025-05-06"


def test_in_a_text_without_a_date_the_same_day_is_the_day_before_it() -> None:
    day, hour = "5月6日#precision=day", "5月7日晚#precision=part"
    found = read("5月6日，活动启动。同日，民警走访。", ("TIME", day), ("TIME", "同日"))
    assert entity(found, "同日") == entity(found, "5月6日")
    text = "5月6日，活动启动。5月7日晚，警情突至。当天，民警赶到。"
    found = read(text, ("TIME", day), ("TIME", hour), ("TIME", "当天"))
    assert len({entity(found, form).id for form in ("5月6日", "5月7日晚", "当天")}) == 3


# ── ids ──────────────────────────────────────────────────────────────────────────────────────


def unit_of(name: str, home: str, article: str) -> str:
    found = read(f"某地警讯\n近日，{name}民警开展宣传活动。", home=home, article=article)
    return next(m.entity for m in found.mentions if m.text == name)


def same_rows() -> list[dict[str, str]]:
    with SAME.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_units_of_two_articles_merge_only_if_they_are_the_same() -> None:
    rows = same_rows()
    wrong, missed = [], []
    for row in rows:
        one = unit_of(row["one"], row["one_home"], "a1")
        two = unit_of(row["two"], row["two_home"], "a2")
        if row["same"] == "no" and one == two:
            wrong.append((row["one"], row["two"]))
        if row["same"] == "yes" and one != two:
            missed.append((row["one"], row["two"]))
    assert not wrong
    assert len(missed) <= 0.05 * sum(row["same"] == "yes" for row in rows), missed


def test_the_table_of_pairs_is_long_enough_to_mean_something() -> None:
    verdicts = [row["same"] for row in same_rows()]
    assert min(verdicts.count("yes"), verdicts.count("no")) >= 60


def test_persons_of_one_name_stay_apart_unless_their_unit_is_the_same() -> None:
    def person(text: str, article: str) -> str:
        found = read(text, ("PER", "李明"), article=article)
        return entity(found, "李明").id

    here = person("民乐县公安局南古派出所所长李明说。", "a1")
    assert person("民乐县公安局南古派出所民警李明介绍。", "a2") == here
    assert person("山丹县公安局位奇派出所所长李明说。", "a3") != here
    assert person("市民李明说。", "a4") != person("市民李明说。", "a5")


def test_ordinary_acts_and_groups_belong_to_their_article() -> None:
    def ids(article: str) -> set[str]:
        found = read(
            "组织走访，慰问群众。", ("ACT", "走访#kind=visit"), ("GROUP", "群众"), article=article
        )
        return {one.id for one in found.entities}

    assert not ids("a1") & ids("a2")


def test_ids_hold_no_sign_that_a_writer_must_escape() -> None:
    found = read("甲县“雪山”骑警队巡逻。", ("METHOD", "“一村一警”（试行）机制"))
    assert all(one.id.replace("-", "").isalnum() for one in found.entities)


def test_every_attribute_is_text_and_every_mention_has_its_entity() -> None:
    found = read("民乐县公安局南古派出所走访。该所赠送资料。", ("LOC", "民乐县#kind=region"))
    ids = {one.id for one in found.entities}
    assert {mention.entity for mention in found.mentions} <= ids
    assert {end for pair in (*found.parts, *found.places) for end in pair} <= ids
    assert all(isinstance(v, str) for one in found.entities for v in one.attributes.values())


# ── a name explained ─────────────────────────────────────────────────────────────────────────


def test_a_name_is_explained_step_by_step() -> None:
    told = explain_unit("民乐县公安局交警大队城区中队")
    assert told is not None
    assert told.name == "张掖市民乐县公安局交警大队城区中队"
    assert told.parent == "张掖市民乐县公安局交警大队"
    assert [(step.adds, step.level, step.function) for step in told.line] == [
        ("张掖市民乐县公安局", "bureau", ""),
        ("交警大队", "brigade", "交管"),
        ("城区中队", "squadron", ""),
    ]
    assert told.line[-1].code == "620722"


def test_a_home_settles_what_a_short_name_means() -> None:
    told = explain_unit("鼓楼分局", "开封市")
    assert told is not None
    assert told.line[-1].code == "410204"


def test_what_is_no_unit_is_not_explained() -> None:
    assert explain_unit("今天天气很好") is None


# ── wordings of one activity ─────────────────────────────────────────────────────────────────


def wordings() -> list[tuple[str, str]]:
    with WORDINGS.open(encoding="utf-8", newline="") as file:
        return [(row["text"].replace("\\n", "\n"), row["note"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("marked", "note"), wordings())
def test_second_wordings_are_told_from_other_activities(marked: str, note: str) -> None:
    """Of the marked wordings, those of one number are one activity, ``~`` those that point back."""
    marks = re.compile(r"\{(a\d)([:~])([^{}]+)\}")
    text = marks.sub(r"\3", marked)
    found = extract_article(line.article(f"警务简讯\n{text}"))
    spoken = {(m.text, m.nominal): m.entity for m in found.mentions if m.type == "ACT"}
    meant: dict[str, set[str]] = {}
    for key, sign, form in marks.findall(marked):
        where = [entity for said, entity in spoken.items() if said == (form, sign == "~")]
        assert where, f"{note}: no {form} in {spoken}"
        meant.setdefault(key, set()).update(where)
    assert all(len(entities) == 1 for entities in meant.values()), f"{note}: {meant}"
    assert len(set.union(*meant.values())) == len(meant), f"{note}: {meant}"


def test_a_road_is_one_whatever_form_its_number_takes() -> None:
    text = "隆德县公安局在国道312线设卡。\n民警在312国道夜查，也到309省道巡逻。"
    names = {one.name for one in extract_article(line.article(text)).entities if one.type == "LOC"}
    assert {name for name in names if "道" in name} == {"国道312线", "309省道"}


@pytest.mark.parametrize(
    "form", ["国道312线", "国道G312线", "312国道", "G312国道", "G312线", "G312"]
)
def test_forms_of_a_roads_number(form: str) -> None:
    assert road_number(form) == "G312"


@pytest.mark.parametrize(
    ("bureau", "alone"),
    [
        ("河南省公安厅机场公安局", True),
        ("揭阳市公安局机场分局", True),
        ("新郑市公安局", False),
    ],
)
def test_the_police_of_an_airport_are_its_one_bureau(bureau: str, alone: bool) -> None:
    names = set(meant(read(f"机场公安开展净空保护宣传\n{bureau}开展宣传。")))
    assert (len(names) == 1) == alone


def test_a_number_alone_means_the_team_named_before() -> None:
    text = "平远县公安局交警大队城区二中队开展夜查，二中队民警查获酒驾3起。"
    bureau = "梅州市平远县公安局交警大队"
    assert set(meant(read(text))) == {f"{bureau}城区二中队"}
    other = read(f"{text}交警大队二中队未参加。")
    assert {f"{bureau}城区二中队", f"{bureau}二中队"} <= set(meant(other))
