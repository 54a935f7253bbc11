"""Time expressions to intervals: dates with their precision, anchored on the paper's date.

A ``Timeline`` reads the expressions of one article in order, for 当天, 次日 and 12日晚 mean something
only after what stands before them. An interval says no more than the words: 近日 is never a day.
"""

import calendar
import functools
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kg.language import stretches
from kg.language.dates import Point, TimeExpression
from kg.language.hours import finer, hour_of, is_evening, value_of
from kg.language.lexicon import lexicon
from kg.language.stretches import Stretch
from kg.records import record

# A date without a year lies in the past, unless it is as near as this in the future.
_AHEAD: Final = timedelta(days=45)
_AHEAD_SAID: Final = timedelta(days=200)  # … or the text says that it is still to come
_EXACT: Final = frozenset({"minute", "hour", "part", "day"})
_REPORTS: Final = 3  # months in which the year before is reported
_YEARS: Final = range(1000, 9000)  # in which the paper's date can lie: all else is a slip
_LUNAR_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}


@record
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


_NO_POINT: Final = Point()
_UNKNOWN: Final = Interval("", "", "", "vague")


class Timeline:
    """The times of one article, in the order of its text."""

    def __init__(self, published: str) -> None:
        self._published = _day_of(published)
        self._last: date | None = None  # the day that 当天 means
        self._year: int | None = None  # the year that the text is in, if it says so
        self._latest = 0  # the last of all years that the text says
        self._reached: tuple[int, int] | None = None  # year and month that the text has come to
        self._hour = -1  # the hour of the last time

    def place(self, expression: TimeExpression, *, ahead: bool = False) -> Interval:
        """Return the interval of the next expression; ``ahead`` tells that it lies in the future."""
        if expression.kind == "vague":
            end = self._today()
            return Interval(f"../{end}" if end else "", "", end, "vague")
        if expression.kind == "term":
            return _UNKNOWN
        point = expression.point
        if expression.kind == "since" and not point.said - {"year"}:
            stretch = self._onset(expression.tail, point)
        else:
            began = self._dated_by(point, expression.until)
            stretch = self._stretch(began, expression.tail, ahead=ahead)
        if stretch is None:
            hours = (hour_of(one) for one in (point, expression.until) if one)
            return Interval("", "", "", "vague", "/".join(filter(None, hours)))
        if expression.kind == "since":
            return self._since(stretch)
        if expression.until is not None:
            return self._range(point, stretch, expression.until)
        return self._single(expression, stretch)

    # -- kinds ------------------------------------------------------------------------------

    def _single(self, expression: TimeExpression, stretch: Stretch) -> Interval:
        point = expression.point
        precision = finer(point) or stretch.precision
        if point.festival and expression.tail in ("前夕", "前后", "来临"):
            stretch = stretches.around(stretch, both=expression.tail == "前后")
            precision = "vague"
        clock = hour_of(point)
        if precision in _EXACT:
            self._note(stretch.first, point, clock)
        return _interval(stretch, stretch.edtf, precision, clock)

    def _since(self, stretch: Stretch) -> Interval:
        if stretch.precision == "day":
            self._note(stretch.first, _NO_POINT, "")
        end = self._today()
        start = stretch.first.isoformat() if stretch.known else ""
        begin = stretch.edtf.partition("/")[0]
        if end and start > end:  # 今年冬|枣上市以来, told in autumn: of it only the year is sure
            begin, start = start[:4], min(f"{start[:4]}-01-01", end)
        return Interval(f"{begin}/{end or '..'}", start, end, stretch.precision)

    def _range(self, point: Point, first: Stretch, until: Point) -> Interval:
        began, until_clock = hour_of(point), hour_of(until)
        self._note(first.first, point, began)
        last = first
        if until.said - {"part", "hour", "minute"}:
            found = self._stretch(_inherited(until, point, first), ahead=True)
            last = found or first
        if until.festival and last.first < first.first:  # 国庆、中秋假期
            first, last = last, first
        if last.last < first.first:
            last = stretches.behind(last, first, month_said=bool(until.month))
        clock = "/".join(filter(None, (began, until_clock)))
        self._note(last.last if first.precision == "day" else first.first, until, until_clock)
        ends = first.edtf.partition("/")[0], last.edtf.rpartition("/")[2]
        edtf = first.edtf if first.edtf == last.edtf else "/".join(ends)
        whole = Stretch(first.first, last.last, "", edtf, first.known and last.known)
        return _interval(whole, edtf, finer(until) or last.precision, clock)

    def _onset(self, word: str, point: Point) -> Stretch | None:
        """Return when 入夏以来, 今年以来 begin."""
        if word in ("以来", "至今"):
            return self._of_year(point)
        return self._festive(lexicon().terms("time.onset").get(word, ""), point.year)

    # -- points -----------------------------------------------------------------------------

    def _stretch(self, point: Point, tail: str = "", *, ahead: bool = False) -> Stretch | None:
        """Return the days of a point, read by the most telling of its parts."""
        if point.festival:
            return self._festive(stretches.festival_value(point.festival, tail), point.year)
        if point.lunar:
            return self._lunar(point)
        if point.relative:
            return self._relative(point.relative)
        readers = (
            (point.week or point.weekday, self._week),
            (point.noise, self._noisy),
            (point.half or point.season, self._of_part_of_year),
        )
        for said, read in readers:
            if said:
                return read(point)
        if point.month or point.day:
            return self._dated(point, ahead=ahead)
        return self._of_year(point) if point.year else self._same_day(point)

    def _dated(self, point: Point, *, ahead: bool) -> Stretch | None:
        year, month, day = (
            self._year_said(point.year),
            self._month(point.month),
            value_of(point.day),
        )
        if not month:
            base = self._last or self._published
            if base is None or not day:
                return _some_day(day) if day else None
            year, month = self._month_around(base, day)
        if year is None:
            year = self._nearest_year(month, day, ahead=ahead)
        while year and (month, day) == (2, 29) and not point.year and not calendar.isleap(year):
            year -= 1
        if year is not None and year == self._year:
            self._reached = (year, month)
        year = year or stretches.UNKNOWN
        known = year > stretches.UNKNOWN + 1
        if day:
            return stretches.of_day(year, month, day, known)
        return stretches.of_month(year, month, point.tenday, known=known)

    def _noisy(self, point: Point) -> Stretch | None:
        """Return the day that a run of digits means whose 年 and 月 were lost: 87日, 2021416日."""
        digits = point.noise
        year = int(digits[:4]) if len(digits) > 5 and digits[:2] in ("19", "20") else None
        rest = digits[4:] if year else digits
        days = []
        for cut in (1, 2):
            month, day = int(rest[:cut] or 0), int(rest[cut:] or 0)
            if not (1 <= month <= 12 and 1 <= day <= 31):
                continue
            chosen = year or self._nearest_year(month, day, ahead=False)
            stretch = stretches.of_day(chosen or stretches.UNKNOWN, month, day, chosen is not None)
            days += [stretch] if stretch.first.day == day else []
        base = self._published
        days.sort(key=lambda stretch: abs(stretch.first - base) if base else timedelta(0))
        return days[0] if days else None

    def _relative(self, word: str) -> Stretch | None:
        moves = {**lexicon().terms("time.evening"), **lexicon().terms("time.day")}
        move = moves.get(word, "0").partition(":")[0]
        base = (self._last or self._published) if move.startswith("ref") else self._published
        if base is None:
            return None
        return stretches.on(base + timedelta(days=int(move.removeprefix("ref") or 0)))

    def _week(self, point: Point) -> Stretch | None:
        if self._published is None:
            return None
        turn = {"上": -1, "下": 1}.get(point.week[:1], 0)
        monday = self._published + timedelta(weeks=turn, days=-self._published.weekday())
        days = lexicon().terms("time.weekday").get(point.weekday, "17")
        first, last = (monday + timedelta(days=int(days[at]) - 1) for at in (0, -1))
        if not point.week and first > self._published:
            first, last = first - timedelta(weeks=1), last - timedelta(weeks=1)
        precision = {"17": "week"}.get(days, "day" if first == last else "period")
        return stretches.of_days(first, last, precision)

    def _festive(self, value: str, year_word: str) -> Stretch | None:
        """Return the days of a festival: in the year said, else the last or the coming one."""
        if not value or (self._published is None and not year_word):
            return None
        wanted = self._year_said(year_word)
        base = self._published or (date(wanted, 7, 1) if wanted else None)
        if base is None:  # 今年春节, and nothing tells which year this is
            return None
        years = [wanted] if wanted else [base.year - 1, base.year, base.year + 1]
        days = [found for year in years if (found := stretches.festival(value, year))]
        if not days:
            return None
        past = [pair for pair in days if pair[0] <= base + _AHEAD]
        first, last = max(past) if past else min(days)
        return stretches.of_days(first, last, "day" if first == last else "period")

    def _lunar(self, point: Point) -> Stretch | None:
        """Return the day of 农历腊月十八."""
        month, _, day = point.lunar.removeprefix("农历").partition("月")
        number = _LUNAR_MONTHS.get(month) or value_of(month)
        length = "" if day else "+28"  # a lunar month has 29 days at least
        value = f"lunar:{number:02}-{value_of(day.removeprefix('初')) or 1:02}{length}"
        return self._festive(value, point.year)

    def _of_year(self, point: Point) -> Stretch | None:
        year = self._year_said(point.year)
        return None if year is None else stretches.of_months(year, 1, 12)

    def _of_part_of_year(self, point: Point) -> Stretch | None:
        base = self._published
        seasons = {**lexicon().terms("time.season"), **lexicon().terms("when.season")}
        season, _, move = seasons.get(point.season, "").partition(":")
        year = self._year_said(point.year) or self._year_around(int(move or 0))
        if year is None:
            return None
        if season:
            return stretches.of_season(year, season, base if not point.year else None)
        halves = {**lexicon().terms("when.half"), **lexicon().terms("time.half")}
        count = value_of(point.half[1:].removesuffix("个月")) or 12  # 前9个月
        first, _, last = halves.get(point.half, f"01-{count:02}").partition("-")
        return stretches.of_months(year, int(first), int(last))

    def _same_day(self, point: Point) -> Stretch | None:
        """Return the day that a bare time of day belongs to; without one before it, none."""
        base = self._last
        if base is None:
            return None
        if point.part[:1] in ("凌", "拂", "黎") and self._hour >= 17:
            base += timedelta(days=1)
        return stretches.on(base)

    # -- years and months -------------------------------------------------------------------

    def _dated_by(self, point: Point, until: Point | None) -> Point:
        """Return the start of a range of months with the year that its end lies in (1至7月)."""
        if until is None or point.year or not (point.month and until.month) or point.day:
            return point
        year = self._nearest_year(value_of(until.month), 1, ahead=False)
        later = value_of(point.month) > value_of(until.month)
        return replace(point, year=str(year - later)) if year else point

    def _year_around(self, move: int) -> int | None:
        """Return the year of 上半年: in the first months of a year that of which is reported."""
        base, told = self._published, self._year
        if base is None or (not move and told == base.year - 1 and base.month <= _REPORTS):
            return told
        return base.year + move

    def _year_said(self, word: str) -> int | None:
        if not word:
            return None
        number = value_of(word)
        if number:
            self._year = number
            self._latest = max(self._latest, number)
            return number
        move = lexicon().terms("time.year").get(word, "0")
        base = self._published.year if self._published else None
        if move.startswith("ref"):
            last = self._last.year if self._last and stretches.is_known(self._last) else None
            base, move = last or self._year or base, move[3:] or "0"
        self._year = base + int(move) if base else None
        return self._year

    def _month(self, word: str) -> int:
        moves = lexicon().terms("time.month")
        if word not in moves:
            return value_of(word)
        move = moves[word]
        base = self._last if move.startswith("ref") and self._last else self._published
        shift = int(move.removeprefix("ref") or 0)
        return (base.month - 1 + shift) % 12 + 1 if base else 0

    def _nearest_year(self, month: int, day: int, *, ahead: bool) -> int | None:
        """Return the year of a month (and day) that names none."""
        base, told = self._published, self._year
        if base is None or not 1 <= month <= 12:
            if told and self._reached and self._reached[0] == told and month < self._reached[1]:
                self._year = max(told, self._latest)  # 2023年8月, … 1月12日: back from a look back
            return self._year
        if self._reached and self._reached[0] == told != base.year and month >= self._reached[1]:
            return told
        past = self._last and self._last > base  # 三、6月11日至6月30日: what is planned goes on
        limit = base + (_AHEAD_SAID if ahead or past else _AHEAD)
        here = date(base.year, month, min(day or 1, 28))
        if here > limit:
            return base.year - 1
        return base.year + 1 if here.replace(year=base.year + 1) <= limit else base.year

    def _month_around(self, base: date, day: int) -> tuple[int, int]:
        """Return year and month of a day named alone, as near to the last one as it can be."""
        published = self._published
        if published and base == published and day > base.day:
            return (base.year, base.month - 1) if base.month > 1 else (base.year - 1, 12)
        later = (base.year, base.month + 1) if base.month < 12 else (base.year + 1, 1)
        if published and base.day - day > 20 and date(*later, 1) <= published:
            return later
        return base.year, base.month

    def _note(self, day: date, point: Point, clock: str) -> None:
        """Keep the day and the hour for what follows."""
        if day.year >= stretches.UNKNOWN:
            self._last = day
        self._hour = int(clock[:2]) if clock else 20 if is_evening(point) else -1

    def _today(self) -> str:
        return self._published.isoformat() if self._published else ""


