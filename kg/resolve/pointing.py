"""What a bare head points back to: 该局, 分局, 大队, 所里.

A unit is the likelier meant the better it is remembered: its last mention counts by how far away it
stands and what part it plays there, and whom the article is about is remembered all along.
"""

import bisect
import re
from collections.abc import Callable, Collection
from typing import Final

from kg.language.scan import Scan
from kg.resolve.labels import TOWN_ENDING, label
from kg.resolve.offices import place_of_office
from kg.resolve.tree import RANK, Key, Tree, Unit

_AGENCIES: Final = ("局", "公安局", "厅", "公安厅", "公安处", "处", "分局", "公安分局", "公安总局")
# Chosen on 208 pointing heads of annotated articles, of which they settle 195. Between 0.6 and 0.9
# for the decay and 0.2 and 0.45 for the topic at most two more are lost; without a topic, eight.
DECAY: Final = 0.7  # a sentence further away
TOPIC: Final = 0.2  # what title or lead name first
SPOKEN_FOR: Final = 0.6  # … where the head of it speaks: 据大队副大队长某某介绍
PARTNER: Final = 0.3  # 联合, 会同, 向 + the unit
LISTED: Final = 0.5  # one of several
HERE: Final = 0.1  # in the same paragraph
IMPLIED: Final = 0.6  # not named itself, only a division of it
ACTING: Final = 0.2  # who acts, where something is done to the one meant
RECALLED: Final = 0.8  # meant by a bare head
_RECENT: Final = 6
AHEAD: Final = 0.05  # named only later
SPAN: Final = 60  # names that are looked at in either direction: of a yearbook not all
_BUREAU: Final = "公安局"
_STATIONS: Final = ("派出所", "所")
_TOWN: Final = re.compile(r"(?P<name>[一-鿿]{2})(?:镇|乡|街道|苏木)")
_OPENING: Final = 30  # signs of a paragraph in which it names the town that it is about
_REACH: Final = 8
_FULL_NAME: Final = 8  # signs of a name that is not short for another
_BUREAUS: Final = (RANK["bureau"], RANK["subbureau"])
_BRANCH_STYLES: Final = ("branch", "city-branch", "police-branch")

_PARTNER: Final = re.compile(
    r"(?:与|和|[会协联携偕连]?同|跟|联合|携手|协助|配合|邀请|联系|联动|按照|根据|遵照|按|应|受|向|对|给|把|将|到|在|从|赴)(?:属地|当地|辖区)?\Z"
)
_PARTNER_ENDS: Final = frozenset("与和同跟合手助请系动照据按应受向对给把将到在从赴地区")
_JOINED_BY: Final = re.compile(r"(?:[会协偕]?同|联合|携手|与|和|跟)(?:属地|当地|辖区)?")
_LISTED_ON: Final = re.compile(r"[、及和与]")
_JOINED: Final = ("、", "及", "和", "与")
# 乙所副所长X还就…作了讲解 · 乙局副局长X、丙局政委Y先后发言: a guest, where the article is about 甲
_ALSO: Final = re.compile(r"(?:副?[所队局]长|教导员|指导员|政委|民警)[^，。；、]{1,4}(?:还|也|、)")
_CHIEF: Final = re.compile(
    r"(?:相关|有关)?(?:负责人|负责同志|副?[大支中所队局]队?长|教导员|指导员|政委)"
    r"[^，。；]{0,5}(?:介绍|表示|说|坦言|告诉)"
)
_DONE_TO: Final = re.compile(r"(?:对|要求|督促|指导|给予|帮助|帮扶|表扬|奖励|通报)\Z")
_VERB: Final = 2  # signs of such a verb
_BELOW: Final = re.compile(r"(?:下辖|下属|所属|所辖|辖区|管辖|辖)的?[^，。]{0,4}\Z")


