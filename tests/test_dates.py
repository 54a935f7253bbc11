"""Time expressions: where they stand, of what parts they are, which days they mean."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from kg.language.dates import TimeExpression, find, read
from kg.language.intervals import Interval, Timeline
from kg.language.lexicon import lexicon
from kg.language.stretches import festival, lunar_day
from kg.language.text import fold

CASES = Path(__file__).parent / "cases" / "times.csv"
PRECISIONS = {
    *("minute", "hour", "part", "day", "week", "tenday", "month", "quarter", "season"),
    *("half", "year", "period", "vague"),
}
VAGUE = ("近日", "日前", "连日来", "近期", "前不久", "近段时间以来", "这几天", "最近")

_DAY = r"(?:\d{4}|XXXX)(?:-(?:\d\d|XX)(?:-\d\d)?)?~?"
EDTF = re.compile(rf"{_DAY}|(?:{_DAY}|\.\.)/(?:{_DAY}|\.\.)")


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def times(text: str, published: str) -> dict[str, Interval]:
    """The intervals of a text by their phrase as printed; a later one replaces an earlier."""
    timeline, folded = Timeline(published), fold(text)
    found = find(folded, lexicon().marks(folded))
    return {text[times.start : times.end]: timeline.place(times) for times in found}


def phrases(text: str) -> list[str]:
    folded = fold(text)
    return [text[t.start : t.end] for t in find(folded, lexicon().marks(folded))]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['phrase']}@{case['published']}")
def test_interval(case: dict[str, str]) -> None:
    found = times(case["text"], case["published"])
    assert case["phrase"] in found
    interval = found[case["phrase"]]
    got = (interval.edtf, interval.start, interval.end, interval.precision, interval.clock)
    assert got == tuple(case[name] for name in ("edtf", "start", "end", "precision", "clock"))


def test_there_are_cases_of_every_precision() -> None:
    assert len(cases()) >= 120
    assert {case["precision"] for case in cases()} == PRECISIONS


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['phrase']}@{case['published']}")
def test_what_is_written_is_edtf_and_holds_together(case: dict[str, str]) -> None:
    assert not case["edtf"] or EDTF.fullmatch(case["edtf"])
    days = [date.fromisoformat(case[name]) for name in ("start", "end") if case[name]]
    assert days == sorted(days)


@pytest.mark.parametrize("word", VAGUE)
def test_a_vague_word_is_never_a_day(word: str) -> None:
    interval = times(f"{word}，派出所走进校园。", "2025-06-05")[word]
    assert (interval.start, interval.precision) == ("", "vague")
    assert interval.edtf == "../2025-06-05"


def test_without_a_date_of_the_paper_no_year_is_made_up() -> None:
    assert times("6月1日，民警走进校园。", "")["6月1日"] == Interval("XXXX-06-01", "", "", "day")


@pytest.mark.parametrize("published", ["", "3", "0", "0000-00-00", "9999", "99999", "20260", "x"])
def test_a_paper_without_a_date_of_any_calendar_gives_no_anchor(published: str) -> None:
    text = "今年清明节期间巡逻；上周五、去年国庆假期、农历腊月十八、今年春、昨晚、前11个月和5月3日也去。"
    found = times(text, published)
    assert len(found) > 6
    assert {interval.start for interval in found.values()} == {""}


def test_the_text_carries_its_day_on() -> None:
    found = times("5月30日接警。当晚蹲守，次日凌晨3时收网。6月2日宣判。当天退赃。", "2025-06-05")
    assert found["当晚"].start == "2025-05-30"
    assert found["次日凌晨3时"] == Interval("2025-05-31", "2025-05-31", "2025-05-31", "hour", "03")
    assert found["当天"].start == "2025-06-02"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月1日和6月2日两天", ["6月1日", "6月2日"]),
        ("自4月20日起启动", ["4月20日"]),
        ("“五一”假期游人多", ["“五一”假期"]),
        ("“五一假期，旅客很多，”他说", ["五一假期"]),
        ("第39个国际禁毒日来临之际", ["第39个国际禁毒日"]),
        ("2023年秋，驿站建成", ["2023年秋"]),
        ("8月25日晚8时至次日凌晨2时", ["8月25日晚8时至次日凌晨2时"]),
        ("三个月，十个点，110报警", []),
        ("一共二十起", []),
    ],
)
def test_where_expressions_stand(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected


def test_a_reading_begins_where_it_is_asked_for() -> None:
    times = read("于6月1日签约", 1)
    assert isinstance(times, TimeExpression)
    assert (times.start, times.end, times.point.month, times.point.day) == (1, 5, "6", "1")
    assert read("于6月1日签约", 0) is None


def test_festivals_move_with_the_moon() -> None:
    assert lunar_day(2025, 1, 1) == date(2025, 1, 29)
    assert lunar_day(2024, 8, 15) == date(2024, 9, 17)
    assert festival("lunar:05-05", 2025) == (date(2025, 5, 31), date(2025, 5, 31))
    assert festival("lunar:01-01>-1", 2026) == (date(2026, 2, 16), date(2026, 2, 16))
    assert festival("solar:qingming", 2024) == (date(2024, 4, 4), date(2024, 4, 4))
    assert festival("10-01/10-07", 2025) == (date(2025, 10, 1), date(2025, 10, 7))
    assert festival("lunar:01-01", 1980) is None