def _inherited(until: Point, point: Point, first: Stretch) -> Point:
    """Return the end of a range with the year and month that it shares with the start."""
    if until.lunar.startswith("初"):  # 正月初一至初三
        start = point.lunar or point.festival
        return replace(until, lunar=start.partition("月")[0] + "月" + until.lunar)
    if until.year or until.relative or until.festival or until.lunar:
        return until
    month = until.month or (point.month if until.day or until.tenday else "")
    return replace(until, month=month, year=str(first.first.year) if first.known else "")


def _some_day(day: int) -> Stretch:
    """Return a day of no known month."""
    unknown = stretches.of_day(stretches.UNKNOWN - 1, 1, day, False)
    return replace(unknown, edtf=f"XXXX-XX-{day:02}")


@functools.lru_cache(maxsize=1024)
def _day_of(published: str) -> date | None:
    """Return the day of an ISO date; a month or a year alone give their last day."""
    parts = [int(part) for part in published[:10].split("-") if part.isdigit()]
    if not parts or parts[0] not in _YEARS:
        return None
    try:
        if len(parts) == 3:
            return date(parts[0], parts[1], parts[2])
        if len(parts) == 2:
            return date(parts[0], parts[1], calendar.monthrange(*parts)[1])
        return date(parts[0], 12, 31)
    except ValueError:  # no day of the calendar, so no anchor
        return None


def _interval(stretch: Stretch, edtf: str, precision: str, clock: str) -> Interval:
    if not stretch.known:
        return Interval(edtf, "", "", precision, clock)
    start = stretch.first.isoformat()
    end = start if stretch.last == stretch.first else stretch.last.isoformat()
    return Interval(edtf, start, end, precision, clock)