class Memory:
    """Which units an article has named before a place, and how well they are remembered."""

    def __init__(self, tree: Tree, scan: Scan) -> None:
        self.tree = tree
        self._text = scan.text
        self._starts = [span.start for span in scan.sentences]
        self._recalled: list[tuple[int, Key]] = []  # what bare heads have meant so far
        self._roles: dict[tuple[int, Key], float] = {}

    def antecedent(self, head: str, kind: str, start: int, end: int) -> Key | None:
        """Return the unit that a bare head at ``start`` means."""
        if head in _STATIONS and (town := self._of_town(start)) is not None:
            return town
        if head == _BUREAU and end - start == len(head):
            governed = place_of_office(self.tree.context, self._text, start)
            if governed is not None:
                return self.tree.organ(governed).key
        fitting = self._without(self._beside(end), meaning(head, kind))
        below = self._over_next(fitting, end)
        if below is not None:
            return below
        bare = end - start == len(head)  # 大队, not 该大队
        chief = bare and _CHIEF.match(self._text, end) is not None
        chief = chief and not self._acts_here(fitting, start)
        done_to = _DONE_TO.search(self._text, max(0, start - _VERB), start) is not None
        again = self._text.startswith("又", end)  # 该所又来到…: who has acted all along
        topical = SPOKEN_FOR if chief or again else TOPIC
        return self.best(fitting, start, topical, done_to=done_to)

    def _acts_here(self, fitting: Callable[[Unit], bool], start: int) -> bool:
        """Return whether the paragraph has named a fitting unit in full, and in front."""
        begin = self._text.rfind("\n", 0, start) + 1
        return any(
            self.tree.lengths.get((place, key), 0) >= _FULL_NAME
            and fitting(self.tree[key])
            and self.role(place, key) == 1
            for place, key in self.tree.order[self.tree.index(begin) : self.tree.index(start)]
        )

    def _of_town(self, start: int) -> Key | None:
        """Return the station of the town that the paragraph around ``start`` begins with.

        Only if the paragraph names no station before: of the two, what is named is meant.
        """
        begin = self._text.rfind("\n", 0, start) + 1
        towns = _TOWN.finditer(self._text, begin, min(start, begin + _OPENING))
        ends = [town.end("name") for town in towns]
        if not ends:
            return None
        order = self.tree.order[self.tree.index(begin) : self.tree.index(start)]
        if any(self.tree[key].level == "station" for _, key in order):
            return None
        for end in ends:
            for unit in self.tree.units.values():
                name = unit.tail.removesuffix(_STATIONS[0]) if unit.level == "station" else ""
                bare = TOWN_ENDING.sub("", name)
                if len(bare) > 1 and self._text.endswith(bare, begin, end):
                    return unit.key
        return None

    def recall(self, start: int, key: Key) -> None:
        """Note what the bare head at ``start`` means: what goes on is still about it."""
        self._recalled.append((start, key))

    def best(
        self,
        fitting: Callable[[Unit], bool],
        start: int,
        topical: float = TOPIC,
        *,
        done_to: bool = False,
    ) -> Key | None:
        """Return the best remembered of the units for which ``fitting`` holds."""
        scores = self.scores(fitting, start, topical, done_to=done_to)
        return max(scores, key=scores.__getitem__) if scores else None

    def scores(
        self,
        fitting: Callable[[Unit], bool],
        start: int,
        topical: float = TOPIC,
        *,
        done_to: bool = False,
    ) -> dict[Key, float]:
        """Return how well each unit for which ``fitting`` holds is remembered at ``start``.

        ``topical`` is what the unit that the article is about gains; ``done_to`` says that something
        is done to the one meant, so that it is hardly who acts in the sentence (对该局给予肯定).
        """
        best: dict[Key, float] = {}
        meant: dict[Key, Key | None] = {}
        order, starts = self.tree.order, self._starts
        middle, here = self.tree.index(start), self._sentence(start)
        paragraph = self._text.rfind("\n", 0, start) + 1
        for place, key in order[max(0, middle - SPAN) : middle + SPAN]:
            if key not in meant:
                meant[key] = self._fitting(key, fitting)
            unit = meant[key]
            if unit is None:
                continue
            away = here - bisect.bisect_right(starts, place)
            worth = self._worth(place, key, away, ahead=place >= start, done_to=done_to)
            if unit != key:
                worth *= IMPLIED
            elif paragraph <= place < start:
                worth += HERE
            if worth >= best.get(unit, 0.0):
                best[unit] = worth
        for place, key in self._recalled[-_RECENT:]:
            unit = self._fitting(key, fitting) if place < start else None
            if unit is not None:
                away = here - bisect.bisect_right(self._starts, place)
                best[unit] = max(best.get(unit, 0.0), RECALLED * DECAY**away)
        topic = self._topic(best, middle) if best else None
        if topic is not None:
            best[topic] += topical
        return best

    def _worth(self, place: int, key: Key, away: int, *, ahead: bool, done_to: bool) -> float:
        """Return how well the mention at ``place`` is remembered so many sentences later."""
        if ahead:
            return AHEAD * DECAY**-away
        role = self.role(place, key)
        return ACTING if done_to and not away and role == 1 else role * DECAY**away

    def _fitting(self, key: Key, fitting: Callable[[Unit], bool]) -> Key | None:
        for unit in self.tree.line(key):
            if fitting(unit):
                return unit.key
        return None

    def _topic(self, among: Collection[Key], before: int) -> Key | None:
        """Return the unit that is named first, each before what it is part of."""
        for _, key in self.tree.order[: min(before, SPAN)]:
            for unit in self.tree.line(key):
                if unit.key in among:
                    return unit.key
        return None

    def role(self, place: int, key: Key) -> float:
        """Return how much the mention at ``place`` stands in front: 1 as an actor, less as partner."""
        role = self._roles.get((place, key))
        if role is None:
            length = self.tree.lengths.get((place, key), 0)
            role = self._roles[place, key] = self._role(place, length)
        return role

    def _role(self, place: int, length: int) -> float:
        text, end = self._text, place + length
        last = text[place - 1 : place]
        if last in _PARTNER_ENDS and _PARTNER.search(text, max(0, place - 6), place):
            return PARTNER
        listed = last in _JOINED or text.startswith("、", end) or _ALSO.match(text, end)
        return LISTED if listed else 1.0

    def distance(self, place: int, at: int) -> int:
        """Return how many sentences after ``place`` the other place stands."""
        return self._sentence(at) - self._sentence(place)

    def _sentence(self, at: int) -> int:
        return bisect.bisect_right(self._starts, at)

    def _beside(self, end: int) -> frozenset[Key]:
        """Return the units that join in with the bare head that ends here: 大队联合|特巡警大队."""
        found: set[Key] = set()
        for place, key in self.tree.order[self.tree.index(end) :]:
            between = self._text[end:place]
            if not (_JOINED_BY if not found else _LISTED_ON).fullmatch(between):
                break
            found.add(key)
            end = place + self.tree.lengths.get((place, key), 0)
        return frozenset(found)

    def _without(
        self, others: frozenset[Key], fitting: Callable[[Unit], bool]
    ) -> Callable[[Unit], bool]:
        return (lambda unit: unit.key not in others and fitting(unit)) if others else fitting

    def _over_next(self, fitting: Callable[[Unit], bool], end: int) -> Key | None:
        """Return the parent of the unit named next if the text says 大队下辖的X派出所."""
        after = self.tree.index(end)
        if after == len(self.tree.order):
            return None
        place, key = self.tree.order[after]
        if place - end >= _REACH or not _BELOW.search(self._text[end:place]):
            return None
        return next((u.key for u in self.tree.line(key) if u.key != key and fitting(u)), None)


