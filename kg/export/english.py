"""English names: official ones from a table, others put together from what a name says.

A composed name is pinyin for what has no meaning of its own, and an English word for every other
part; a name with a part that the tables do not know gets none.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.errors import DataError
from kg.gazetteer import Region, gazetteer
from kg.model import Entity
from kg.resources import DATA

OFFICIAL: Final = "official"
COMPOSED: Final = "composed"
_TABLES: Final = {
    "gazetteer/english.csv": ("code", "name", "source", "note"),
    "gazetteer/readings.csv": ("form", "reading", "note"),
    "ontology/english.csv": ("term", "class", "english", "source"),
}
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u3007]+")
_VOWEL: Final = re.compile("[aoe]")
_LONGEST: Final = 7  # characters of a name that pinyin renders as one word
_PLACES: Final = frozenset({"community", "reservoir", "road", "scenic", "square", "village"})
_REGIONS: Final = frozenset({"region", "town"})
_ABOVE_TOWN: Final = 6  # digits of a code
_OF_CITY: Final = re.compile(" (?:City|Municipality)$")


class Label(NamedTuple):
    """An English name, and whether it is official or composed."""

    text: str
    source: str


def english(entity: Entity) -> Label | None:
    """Return the English name of an entity, or None where none is known and none can be made."""
    code = entity.attributes.get("code", "")
    if entity.type == "LOC":
        kind = entity.attributes.get("kind", "")
        if kind in _PLACES:
            return place_label(entity.name)
        return region_label(entity.name, code) if code or kind in _REGIONS else None
    if entity.type == "UNIT":
        from kg.export.english_units import unit_label  # it stands on this module

        return unit_label(entity.name, code)
    return None


# ── words and sounds ─────────────────────────────────────────────────────────────────────────


@cache
def words(klass: str) -> Mapping[str, str]:
    """Return the English of the terms of a class, the longest first."""
    rows = [row for row in _rows("ontology/english.csv") if row["class"] == klass]
    rows.sort(key=lambda row: (-len(row["term"]), row["term"]))
    return {row["term"]: row["english"] for row in rows}


@lru_cache(maxsize=65536)
def pinyin(text: str) -> str:
    """Return Han characters as one word of pinyin: 六安 is Lu'an."""
    first, *rest = _sounds(text)
    return first.capitalize() + "".join(f"'{one}" if _VOWEL.match(one) else one for one in rest)


def is_han(text: str) -> bool:
    """Return whether a text can be one word of pinyin."""
    return len(text) <= _LONGEST and bool(_HAN.fullmatch(text))


def _sounds(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # its dictionary takes long to load

    known, table = _readings()
    sounds = lazy_pinyin(text, v_to_u=True)
    for match in known.finditer(text):
        sounds[match.start() : match.end()] = table[match[0]]
    return sounds


@cache
def _readings() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """Return how characters are read in names where a dictionary of words reads them otherwise."""
    table = {row["form"]: row["reading"].split() for row in _rows("gazetteer/readings.csv")}
    forms = sorted(table, key=lambda form: (-len(form), form))
    return re.compile("|".join(forms)), table


def _rows(name: str) -> list[dict[str, str]]:
    path = DATA / name
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != _TABLES[name]:
            raise DataError(f"{path}:1: expected the columns {','.join(_TABLES[name])}")
        return list(reader)


# ── regions ──────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=65536)
def region_label(name: str, code: str = "") -> Label | None:
    """Return the English name of an administrative region.

    >>> region_label("围场满族蒙古族自治县").text
    'Weichang Manchu and Mongol Autonomous County'
    """
    known = gazetteer().get(code) if code else None
    if known is not None and known.name == name and code in _official():
        return Label(_official()[code], OFFICIAL)
    composed = _composed_region(name)
    return Label(composed, COMPOSED) if composed else None


def region_stem(region: Region) -> str:
    """Return a region's English name without what says its rank and its nationalities."""
    label = region_label(region.name, region.code)
    if label is None:
        return pinyin(region.name) if is_han(region.name) else ""
    parts = label.text.split(" ")
    while len(parts) > 1 and parts[-1] in _ranks():
        parts.pop()
    return " ".join(parts)


def without_city(name: str) -> str:
    """Return a city's name as it stands before or behind other words: Hohhot for Hohhot City."""
    return _OF_CITY.sub("", name)


@lru_cache(maxsize=65536)
def place_label(name: str) -> Label | None:
    """Return the English name of a road, a village, a square: Renmin Road."""
    for ending, english_ in words("place").items():
        stem = name.removesuffix(ending)
        known = stem != name and not ending.endswith("站")
        if known and 1 < len(stem) < _LONGEST - 2 and is_han(stem):
            return Label(f"{pinyin(stem)} {english_}", COMPOSED)
    return None


def _composed_region(name: str) -> str:
    for ending, rank in words("region").items():
        stem = name.removesuffix(ending)
        if stem == name or not stem or (len(ending) > 1 and len(stem) == 1):
            continue
        stem, nationalities = _without_nationalities(stem, "自治" in ending)
        sound = _sound_of(stem, name)
        last = words("region")["民族乡"] if nationalities and ending == "乡" else rank
        return " ".join(filter(None, (sound, " and ".join(nationalities), last))) if sound else ""
    return ""


def proper(stem: str) -> str:
    """Return what a name is in English: that of the one region so called, else pinyin."""
    named = gazetteer().named(stem) or gazetteer().named(f"{stem}旗")  # a banner has no short name
    regions = [one for one in named if len(one.code) == _ABOVE_TOWN]
    if len(regions) == 1 and regions[0].code in _official():
        whole = _official()[regions[0].code]
        return without_city(whole) if regions[0].name == stem else region_stem(regions[0])
    return pinyin(stem) if len(stem) > 1 and is_han(stem) else ""


def _sound_of(stem: str, name: str) -> str:
    if len(stem) == 1:  # a name of one syllable keeps its rank: 涉县 is Shexian County
        return pinyin(name) if is_han(name) else ""
    return proper(stem)


def _without_nationalities(stem: str, autonomous: bool) -> tuple[str, list[str]]:
    """Return the stem without the nationalities at its end, and these in English."""
    found: list[str] = []
    while True:
        for term, english_ in words("nationality").items():
            rest = stem.removesuffix(term)
            named = term.endswith("族") or (autonomous and len(rest) > 1)
            if rest != stem and rest and named:
                stem = rest
                found.insert(0, english_)
                break
        else:
            return stem, found


@cache
def _official() -> dict[str, str]:
    return {row["code"]: row["name"] for row in _rows("gazetteer/english.csv")}


@cache
def _ranks() -> frozenset[str]:
    """Return the words that say what a region is or whose."""
    terms = [*words("region").values(), *words("nationality").values(), "Municipality and"]
    return frozenset(word for term in terms for word in term.split(" "))
