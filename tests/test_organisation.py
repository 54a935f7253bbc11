"""Organisations: sentences with the names in them, shared steps, look-alikes of police units."""

import csv
from pathlib import Path

import pytest

from kg.language.scan import scan
from kg.model import Article, Page
from kg.recognise import organisation, place, unit
from kg.recognise.candidate import Candidate
from kg.recognise.decode import decode

CASES = Path(__file__).parent / "cases" / "organisations.csv"


def read(text: str) -> list[Candidate]:
    scanned = scan(Article("t", Page("t", text), text.split("\n", maxsplit=1)[0], text))
    found = unit.recognise(scanned, [])
    found += place.recognise(scanned, found)
    found += organisation.recognise(scanned, found)
    return decode(found)


def named(text: str, kind: str = "ORG") -> list[str]:
    return [text[c.start : c.end] for c in read(text) if c.type == kind and not c.nominal]


def cases() -> list[tuple[str, list[str]]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["sentence"], [n for n in row["organisations"].split("|") if n]) for row in rows]


@pytest.mark.parametrize(("sentence", "bodies"), cases(), ids=lambda value: str(value)[:20])
def test_the_organisations_of_a_sentence(sentence: str, bodies: list[str]) -> None:
    assert named(sentence) == bodies


def test_look_alikes_of_police_units() -> None:
    text = "县公安局交警大队会同县消防救援大队、县路政大队、县农业综合行政执法大队夜查。"
    assert named(text) == ["县消防救援大队", "县路政大队", "县农业综合行政执法大队"]
    assert named(text, "UNIT") == ["县公安局交警大队"]


def test_bodies_keep_their_steps() -> None:
    assert named("民警会同平罗县人民法院崇岗人民法庭调解。") == ["平罗县人民法院崇岗人民法庭"]
    assert named("中国农业银行平罗县支行送来锦旗。") == ["中国农业银行平罗县支行"]


def test_a_later_step_alone_is_the_same_body() -> None:
    text = "州生态环境局洱源分局派员到场。随后，洱源分局取样送检。"
    assert named(text) == ["州生态环境局洱源分局", "洱源分局"]


def test_brackets_belong_to_a_firm() -> None:
    assert named("民警走访山东黄金（莱州）有限公司。") == ["山东黄金（莱州）有限公司"]


def test_the_party_branch_of_a_body_is_left_out() -> None:
    text = "该所党支部与白山市中级人民法院刑事审判庭党支部开展活动。"
    assert named(text) == ["白山市中级人民法院"]
    assert named("民警走进临河区汇丰社区党支部。") == ["临河区汇丰社区党支部"]


@pytest.mark.parametrize(
    "text",
    [
        "各乡镇人民政府要落实责任。",
        "有关部门、相关企业参加了会议。",
        "一家物流公司被处罚。",
        "绿水青山真正成为群众的“绿色银行”。",
        "按照县委、县政府的部署，",
    ],
)
def test_classes_and_figures_of_speech_are_no_bodies(text: str) -> None:
    assert named(text) == []


def test_a_hospital_is_a_body_only_as_a_partner() -> None:
    assert named("派出所联合沙雅县人民医院义诊。") == ["沙雅县人民医院"]
    assert named("老人被送往沙雅县人民医院。") == []
    assert named("老人被送往沙雅县人民医院。", "LOC") == ["沙雅县人民医院"]


def test_nouns_that_point_back_are_nominal() -> None:
    text = "民警走访河源鑫达电子有限公司，该公司负责人致谢。"
    nominal = [text[c.start : c.end] for c in read(text) if c.type == "ORG" and c.nominal]
    assert nominal == ["该公司"]
