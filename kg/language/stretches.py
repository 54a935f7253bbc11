"""Stretches of days and how they are written: days, months, seasons, festivals by sun and moon."""

import calendar
import functools
import re
from datetime import date, timedelta
from typing import Final

from kg.language.lexicon import lexicon, read_rows
from kg.records import record
from kg.resources import DATA

UNKNOWN: Final = 4  # the year (a leap year) that stands for one that is not known
_EVE: Final = 7  # days that 前夕 and 前后 may reach
_SEASONS: Final = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
_LUNAR: Final = re.compile(
    r"(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:>(?P<move>-?[0-9]+))?(?:\+(?P<length>[0-9]+))?"
)
_HOLIDAYS: Final = ("小长假", "长假", "假期", "黄金周", "国际劳动节", "劳动节", "佳节", "节")
# 清明 falls on this day of April; the formula holds from 2000 to 2099.
_QINGMING: Final = 4.81
_TROPICAL: Final = 0.2422


@record
class Stretch:
    """The days from ``first`` to ``last`` with their precision, and the same as EDTF.

    ``known`` is False where no year is known; its days then stand in year UNKNOWN.
    """

    first: date
    last: date
    precision: str
    edtf: str
    known: bool = True


@functools.lru_cache(maxsize=4096)
def of_day(year: int, month: int, day: int, known: bool = True) -> Stretch:
    """Return one day; a day past the month's end (2月30日) is its last."""
    day = min(day, calendar.monthrange(year, month)[1])
    text = f"{_year(year, known=known)}-{month:02}-{day:02}"
    return Stretch(date(year, month, day), date(year, month, day), "day", text, known)


def on(day: date) -> Stretch:
    """Return a day, whose year may not be known."""
    return of_day(day.year, day.month, day.day, is_known(day))


def is_known(day: date) -> bool:
    """Return whether the year of a day is known."""
    return day.year > UNKNOWN + 1


@functools.lru_cache(maxsize=4096)
def of_month(year: int, month: int, tenday: str = "", *, known: bool = True) -> Stretch:
    """Return a month, or the part of it that 上旬, 底 … name."""
    text, last = f"{_year(year, known=known)}-{month:02}", calendar.monthrange(year, month)[1]
    if not tenday:
        return Stretch(date(year, month, 1), date(year, month, last), "month", text, known)
    begin, _, end = lexicon().terms("when.tenday")[tenday].partition("-")
    first, last = int(begin), min(int(end), last)
    edtf = f"{text}-{first:02}/{text}-{last:02}"
    return Stretch(date(year, month, first), date(year, month, last), "tenday", edtf, known)


@functools.lru_cache(maxsize=1024)
def of_months(year: int, first: int, last: int) -> Stretch:
    """Return the months of a year from ``first`` to ``last``: a quarter, a half, the whole year."""
    days = date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    count = last - first + 1
    if count == 12:
        return Stretch(*days, "year", str(year))
    if count == 1:
        return of_month(year, first)
    precision = {6: "half", 3: "quarter"}.get(count, "period")
    return Stretch(*days, precision, f"{year}-{first:02}/{year}-{last:02}")


def of_days(first: date, last: date, precision: str) -> Stretch:
    """Return the stretch between two days."""
    edtf = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return Stretch(first, last, precision, edtf)


def of_season(year: int, code: str, before: date | None) -> Stretch:
    """Return a season by its EDTF code: the last one that had begun, if a day is given."""
    begin, end = _SEASONS[code]
    if before and date(year, begin, 1) > before:
        year -= 1
    closing = year + (end < begin)
    last = date(closing, end, calendar.monthrange(closing, end)[1])
    return Stretch(date(year, begin, 1), last, "season", f"{year}-{code}")


def around(stretch: Stretch, *, both: bool) -> Stretch:
    """Return the days up to a festival (and after it)."""
    before = stretch.first - timedelta(days=_EVE)
    after = stretch.last + timedelta(days=_EVE) if both else stretch.first - timedelta(days=1)
    mark = "~" if both else ""
    edtf = f"{before.isoformat()}~/{after.isoformat()}{mark}"
    return Stretch(before, after, "vague", edtf)


def behind(last: Stretch, first: Stretch, *, month_said: bool) -> Stretch:
    """Return the end of a range moved behind its start: a year if it names a month, else a month."""
    day, known = last.first, last.known and first.known
    if month_said:
        exact = last.precision == "day"
        year = day.year + 1
        return (
            of_day(year, day.month, day.day, known)
            if exact
            else of_month(year, day.month, known=known)
        )
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return of_day(year, month, day.day, known)


@functools.lru_cache(maxsize=1024)
def festival_value(name: str, tail: str = "") -> str:
    """Return what the lexicon says of a festival; a holiday without an entry is its festival.

    端午节期间 means its holiday, not the one day.
    """
    festivals = lexicon().terms("time.festival")
    bare = next((name.removesuffix(end) for end in _HOLIDAYS if name.endswith(end)), name)
    holidays = [festivals.get(f"{short}假期") for short in (name, bare)] if tail == "期间" else []
    return next(filter(None, holidays), "") or festivals.get(name) or festivals.get(bare) or ""


@functools.lru_cache(maxsize=4096)
def festival(value: str, year: int) -> tuple[date, date] | None:
    """Return the days of a festival in a year: ``06-01``, ``10-01/10-07``, ``lunar:01-01+6``."""
    kind, _, rest = value.rpartition(":")
    if not kind:
        first, _, last = value.partition("/")
        days = (date.fromisoformat(f"{year:04}-{day}") for day in (first, last or first))
        return next(days), next(days)
    if kind == "solar":
        day: date | None = _qingming(year)
        length = rest.partition("+")[2]
    else:
        match = _LUNAR.fullmatch(rest)
        day = lunar_day(year, int(match["month"]), int(match["day"])) if match else None
        length = match["length"] if match else ""
        day = day + timedelta(days=int(match["move"] or 0)) if day and match else None
    return (day, day + timedelta(days=int(length or 0))) if day else None


def lunar_day(year: int, month: int, day: int) -> date | None:
    """Return the day of a date in the lunar calendar, whose year begins with the Spring Festival."""
    first = _months().get((year, month))
    return first + timedelta(days=day - 1) if first else None


def _year(year: int, *, known: bool) -> str:
    return f"{year:04}" if known else "XXXX"


def _qingming(year: int) -> date:
    short = year % 100
    return date(year, 4, int(short * _TROPICAL + _QINGMING) - short // 4)


@functools.cache
def _months() -> dict[tuple[int, int], date]:
    """Return the first days of the lunar months; leap months, which hold no festival, left out."""
    rows = read_rows(
        DATA / "calendar" / "lunar_months.csv", ("year", "month", "leap", "first", "source")
    )
    return {
        (int(row["year"]), int(row["month"])): date.fromisoformat(row["first"])
        for row in rows
        if not row["leap"]
    }
