"""Places: sentences with the names in them, chains, what is no place, what points back."""

import csv
from pathlib import Path

import pytest

from kg.language.scan import scan
from kg.model import Article, Page
from kg.recognise import document, organisation, place, unit
from kg.recognise.candidate import Candidate
from kg.recognise.decode import decode

CASES = Path(__file__).parent / "cases" / "places.csv"


def read(text: str, dateline: str = "") -> tuple[str, list[Candidate]]:
    article = Article("t", Page("t", text), text.split("\n", maxsplit=1)[0], text, dateline)
    scanned = scan(article)
    found = document.recognise(scanned, [])
    found += unit.recognise(scanned, found)
    found += place.recognise(scanned, found)
    found += organisation.recognise(scanned, found)
    return text, [candidate for candidate in decode(found) if candidate.type == "LOC"]


def named(text: str) -> list[str]:
    return [text[c.start : c.end] for c in read(text)[1] if not c.nominal]


def cases() -> list[tuple[str, list[str]]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["sentence"], [n for n in row["places"].split("|") if n]) for row in rows]


def kinds(text: str) -> dict[str, str]:
    return {text[c.start : c.end]: c.attributes["kind"] for c in read(text)[1]}


@pytest.mark.parametrize(("sentence", "places"), cases(), ids=lambda value: str(value)[:20])
def test_the_places_of_a_sentence(sentence: str, places: list[str]) -> None:
    assert named(sentence) == places


def test_a_chain_is_one_place_a_level() -> None:
    assert named("民警来到广西靖西市湖润镇新灵村走访。") == ["广西", "靖西市", "湖润镇", "新灵村"]


def test_institutions_keep_their_region_and_squares_do_not() -> None:
    assert named("民警走进奈曼旗大沁他拉镇第三小学。") == ["奈曼旗大沁他拉镇第三小学"]
    assert named("民警在奈曼旗诺恩吉雅广场设点。") == ["奈曼旗", "诺恩吉雅广场"]


def test_places_inside_a_unit_are_not_marked() -> None:
    assert named("凉山州昭觉县公安局竹核派出所民警出警。") == []


@pytest.mark.parametrize("text", ["昭苏讯 近日，", "本报昭苏讯（记者 李明）", "昭苏讯3月5日，"])
def test_a_dateline_is_a_place(text: str) -> None:
    assert named(text) == ["昭苏"]


def test_a_paper_is_no_dateline() -> None:
    assert named("本报讯 近日，天气转凉。") == []
    assert named("通讯员讯 近日，天气转凉。") == []


def test_nouns_that_point_back_are_nominal() -> None:
    text, found = read("肃南裕固族自治县地广人稀。全县有牧户三千。该县推行新办法。")
    assert [text[c.start : c.end] for c in found if c.nominal] == ["全县", "该县"]


def test_kinds() -> None:
    text = "民警在岚皋县的滨河小区、岚河路、四季广场和岚皋县城关小学巡逻。"
    assert kinds(text) == {
        "岚皋县": "region",
        "滨河小区": "compound",
        "岚河路": "road",
        "四季广场": "square",
        "岚皋县城关小学": "school",
    }


def test_a_preposition_may_be_part_of_a_name() -> None:
    assert named("民警在从江县和平路、向阳街设点。") == ["从江县", "和平路", "向阳街"]


def test_a_short_name_needs_its_place_or_its_full_form() -> None:
    assert named("老人说，如今日子安宁多了。") == []
    assert named("两地民警从安宁出发，安宁市下起了雨。") == ["安宁", "安宁市"]


def test_documents_and_programmes_hold_no_places() -> None:
    assert named("会上宣读了《兴文县护渔公约》。") == []
    assert named("来源：平安兴文") == []


def test_traditional_script_keeps_its_offsets() -> None:
    assert named("民警走進婺源縣清華鎮開展宣傳，講解識毒防毒知識，發放資料。") == [
        "婺源縣",
        "清華鎮",
    ]


def test_the_river_that_a_law_protects_is_no_place() -> None:
    assert named("民警向渔民宣讲黄河保护法。") == []
    assert named("民警在黄河岸边宣讲防沙治沙法。") == ["黄河"]
