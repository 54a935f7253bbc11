"""Which region the name of a place or an organisation begins with, or holds."""

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from kg.gazetteer import Found, Region
from kg.language.lexicon import lexicon
from kg.language.regions import tuple_of
from kg.language.scan import Scan
from kg.resolve.context import Context
from kg.resolve.regions import found_in, sounds_like, town_names

TOWN_LEVELS: Final = ("苏木", "街道", "镇", "乡")
_LEAGUE: Final = re.compile(r"团(?P<level>[县市区旗州盟省])委\Z")
_COUNTY_CODE: Final = len("150826")
_FEATURES: Final = tuple("村屯湖河沟寨")  # with a short name of a region a name of its own
_AIRPORT: Final = "机场"


class Homes:
    """Reads the regions in the names of one article."""

    def __init__(
        self,
        context: Context,
        scan: Scan,
        towns: Iterable[Region],
        near: Callable[[str, int], Region | None],
    ) -> None:
        self.context = context
        self._near = near  # tells which county a bare level means at a place
        self._unit_towns = {town.code: town for town in towns}  # that police stations are named for
        self._text = scan.text
        self._names = scan.places
        self._inside: dict[str, Sequence[Found]] = {}  # the names of regions in each form
        self._towns: list[tuple[int, Region]] = []  # where townships are named, for 镇司法所
        self._named: list[Region] = []  # the townships among the places

    def add(self, region: Region) -> None:
        """Take a region among the places of the article."""
        if is_town(region):
            self._named.append(region)

    def note(self, region: Region, at: int) -> None:
        """Note that a region is named at a place."""
        if is_town(region):
            self._towns.append((at, region))

    def of_place(self, form: str, at: int) -> tuple[Region | None, str]:
        """Return the region that a place's name begins with (or holds), and the name in full."""
        return self._home(form, self._named_in(form, at), at)

    def of_body(self, form: str, at: int) -> tuple[Region | None, str]:
        """Return the region that an organisation's name tells of, and the name in full."""
        return self._home(form, self._named_in(form, at), at, body=True)

    def _home(
        self, form: str, found: Sequence[Found], at: int = 0, *, body: bool = False
    ) -> tuple[Region | None, str]:
        """Return the region that a name begins with (or holds), and the name in full.

        ``found`` are the names of regions in it.
        """
        chain = self._leading(form, found)
        if form.endswith(_AIRPORT):  # 海口|美兰国际机场: behind the city stands its own name
            chain = chain[:1]
        region = self.context.nested(chain) if chain else None
        if region is not None and self._is_sure(chain, region):
            own = len(form) == len("".join(chain)) + 1 and form.endswith(_FEATURES)
            known = not own or self.context.is_known(region)  # 江西村 need not lie in 江西
            if known and not sounds_like(form, len("".join(chain)), region):
                return region, form
        league = _LEAGUE.match(form) if form[0] == "团" else None  # 团县委
        if league and (region := self.context.level(league["level"])) is not None:
            return region, f"共青团{region.name}委员会"
        level = ""
        if form.startswith(_levels()) and not form.startswith(tuple_of("name.no-level")):
            level = next(level for level in _levels() if form.startswith(level))
        if level and len(form) > len(level) + 1:
            if level in TOWN_LEVELS:
                region = self._town_at(level, at)
            else:  # that of the bureau best remembered: 榕江县公安局……县综合行政执法局
                region = self._near(level, at) or self.context.level(level)
            if region is not None:
                return region, region.name + form.removeprefix(level)
        town = self._leading_town(form, body=body)
        if town is not None:
            return town, form
        inner = [hit.form for hit in found if hit.start > 1]
        region = self.context.region(max(inner, key=len)) if inner else None
        return (region if region is not None and self.context.is_known(region) else None), form

    def _is_sure(self, chain: Sequence[str], region: Region) -> bool:
        """Return whether the beginning of a name means a region: spelt out, or known here."""
        spelt = chain[-1] == region.name or region.level == "province"
        return spelt or len(chain) > 1 or self.context.is_known(region)

    def around(self, name: str) -> Region | None:
        """Return the region that an organisation's name tells of, else that of the article."""
        return self._home(name, self._named_in(name))[0] or self.context.focus

    def _named_in(self, form: str, at: int = 0) -> Sequence[Found]:
        """Return the names of regions that a name holds: those of the text, if it stands there."""
        found = self._inside.get(form)
        if found is None:
            if self._text.startswith(form, at):
                found = self._names.inside(at, at + len(form))
            else:
                found = found_in(self.context.gazetteer, form)
            self._inside[form] = found
        return found

    def _leading(self, form: str, found: Iterable[Found]) -> list[str]:
        """Return the chain of regions that a name begins with; ``found`` are all that it holds."""
        chain: list[str] = []
        at = 0
        for hit in found:
            if hit.start == at and at + 1 < hit.end < len(form):
                chain.append(hit.form)
                at = hit.end
        return chain or self._leading_county(form)

    def _leading_county(self, form: str) -> list[str]:
        """Return the county of the article whose short form is a common word: 三台|中学."""
        known = self.context.known_forms
        for size in range(min(4, len(form) - 1), 1, -1):
            if form[:size] in known:
                return [form[:size]]
        return []

    def _leading_town(self, form: str, *, body: bool) -> Region | None:
        """Return the town of the article whose short name begins ``form``: 甘旗卡第三中学."""
        towns = [*self._named, *self._unit_towns.values()] if body else self._named
        if not towns:
            return None
        fits = [
            (len(short), town)
            for town in towns
            for short in town_names(self.context.gazetteer, town.code)
            if form.startswith(short)
            and len(form) > len(short) + 1
            and not sounds_like(form, len(short), town)
        ]
        return max(fits, key=lambda fit: fit[0])[1] if fits else None

    def _town_at(self, level: str, at: int) -> Region | None:
        """Return the town of that level last named before ``at``, for 镇司法所."""
        fits = [(s, region) for s, region in self._towns if region.name.endswith(level)]
        before = [pair for pair in fits if pair[0] <= at]
        return max(before or fits, key=lambda pair: pair[0])[1] if fits else None


def is_town(region: Region) -> bool:
    """Return whether a region is a township, or what ranks with it."""
    return len(region.code) > _COUNTY_CODE


@functools.cache
def _levels() -> tuple[str, ...]:
    """Return the words for a level of division, long ones first."""
    levels = {*lexicon().terms("unit.level"), *TOWN_LEVELS}
    return tuple(sorted(levels, key=lambda term: (-len(term), term)))
