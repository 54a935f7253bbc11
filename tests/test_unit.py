"""Unit names: found whole in any sentence, and nothing that only looks like one."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.gazetteer import gazetteer
from kg.language.regions import Places
from kg.language.scan import Scan, scan
from kg.language.units import UnitName, parse
from kg.model import Article, Page
from kg.recognise.unit import recognise

CASES = Path(__file__).parent / "cases" / "units.csv"
# What may stand around a name: no verb, preposition or post must stick to it.
FRAMES = (
    "近日，{}民警开展宣传活动。",
    "活动由{}牵头组织。",
    "昨日上午，在{}的指导下，活动顺利举行。",
    "他立即向{}报案。",
    "会上，{}副所长李明介绍了情况。",
    "张强现任{}教导员。",
    "随后，该男子被移交{}处理。",
    "经{}查实，张某已被刑拘。",
)


def read(text: str) -> Scan:
    return scan(Article("a", Page("a", text), "", text))


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = [row["text"] for row in rows() if row["text"] == row["units"]]
SENTENCES = [row for row in rows() if row["text"] != row["units"]]


def forms(scanned: Scan, names: Sequence[UnitName]) -> list[str]:
    return ["~" * name.nominal + scanned.text[name.start : name.end] for name in names]


def test_there_are_many_names_of_many_provinces() -> None:
    assert len(NAMES) > 300


@pytest.mark.parametrize("frame", FRAMES)
def test_a_name_is_found_whole_in_a_sentence(frame: str) -> None:
    missed = []
    for name in NAMES:
        scanned = read(frame.format(name))
        if name not in [form.lstrip("~") for form in forms(scanned, scanned.unit_names)]:
            missed.append(name)
    assert len(missed) <= len(NAMES) // 100, missed


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["text"][:24])
def test_a_sentence_holds_these_units(row: dict[str, str]) -> None:
    scanned = read(row["text"])
    assert forms(scanned, scanned.unit_names) == [form for form in row["units"].split("|") if form]


def test_a_bare_name_is_parsed_into_its_steps() -> None:
    name = parse(
        "通渭县公安局交警大队城区中队", Places("通渭县公安局交警大队城区中队", gazetteer())
    )
    assert name is not None
    assert [segment.head for segment in name.segments] == ["公安局", "大队", "中队"]
    assert name.regions == ("通渭县",)
    assert name.segments[1].function == "交管"


def test_what_is_no_name_is_not_parsed() -> None:
    assert parse("开展宣传活动", Places("开展宣传活动", gazetteer())) is None


def test_a_pointing_head_is_nominal_and_weighs_least() -> None:
    scanned = read("通渭县公安局马营派出所民警上门，该所还设立服务台。")
    named, pointing = recognise(scanned, [])
    assert (named.nominal, pointing.nominal) == (False, True)
    assert named.weight > pointing.weight


def test_who_calls_is_no_bureau_in_quotes() -> None:
    scanned = read("通渭县公安局接到报警，老人称自己正配合“公安局”办案，公安局立即派人。")
    assert [scanned.text[max(0, c.start - 1) : c.end] for c in recognise(scanned, [])] == [
        "通渭县公安局",
        "，公安局",
    ]


def test_the_longest_list_is_read_from_its_last_head() -> None:
    scanned = read("抽调甲寨、乙川、丙沟派出所警力。")
    assert forms(scanned, scanned.unit_names)[-1] == "丙沟派出所"


def test_offsets_hold_in_traditional_script() -> None:
    text = "近日，通渭縣公安局馬營派出所開展禁毒宣傳，羣眾紛紛點讚這項惠民舉措。"
    scanned = read(text)
    (name,) = scanned.unit_names
    assert text[name.start : name.end] == "通渭縣公安局馬營派出所"
