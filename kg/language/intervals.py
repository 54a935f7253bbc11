"""Time expressions to intervals: dates with their precision, anchored on the paper's date.

A ``Timeline`` reads the expressions of one article in order, for 当天, 次日 and 12日晚 mean something
only after what stands before them. An interval says no more than the words: 近日 is never a day.
"""

import calendar
import functools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.language.dates import Point, TimeExpression
from kg.language.lexicon import lexicon, read_rows
from kg.language.numbers import parse_number
from kg.resources import DATA

# A date without a year lies in the past, unless it is as near as this in the future.
_AHEAD: Final = timedelta(days=45)
_EVE: Final = 7  # days that 前夕 and 前后 may reach
_HALVES: Final = {
    "凌晨",
    "清晨",
    "早晨",
    "早上",
    "早",
    "上午",
    "一大早",
    "拂晓",
    "黎明",
    "清早",
    "早间",
    "大清早",
}
_SEASONS: Final = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
_HOLIDAYS: Final = ("小长假", "长假", "假期", "黄金周", "国际劳动节", "劳动节", "佳节", "节")


@dataclass(frozen=True, slots=True)
class Interval:
    """When something was: ISO days ``start`` and ``end`` (empty: not known) and ``precision``.

    ``edtf`` says the same in Extended Date/Time Format; ``clock`` is the time of day, if given.
    ``precision`` is minute, hour, part, day, week, tenday, month, quarter, season, half, year,
    period or vague.
    """

    edtf: str
    start: str
    end: str
    precision: str
    clock: str = ""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The days from ``first`` to ``last``; ``year`` False where no year is known (year 4 then)."""

    first: date
    last: date
    precision: str
    edtf: str
    known: bool = True


class Timeline:
    """The times of one article, in the order of its text."""

    def __init__(self, published: str) -> None:
        self._published = _day_of(published)
        self._last: date | None = None  # the day that 当天 means
        self._year: int | None = None  # the year that the text is in, if it says so
        self._hour: int | None = None

    def place(self, expression: TimeExpression, *, ahead: bool = False) -> Interval:
        """Return the interval of the next expression; ``ahead`` tells that it lies in the future."""
        if expression.kind == "vague":
            end = self._iso()
            return Interval(f"../{end}" if end else "", "", end, "vague")
        if expression.kind == "term":
            return Interval("", "", "", "vague")
        stretch = self._stretch(expression.point, ahead=ahead, onset=expression)
        if stretch is None:
            return Interval("", "", "", "vague")
        if expression.kind == "since":
            return self._since(stretch)
        if expression.until is not None:
            return self._range(expression.point, stretch, expression.until)
        return self._single(expression, stretch)

    # -- kinds ------------------------------------------------------------------------------

    def _single(self, expression: TimeExpression, stretch: _Stretch) -> Interval:
        point = expression.point
        clock = _clock(point)
        precision = _finer(point) or stretch.precision
        if point.festival and expression.tail in ("前夕", "前后", "来临"):
            stretch = _around(stretch, both=expression.tail == "前后")
            precision = "vague"
        elif precision in ("minute", "hour", "part", "day"):
            self._note(stretch.first, point)
        return _interval(stretch, stretch.edtf, precision, clock)

    def _since(self, stretch: _Stretch) -> Interval:
        self._note(stretch.first, Point())
        end = self._iso()
        edtf = f"{stretch.edtf}/{end}" if end else f"{stretch.edtf}/.."
        start = stretch.first.isoformat() if stretch.known else ""
        return Interval(edtf, start, end, stretch.precision)

    def _range(self, point: Point, first: _Stretch, until: Point) -> Interval:
        self._note(first.first, point)
        inherited = until
        if not until.year and not until.relative and not until.festival:
            month = until.month or (point.month if until.day or until.tenday else "")
            inherited = Point(**{**_parts(until), "month": month, "year": str(first.first.year)})
        last = (
            self._stretch(inherited, ahead=True)
            if until.said - {"part", "hour", "minute"}
            else first
        )
        if last is None:
            return _interval(first, first.edtf, first.precision, "")
        if last.last < first.first:
            last = _shifted(last, first, bool(until.month))
        clock = "/".join(filter(None, (_clock(point), _clock(until))))
        self._note(last.last if first.precision == "day" else first.first, until)
        known = first.known and last.known
        whole = _Stretch(first.first, last.last, first.precision, "", known)
        edtf = first.edtf if first.edtf == last.edtf else f"{first.edtf}/{last.edtf}"
        return _interval(whole, edtf, _finer(until) or last.precision, clock)

    # -- points -----------------------------------------------------------------------------

    def _stretch(
        self, point: Point, *, ahead: bool = False, onset: TimeExpression | None = None
    ) -> _Stretch | None:
        if onset is not None and onset.kind == "since" and not point.said - {"year"}:
            day = lexicon().terms("time.onset").get(onset.tail, "")
            if onset.tail in ("以来", "至今"):
                return self._of_year(point)
            return self._festive(day, point.year)
        if point.festival:
            return self._festive(_festival_value(point.festival), point.year)
        if point.relative:
            return self._relative(point.relative)
        if point.week or point.weekday:
            return self._week(point)
        if point.month or point.day or point.noise:
            return self._dated(point, ahead=ahead)
        if point.half or point.season:
            return self._of_part_of_year(point)
        if point.year:
            return self._of_year(point)
        return self._same_day(point)

    def _dated(self, point: Point, *, ahead: bool) -> _Stretch | None:
        year, month, day = self._year_said(point.year), self._month(point.month), _number(point.day)
        if point.noise:
            return self._noisy(point.noise)
        known = True
        if not month:
            base = self._last or self._published
            if base is None:
                return _Stretch(
                    date(4, 1, day or 1),
                    date(4, 1, day or 1),
                    "day",
                    f"XXXX-XX-{day:02}",
                    known=False,
                )
            year, month = self._month_around(base, day)
        if year is None:
            year = self._nearest_year(month, day, ahead=ahead)
        if year is None:
            year, known = 4, False
        return _stretch(year, month, day, point.tenday, known)

    def _noisy(self, digits: str) -> _Stretch | None:
        """Return the day that a run of digits means whose 年 and 月 were lost: 87日, 2021416日."""
        year = int(digits[:4]) if len(digits) > 5 and digits[:2] in ("19", "20") else None
        rest = digits[4:] if year else digits
        cuts = [(int(rest[:cut]), int(rest[cut:])) for cut in (1, 2) if 0 < len(rest) - cut < 3]
        days = []
        for month, day in cuts:
            if not (1 <= month <= 12 and 1 <= day <= 31):
                continue
            chosen = year or self._nearest_year(month, day, ahead=False) or 4
            if day <= calendar.monthrange(chosen, month)[1]:
                days.append(_stretch(chosen, month, day, "", chosen > 4))
        base = self._published
        days.sort(key=lambda stretch: abs(stretch.first - base) if base else timedelta(0))
        return days[0] if days else None

    def _relative(self, word: str) -> _Stretch | None:
        value = lexicon().terms("time.day").get(word) or lexicon().terms("time.evening").get(
            word, "0"
        )
        move, _, _ = value.partition(":")
        base = (self._last or self._published) if move.startswith("ref") else self._published
        if base is None:
            return None
        day = base + timedelta(days=int(move.removeprefix("ref") or 0))
        return _stretch(day.year, day.month, day.day, "", known=True)

    def _week(self, point: Point) -> _Stretch | None:
        if self._published is None:
            return None
        turn = {"上": -1, "下": 1}.get(point.week[:1], 0)
        monday = self._published + timedelta(weeks=turn, days=-self._published.weekday())
        days = lexicon().terms("time.weekday").get(point.weekday, "17")
        first, last = (
            monday + timedelta(days=int(days[0]) - 1),
            monday + timedelta(days=int(days[-1]) - 1),
        )
        if not point.week and first > self._published:
            first, last = first - timedelta(weeks=1), last - timedelta(weeks=1)
        precision = (
            "day" if first == last else "week" if len(days) > 1 and days == "17" else "period"
        )
        return _span(first, last, precision)

    def _festive(self, value: str, year_word: str) -> _Stretch | None:
        """Return the days of a festival: ``06-01``, ``10-01/10-07``, ``lunar:春节+6``."""
        if not value or (self._published is None and not year_word):
            return None
        wanted = self._year_said(year_word)
        base = self._published or date(wanted or 4, 7, 1)
        years = [wanted] if wanted else [base.year - 1, base.year, base.year + 1]
        days = [found for year in years if (found := _festival_days(value, year))]
        if not days:
            return None
        past = [pair for pair in days if pair[0] <= base + _AHEAD]
        first, last = max(past) if past else min(days)
        return _span(first, last, "day" if first == last else "period")

    def _of_year(self, point: Point) -> _Stretch | None:
        year = self._year_said(point.year)
        if year is None:
            return None
        return _Stretch(date(year, 1, 1), date(year, 12, 31), "year", str(year))

    def _of_part_of_year(self, point: Point) -> _Stretch | None:
        base = self._published
        value = lexicon().terms("time.half").get(point.half) or lexicon().terms("when.half").get(
            point.half
        )
        seasons = {**lexicon().terms("time.season"), **lexicon().terms("when.season")}
        season, _, move = seasons.get(point.season, "").partition(":")
        year = self._year_said(point.year) or (base.year + int(move or 0) if base else None)
        if year is None:
            return None
        if season:
            return _season(year, season, base if not point.year else None)
        if value is None:  # 前9个月
            count = _number(point.half[1:].removesuffix("个月")) or 12
            value = f"01-{count:02}"
        first, last = (int(part) for part in value.split("-"))
        end = date(year, last, calendar.monthrange(year, last)[1])
        if (first, last) == (1, 12):
            return _Stretch(date(year, 1, 1), end, "year", str(year))
        precision = {6: "half", 3: "quarter"}.get(last - first + 1, "period")
        edtf = f"{year}-{first:02}/{year}-{last:02}" if first != last else f"{year}-{first:02}"
        return _Stretch(date(year, first, 1), end, "month" if first == last else precision, edtf)

    def _same_day(self, point: Point) -> _Stretch | None:
        """Return the day that a bare time of day belongs to."""
        base = self._last
        if base is None:  # a time of day, but of which day?
            return None
        early = point.part in ("凌晨", "拂晓", "黎明")
        if early and self._last and self._hour is not None and self._hour >= 17:
            base += timedelta(days=1)
        return _stretch(base.year, base.month, base.day, "", known=True)

    # -- years and months -------------------------------------------------------------------

    def _year_said(self, word: str) -> int | None:
        if not word:
            return None
        number = _number(word)
        if number:
            self._year = number
            return number
        move = lexicon().terms("time.year").get(word, "0")
        base = self._published.year if self._published else None
        if move.startswith("ref"):
            base, move = (self._last.year if self._last else self._year or base), move[3:] or "0"
        self._year = base + int(move) if base else None
        return self._year

    def _month(self, word: str) -> int:
        moves = lexicon().terms("time.month")
        if word not in moves:
            return _number(word)
        move = moves[word]
        base = self._last if move.startswith("ref") and self._last else self._published
        shift = int(move.removeprefix("ref") or 0)
        return (base.month - 1 + shift) % 12 + 1 if base else 0

    def _nearest_year(self, month: int, day: int, *, ahead: bool) -> int | None:
        """Return the year of a month (and day) that names none."""
        base = self._published
        if base is None:
            return self._year
        if (
            self._year
            and self._last
            and self._last.year == self._year < base.year
            and month >= self._last.month
        ):
            return self._year
        limit = timedelta(days=200) if ahead else _AHEAD
        here = date(base.year, month, min(day or 1, 28))
        if here > base + limit:
            return base.year - 1
        following = date(base.year + 1, month, min(day or 1, 28))
        return base.year + 1 if following <= base + limit else base.year

    def _month_around(self, base: date, day: int) -> tuple[int, int]:
        """Return year and month of a day named alone, as near to the last one as it can be."""
        year, month = base.year, base.month
        published = self._published
        if published and base == published and day > base.day:
            return (year, month - 1) if month > 1 else (year - 1, 12)
        later = (year, month + 1) if month < 12 else (year + 1, 1)
        if published and base.day - day > 20 and date(*later, 1) <= published:
            return later
        return year, month

    def _note(self, day: date, point: Point) -> None:
        if day.year > 4:
            self._last = day
        hour = _number(point.hour) if point.hour else None
        evening = point.part[:1] in ("晚", "夜", "深", "傍", "入", "午") or point.relative[1:] in (
            "晚",
            "夜",
        )
        self._hour = hour if hour is not None and not evening else 20 if evening else hour

    def _iso(self) -> str:
        return self._published.isoformat() if self._published else ""


def _parts(point: Point) -> dict[str, str]:
    return {name: getattr(point, name) for name in Point.__slots__}


def _number(text: str) -> int:
    value = parse_number(text) if text else None
    return int(value) if value is not None else 0


def _day_of(published: str) -> date | None:
    """Return the day of an ISO date; a month or a year alone give their last day."""
    parts = [int(part) for part in published[:10].split("-") if part.isdigit()]
    if len(parts) == 3:
        return date(parts[0], parts[1], parts[2])
    if len(parts) == 2:
        return date(parts[0], parts[1], calendar.monthrange(*parts)[1])
    return date(parts[0], 12, 31) if parts else None


def _finer(point: Point) -> str:
    if point.minute:
        return "minute"
    if point.hour:
        return "hour"
    evening = point.relative in lexicon().terms("time.evening")
    return "part" if point.part or evening else ""


def _clock(point: Point) -> str:
    """Return the time of day as HH or HH:MM, 晚8时 as 20."""
    if not point.hour:
        return ""
    hour = _number(point.hour)
    late = (
        point.part
        and point.part not in _HALVES
        and not (point.part in ("中午", "午间") and hour > 9)
    )
    late = late or (point.relative[1:] in ("晚", "夜"))
    if late and hour < 12 and not (point.part in ("深夜", "半夜", "午夜", "夜里") and hour < 6):
        hour += 12
    return f"{hour:02}:{_number(point.minute):02}" if point.minute else f"{hour:02}"


def _stretch(year: int, month: int, day: int, tenday: str, known: bool) -> _Stretch:
    text = f"{year:04}" if known else "XXXX"
    last = calendar.monthrange(year, month)[1]
    if day:
        day = min(day, last)
        return _Stretch(
            date(year, month, day),
            date(year, month, day),
            "day",
            f"{text}-{month:02}-{day:02}",
            known,
        )
    if tenday:
        begin, _, end = lexicon().terms("when.tenday")[tenday].partition("-")
        ending = min(int(end), last)
        edtf = f"{text}-{month:02}-{begin}/{text}-{month:02}-{ending:02}"
        return _Stretch(
            date(year, month, int(begin)), date(year, month, ending), "tenday", edtf, known
        )
    return _Stretch(
        date(year, month, 1), date(year, month, last), "month", f"{text}-{month:02}", known
    )


def _span(first: date, last: date, precision: str) -> _Stretch:
    edtf = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return _Stretch(first, last, precision, edtf)


def _season(year: int, code: str, base: date | None) -> _Stretch:
    begin, end = _SEASONS[code]
    first = date(year, begin, 1)
    if base and first > base:
        year, first = year - 1, date(year - 1, begin, 1)
    closing = year + (end < begin)
    last = date(closing, end, calendar.monthrange(closing, end)[1])
    return _Stretch(first, last, "season", f"{year}-{code}")


def _around(stretch: _Stretch, *, both: bool) -> _Stretch:
    """Return the days up to a festival (and after it)."""
    before = stretch.first - timedelta(days=_EVE)
    after = stretch.last + timedelta(days=_EVE) if both else stretch.first - timedelta(days=1)
    mark = "~" if both else ""
    return _Stretch(before, after, "vague", f"{before.isoformat()}~/{after.isoformat()}{mark}")


def _shifted(last: _Stretch, first: _Stretch, month_said: bool) -> _Stretch:
    """Return the end of a range moved behind its start: a year if it names a month, else a month."""
    day = last.first
    if month_said:
        return _stretch(
            day.year + 1, day.month, day.day if last.precision == "day" else 0, "", last.known
        )
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return _stretch(year, month, day.day, "", last.known and first.known)


def _interval(stretch: _Stretch, edtf: str, precision: str, clock: str) -> Interval:
    if not stretch.known:
        return Interval(edtf, "", "", precision, clock)
    return Interval(edtf, stretch.first.isoformat(), stretch.last.isoformat(), precision, clock)


def _festival_value(name: str) -> str:
    """Return what the lexicon says of a festival; a holiday without an entry is its festival."""
    festivals = lexicon().terms("time.festival")
    bare = next((name.removesuffix(end) for end in _HOLIDAYS if name.endswith(end)), name)
    return festivals.get(name) or festivals.get(bare) or ""


def _festival_days(value: str, year: int) -> tuple[date, date] | None:
    if not value.startswith("lunar:"):
        first, _, last = value.partition("/")
        return date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last or first}")
    name = value.removeprefix("lunar:")
    name, _, length = name.partition("+")
    name, _, move = name.partition(">")
    if name == "春运":  # forty days from the fifteenth day before the Spring Festival
        start = _lunar().get(("春节", year))
        return (start - timedelta(days=15), start + timedelta(days=24)) if start else None
    day = _lunar().get((name, year))
    if day is None:
        return None
    first_day = day + timedelta(days=int(move or 0))
    return first_day, first_day + timedelta(days=int(length or 0))


@functools.cache
def _lunar() -> dict[tuple[str, int], date]:
    """Return the days of the festivals that follow the moon or the sun."""
    rows = read_rows(DATA / "calendar" / "festivals.csv", ("festival", "date", "source", "note"))
    days = [(row["festival"], date.fromisoformat(row["date"])) for row in rows]
    return {(name, day.year): day for name, day in days}
