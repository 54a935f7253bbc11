"""Offices and teams (政工办, 反诈中心, 警航小组): a function and a head that other bodies have too."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.regions import Places
from kg.language.units.chains import Chains
from kg.language.units.leftward import NUMERALS
from kg.language.units.parts import HIGH_HEADS, Segment
from kg.language.units.vocabulary import function_of
from kg.language.words import tagged

_WEAK_FUNCTION: Final = "公共服务"  # 服务中心, 综合科: police only behind a police segment
_ALWAYS_POLICE: Final = frozenset({"政治部", "政治处", "警务保障部"})
_DIRECTOR: Final = ("主任", "副主任")  # 县公安局党委委员、|政治处主任 is one of two posts
_POLICE_BUREAUS: Final = ("公安局", *(f"{sign}局" for sign in "市县旗分盟区州我该"))
# 县交通局|示范园区|分局; but 局子街, 林业局 begin what police are named for.
_OTHER_BUREAU: Final = re.compile(
    "(?<!公安)(?<!林业)(?<![市县旗分盟区州省总])局(?!子|[^，。]*公安)"
)
_BRAND: Final = re.compile(r"“[^“”，。！？；：]+”\Z")  # “石榴籽”调解室 is a brand
_COUNTED_TEAM: Final = re.compile(rf"第?[{NUMERALS}]{{1,3}}")
_LARGER: Final = ("支队", "大队", "总队", "边防检查站", "边检站")
_OFFICERS_OF: Final = ("队长", "副队长", "指导员", "教导员", "政委", "民警", "的")
_MINISTRY: Final = "公安部"
_COUNTED: Final = re.compile(rf"[{NUMERALS}]{{1,3}}")
_STEM: Final = re.compile("[一-鿿]+")
_UPPER: Final = "局厅部处队"  # what has divisions with a name of their own
_FEWEST, _LONGEST_STEM = 2, 8
_NOUNS: Final = frozenset({"vn", "an", "l", "b", "j"})


class Offices(Chains):
    """Reads the offices of one folded text: what makes each police stands before it or elsewhere."""

    def __init__(self, text: str, marked: dict[str, list[Mark]], places: Places) -> None:
        super().__init__(text, marked, places)
        self._unsure: list[tuple[int, Mark]] = []  # those that nothing before makes police

    def office(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        """Return the office of a head, or None if nothing makes it police."""
        stem = self.stem_start(head.start, before)
        known = head.entry.term in _ALWAYS_POLICE
        if stem == head.start and not known:
            return self._open(head, kind, level, before)
        function = self.function_at(stem, head.start)
        if self.text[stem : head.start] in lexicon().terms("unit.room"):
            return None  # 派出所|调解室: a room
        post = known and self.text.startswith(_DIRECTOR, head.end)
        if post and self.text.endswith("、", 0, stem):
            return None
        brand = _BRAND.search(self.text, max(0, stem - 10), stem)
        if brand or not (known or function or self._is_counted_team(head, stem, before)):
            return None if brand else self._open(head, kind, level, before)
        touching = self.gap_start(stem, before)
        attached = bool(before) and touching == before
        term = self.text[stem : head.start]
        listed = head.entry.term in lexicon().terms("unit.listed")  # 警犬|基地, but no 训练|基地
        alone = (attached or known) and not listed
        if not alone and not self._stands_alone(head.entry.term, function, term):
            self._unsure.append((stem, head))
            return None
        start = touching if attached else stem
        regions, left = self.region_chain(start, before)
        return self.build(kind, level, left, start, head, regions)

    def _is_counted_team(self, head: Mark, stem: int, before: int) -> bool:
        """Return whether only a number tells a team of a larger one apart: 刑侦支队|九队."""
        if head.entry.term != "队" or stem != before:
            return False
        counted = _COUNTED_TEAM.fullmatch(self.text, stem, head.start)
        one = counted and counted[0] == "一"  # 大队|一队人马 measures
        led = self.text.startswith(_OFFICERS_OF, head.end)
        return bool(counted) and self.text.endswith(_LARGER, 0, stem) and (led or not one)

    def _open(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        """Return the division right behind a unit that no listed function names: 侦查实战|中心."""
        how = lexicon().terms("unit.open").get(head.entry.term)
        if how is None:
            return None
        if self._can_name(before, head, how):
            return self.build(kind, level, before, before, head, ())
        self._unsure.append((head.start, head))
        return None

    def _can_name(self, before: int, head: Mark, how: str) -> bool:
        """Return whether what stands between a unit and a head names a division of that unit."""
        stem = self.text[before : head.start]
        if how == "bare":  # 公安局|办公室, whose director is the bureau's
            directed = self.text.startswith(_DIRECTOR, head.end)
            return before == head.start and self.text[before - 1 : before] == "局" and not directed
        if how == "number":  # 公安部|五|局
            return self.text.endswith(_MINISTRY, 0, before) and bool(_COUNTED.fullmatch(stem))
        near = _FEWEST <= len(stem) <= _LONGEST_STEM and self.text[before - 1] in _UPPER
        if not (before and near and _STEM.fullmatch(stem)):
            return False
        rooms = lexicon().terms("unit.room")
        if (how == "line" and not function_of(stem)) or any(room in stem for room in rooms):
            return False
        term = head.entry.term  # 依法查|处
        whole = len(term) > 1 or _is_cut_at(len(stem), tagged(stem + term))
        names = tagged(stem)
        return whole and all(map(_names, names)) and (how != "work" or any(map(_is_work, names)))

    @staticmethod
    def _stands_alone(head: str, function: str, term: str) -> bool:
        """Return whether function and head name a police office with nothing before them."""
        if function == _WEAK_FUNCTION or head in HIGH_HEADS:
            return False
        allowed = lexicon().terms("unit.office").get(head)
        if allowed is None or function in allowed.split():
            return True
        endings = tuple(word[1:] for word in allowed.split() if word.startswith("="))
        return bool(endings) and term.rstrip(NUMERALS).endswith(endings)

    def again(self, found: list[Segment]) -> list[Segment]:
        """Return the offices that do not stand alone but are named with their agency elsewhere."""
        if not self._unsure:
            return []
        named = {segment.text: segment for segment in found if segment.kind in ("office", "team")}
        again = []
        for _, head in self._unsure:
            name = next((name for name in named if self.text.endswith(name, 0, head.end)), "")
            start = head.end - len(name)
            free = not any(one.start < head.end and start < one.end for one in found)
            if name and free and self.opens(start, 0) and not self.is_foreign(start):
                model = named[name]
                again.append(replace(model, start=start, end=head.end, regions=(), pointer=""))
        return again

    def is_foreign(self, end: int) -> bool:
        """Return whether a body that is not police (消防救援, 生态环境局) stands before ``end``."""
        if self.text[end - 1 : end] == "局" and end:
            return not self.text.endswith(_POLICE_BUREAUS, 0, end)
        return end in self.foreign

    def holds_bureau(self, start: int, end: int) -> bool:
        """Return whether what a branch is named for holds a bureau that is not police."""
        return _OTHER_BUREAU.search(self.text, start, end) is not None

    def build(
        self, kind: str, level: str, left: int, start: int, head: Mark, regions: tuple[str, ...]
    ) -> Segment:
        """Return the segment of a head whose own part begins at ``start``, its regions at ``left``."""
        stem = self.text[start : head.start]
        function = self.function_at(start, head.start)
        return Segment(
            kind, level, left, head.end, regions, stem, head.entry.term, function=function
        )


def _is_cut_at(end: int, words: Sequence[tuple[str, str]]) -> bool:
    """Return whether a word begins at ``end``: 预防|科, but 依法|查处."""
    return end in itertools.accumulate(len(word) for word, _ in words)


def _is_work(word: tuple[str, str]) -> bool:
    """Return whether a word names a line of police work: 指挥, 研判."""
    return word[0] in lexicon().terms("unit.function") or word[0] in lexicon().terms("unit.work")


def _names(word: tuple[str, str]) -> bool:
    """Return whether a word is a noun or names a line of police work."""
    form, tag = word
    noun = tag[0] == "n" or tag in _NOUNS
    return _is_work(word) or (noun and form not in lexicon().terms("unit.stop"))
