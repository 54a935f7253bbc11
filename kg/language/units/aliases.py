"""The short names of units: X公安, X警方, X交警, X公安交警."""

import re
from typing import Final

from kg.language.lexicon import Mark
from kg.language.regions import Places
from kg.language.units.marked import compounds
from kg.language.units.parts import Segment
from kg.language.units.zones import Zones
from kg.language.words import known

EACH: Final = ("各", "每")
SEVERAL: Final = re.compile(
    r"[^两三四五六七八九十几]?[两三四五六七八九十几\d][省市州盟县旗区]{1,2}"
)
_OFFICERS: Final = tuple(f"{kind}警" for kind in "民辅交刑特巡干骑网协乘")
_WHOLE_PLACE: Final = 3  # signs of a place that no word for officers cuts; 新民|警 is cut
_POLICE: Final = "公安"
_FOREST: Final = "森林"


class Aliases(Zones):
    """Reads the short names of one folded text."""

    def __init__(self, text: str, marked: dict[str, list[Mark]], places: Places) -> None:
        super().__init__(text, marked, places)
        self._compounds = compounds(marked.get("unit.compound", []))

    def is_compound(self, mark: Mark) -> bool:
        """Return whether the head is only the beginning of another word (所有, 局面, 公安机关)."""
        return (mark.start, mark.entry.term) in self._compounds

    def alias(self, mark: Mark, *, divided: bool) -> Segment | None:
        """Return X公安, X警方, X交警: the name before it must be a region or a zone.

        Where one of its divisions follows, a bare level will do: 市公安|交警支队.
        """
        if self.is_compound(mark) or self._is_officer(mark.start):
            return None
        term = mark.entry.term
        behind = term.endswith("警") and self.text.endswith(_POLICE, 0, mark.start)
        end = mark.start - len(_POLICE) if behind else mark.start  # 荣县|公安|交警
        start = self._alias_start(end, term)
        if divided and start == end and term == _POLICE:
            start = self.region_chain(start, 0)[1]
        counted = SEVERAL.fullmatch(self.text, max(0, start - 1), end)  # 四县市|交警
        if start == end or counted or self.text.startswith(EACH, start):
            return None
        regions, left = self.region_chain(start, 0)
        own = self.text[start:end]
        system = self.systems.get(left, left)
        if system < left:  # 长航镇江公安
            own, left = self.text[system : mark.start], system
            regions = ()
        return Segment("alias", "", left, mark.end, (*regions, own), "", term)

    def _is_officer(self, start: int) -> bool:
        """Return whether 警 ends a word for officers: 民警|方晓东, not 呼和浩特|警方."""
        if not self.text.endswith(_OFFICERS, 0, start + 1):
            return False
        place = self.places.ending_at(start, 0)
        return place is None or len(place[1]) < _WHOLE_PLACE

    def _alias_start(self, end: int, term: str) -> int:
        """Return where the place of an alias that begins at ``end`` begins; ``end`` if none does."""
        if self.places.ending_at(end, 0) is not None:
            return self.place_start(end, 0)
        regions, left = self.region_chain(end, 0)
        if len(regions) == 1 and len(regions[0]) > 1 and left < end:  # 第六师交警
            return left
        zone = self.zones.get(end, end)
        if zone < end:
            return self.zone_name(zone, 0)
        if term == "警方":
            start = self.name_start(end, 0)
            form = self.text[start:end]  # 走失老人|警方: a plain noun is no place
            return end if known(form) and not self.places.is_name(form) else start
        start = self.listed_start(end, 0)
        town = term.startswith(_FOREST) and start < end  # forest bureaus are named for towns too
        return start if town or self.places.is_region(self.text[start:end]) else end
