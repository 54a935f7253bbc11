"""Segments that touch make a name: [regions] agency [branch] [division …] [station].

Everything is found from the heads (公安局, 分局, 大队, 派出所 …) leftwards: what a head takes
before it (a function, a number, a place, a name) makes a segment. The same grammar reads a running
text and a bare name (``parse``).
"""

import operator
import re
from collections.abc import Sequence
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.regions import Places
from kg.language.units.lists import Lists
from kg.language.units.parts import HIGH_HEADS, Segment, UnitName, covers, may_follow
from kg.language.units.pointers import pointers
from kg.language.units.quoted import repeated
from kg.language.units.segments import Segments

_TEAM_OF: Final = re.compile("(?:[村连场]|嘎查|社区)\\Z")
_NUMBERED: Final = re.compile(r"第?[0-9一二三四五六七八九十]+(?:小队|大队)")
_PLACE: Final = operator.attrgetter("start", "end")


class UnitGrammar:
    """Finds the unit names of one folded text."""

    def __init__(self, text: str, marked: dict[str, list[Mark]], places: Places) -> None:
        self._text = text
        self._segments = Segments(text, marked, places)

    def names(self) -> list[UnitName]:
        """Return the unit names in order of place; list items with an elided head included."""
        names = self._join(self._segments.segments())
        lists = Lists(self._segments, names)
        items = lists.items()
        if items:
            names = [name for name in names if not any(covers(item, name) for item in items)]
            names = [name for name in names if not lists.is_shared(name)]
        found = [*names, *items]
        found += self._again(found)
        found += pointers(self._text, found)
        return sorted(found, key=_PLACE)

    def _again(self, names: Sequence[UnitName]) -> list[UnitName]:
        """Return the teams in quotes named again without them, where no other name stands."""
        if "“" not in self._text:
            return []
        teams = [segment for name in names for segment in name.segments if segment.stem[:1] == "“"]
        again = repeated(self._text, teams) if teams else ()
        return [
            one
            for one in again
            if not any(n.start < one.end and one.start < n.end for n in names)
            and self._segments.opens(one.start, 0)  # 义务|巡逻队 is another one
        ]

    def _join(self, segments: Sequence[Segment]) -> list[UnitName]:
        chains: list[list[Segment]] = []
        alone: list[Segment] = []  # 网安工作室: only of an agency, here or elsewhere in the text
        for segment in segments:
            last = chains[-1][-1] if chains else None
            touches = last is not None and last.end == segment.start and not last.pointer
            if last and touches and not segment.pointer and may_follow(last, segment):
                chains[-1].append(segment)
            elif segment.head in HIGH_HEADS:
                alone.append(segment)
            elif not (self._is_quoted(segment) or self._is_of_village(segment)):
                chains.append([segment])
        if alone:
            named = {segment.text for chain in chains for segment in chain[1:]}
            chains += [[segment] for segment in alone if segment.text in named]
            chains.sort(key=lambda chain: chain[0].start)
        return [UnitName(chain[0].start, chain[-1].end, tuple(chain)) for chain in chains]

    def _is_of_village(self, segment: Segment) -> bool:
        """Return whether a numbered team is the group of a village: 布伦口村|六小队."""
        behind = _TEAM_OF.search(self._text, max(0, segment.start - 2), segment.start)
        return behind is not None and _NUMBERED.fullmatch(segment.text) is not None

    def _is_quoted(self, segment: Segment) -> bool:
        """Return whether a bare office stands in quotes by itself: 操场秒变“指挥中心”."""
        if segment.kind not in ("office", "post", "team") or not self._text.startswith(
            "”", segment.end
        ):
            return False
        return "“" in self._text[max(0, segment.start - 8) : segment.start].rpartition("”")[2]


def parse(name: str, places: Places) -> UnitName | None:
    """Return the one unit name that covers ``name`` whole, or None."""
    grammar = UnitGrammar(name, lexicon().marks(name), places)
    return next((n for n in grammar.names() if (n.start, n.end) == (0, len(name))), None)