def meaning(head: str, kind: str) -> Callable[[Unit], bool]:
    """Return what tells whether a bare head (该) 局, 大队, 所 can mean a unit."""
    if head in _AGENCIES or kind in ("agency", "branch", "short"):
        return _agency(head, kind)
    if head == "站":
        return _is_border_station
    wording = label(head)
    return lambda unit: (
        unit.level != "association"
        and (unit.tail.endswith(head) or label(unit.tail).endswith(wording))
    )


def _agency(head: str, kind: str) -> Callable[[Unit], bool]:
    """Return what tells whether 局, 公安局, 分局, 公安处, 公安厅 can mean a unit."""
    if head in ("公安厅", "厅"):
        return _is_department
    if kind == "branch" or head in ("分局", "公安分局"):
        return _is_branch
    return _is_office if head in ("公安处", "处") else _is_bureau


def _is_border_station(unit: Unit) -> bool:
    if unit.level == "association":
        return False
    return unit.level == "border" or unit.tail.endswith("站")


def _is_department(unit: Unit) -> bool:
    return unit.rank == RANK["department"] and _is_organ(unit)


def _is_branch(unit: Unit) -> bool:
    branch = unit.level == "subbureau" or unit.style in _BRANCH_STYLES
    return branch and unit.rank == RANK["subbureau"] and _is_organ(unit)


def _is_office(unit: Unit) -> bool:
    return unit.level == "office"


def _is_bureau(unit: Unit) -> bool:
    return unit.rank in _BUREAUS and unit.level != "office" and _is_organ(unit)


def _is_organ(unit: Unit) -> bool:
    return unit.is_host or unit.level in ("bureau", "office", "subbureau", "department")
