"""English names of police units: each step of a name read from its head, the innermost first.

乌审旗公安局交管大队 is the Traffic Management Brigade of the Uxin Banner Public Security Bureau.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.export.english import (
    COMPOSED,
    Label,
    proper,
    region_label,
    region_stem,
    without_city,
    words,
)
from kg.gazetteer import gazetteer

_NUMERALS: Final = "一二三四五六七八九十"
_NUMBER: Final = re.compile(rf"第?(?P<number>[{_NUMERALS}]|[0-9]{{1,3}})$")
_NAMED_PARTS: Final = frozenset({"分局", "支队", "大队", "中队"})  # may bear a place's name
_SHORT: Final = 4  # characters of a squadron's name
_ALONE: Final = frozenset({"公安部", "国家移民管理局"})


@dataclass(frozen=True, slots=True)
class _Over:
    """What the regions over a unit are called, in Chinese and English, the longest name first."""

    forms: Mapping[str, str]
    full: frozenset[str] = frozenset()


_NOWHERE: Final = _Over({})


@dataclass(frozen=True, slots=True)
class _Step:
    """One unit in the line of a name; ``regions`` stand behind it, the nearest first."""

    text: str
    regions: tuple[str, ...] = ()


@lru_cache(maxsize=65536)
def unit_label(name: str, code: str = "") -> Label | None:
    """Return the English name of a unit, or None if a part of it is not understood.

    >>> unit_label("鄂尔多斯市乌审旗公安局交管大队", "150626").text
    'Traffic Management Brigade, Uxin Banner Public Security Bureau, Ordos'
    """
    steps = _steps(name, _over(code))
    if steps is None:
        return None
    parts = [part for step in reversed(steps) for part in (step.text, *step.regions)]
    return Label(", ".join(parts), COMPOSED)


@lru_cache(maxsize=4096)
def _over(code: str) -> _Over:
    known, found, whole = gazetteer(), dict[str, str](), set[str]()
    region = known.get(code) if code else None
    for one in known.chain(region) if region else ():
        full, stem = region_label(one.name, one.code), region_stem(one)
        shorts = [*known.forms(one)[1:], *_cut(one.name)]
        found |= {short: stem for short in shorts if stem and len(short) > 1}
        if full:
            found[one.name] = without_city(full.text)
            whole.add(one.name)
    forms = dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))
    return _Over(forms, frozenset(whole))


def _cut(name: str) -> Iterator[str]:
    """Yield a region's name without its rank: 库伦 for 库伦旗."""
    for ending in words("region"):
        if name.endswith(ending):
            yield name.removesuffix(ending)
            return


# ── steps ────────────────────────────────────────────────────────────────────────────────────


def _steps(name: str, over: _Over, at: int = 0) -> list[_Step] | None:
    """Return the steps of a name from ``at`` on, each as short as the rest can be read."""
    if at == len(name):
        return []
    for end, head in _heads(name, at):
        step = _step(name[at : end - len(head)], head, over, first=at == 0)
        rest = _steps(name, over, end) if step is not None else None
        if step is not None and rest is not None:
            return [step, *rest]
    return None


def _heads(name: str, at: int) -> list[tuple[int, str]]:
    """Return where heads end and which, the nearest first, of those that end together the longest."""
    found = [
        (match.start() + len(head), head)
        for match in _head_starts().finditer(name, at)
        for head in _heads_at(match[1])
    ]
    return sorted(found, key=lambda one: (one[0], -len(one[1])))


@cache
def _head_starts() -> re.Pattern[str]:
    heads = [head for klass in ("agency", "head", "named") for head in words(klass)]
    heads.sort(key=lambda head: (-len(head), head))
    return re.compile(f"(?=({'|'.join(heads)}))")  # looks ahead, so that heads may overlap


@cache
def _heads_at(longest: str) -> tuple[str, ...]:
    heads = [head for klass in ("agency", "head", "named") for head in words(klass)]
    return tuple(head for head in heads if longest.startswith(head))


def _step(stem: str, head: str, over: _Over, *, first: bool) -> _Step | None:
    regions, rest = _take_regions(stem, over)
    if head in words("agency"):
        return _agency(regions, rest, head)
    if head in words("head"):
        return _division(regions, rest, head)
    if not stem:
        return None if first else _Step(words("named")[head])
    return _named(regions, stem, rest, head, over)


def _take_regions(stem: str, over: _Over) -> tuple[list[str], str]:
    """Return the regions that a stem begins with, the outermost first, and what follows."""
    regions: list[str] = []
    while form := next((form for form in over.forms if stem.startswith(form)), ""):
        regions.append(over.forms[form])
        stem = stem.removeprefix(form)
    return regions, stem


def _agency(regions: list[str], rest: str, head: str) -> _Step | None:
    english = words("agency")[head]
    if head in _ALONE:
        return None if regions or rest else _Step(english)
    phrase = _line(rest) if rest else ""
    if phrase is None and not regions:
        phrase = _place(rest, _NOWHERE)
    if phrase is None or not (regions or rest):
        return None
    return _before(regions, f"{phrase} {english}".strip())


def _division(regions: list[str], rest: str, head: str) -> _Step | None:
    english = words("head")[head]
    phrase: str | None = ""
    if rest:
        phrase = _line(rest)
        if phrase is None and _bears_name(head, rest):
            phrase = _place(rest, _NOWHERE)
    elif not regions:
        return None
    return None if phrase is None else _before(regions, f"{phrase} {english}".strip())


def _bears_name(head: str, rest: str) -> bool:
    """Return whether what stands before a head may be the name of a place."""
    if head == "中队" and len(rest) <= _SHORT:
        return not any(term in rest for term in _vocabulary() if len(term) > 1)
    return head == "分局" or (head in _NAMED_PARTS and bool(gazetteer().named(rest)))


def _line(rest: str) -> str | None:
    """Return what a unit does, behind the place that a system's unit is named after: 包头铁路."""
    if (phrase := _function(rest)) is not None:
        return phrase
    for system, english in words("system").items():
        place = rest.removesuffix(system)
        if place != rest and (name := proper(place)):
            return f"{name} {english}"
    return None


def _named(regions: list[str], stem: str, rest: str, head: str, over: _Over) -> _Step | None:
    """Return a station or a facility; what it is named after stands before it, regions behind."""
    english = words("named")[head]
    if not rest and regions:
        return _before(regions, english)
    ranked = _ranked(stem, over)
    phrase = _function(ranked[1]) or _place(ranked[1], over)
    if phrase is None:
        return None
    return _Step(f"{phrase} {english}", tuple(reversed(ranked[0])))


def _ranked(stem: str, over: _Over) -> tuple[list[str], str]:
    """Return the regions in full that a stem begins with; a short one is what it is named after."""
    regions: list[str] = []
    while form := next((f for f in over.forms if f in over.full and stem.startswith(f)), ""):
        if form == stem:
            break
        regions.append(over.forms[form])
        stem = stem.removeprefix(form)
    return regions, stem


def _before(regions: list[str], text: str) -> _Step:
    if not regions:
        return _Step(text)
    *outer, nearest = regions
    return _Step(f"{nearest} {text}", tuple(reversed(outer)))


# ── what stands before a head ────────────────────────────────────────────────────────────────


def _place(stem: str, over: _Over) -> str | None:
    """Return a name in English: regions by theirs, words for roads and the like, pinyin else."""
    number, stem = _numbered(stem)
    for ending, english in words("place").items():
        base = stem.removesuffix(ending)
        if base != stem and len(base) != 1:
            return _joined(_proper(base, over) if base else "", english, number)
    return _joined(_proper(stem, over) if stem else "", "", number)


def _proper(base: str, over: _Over) -> str | None:
    return over.forms.get(base) or proper(base) or None


def _joined(proper: str | None, english: str, number: str) -> str | None:
    if proper is None:
        return None
    return " ".join(filter(None, (proper, english, number))) or None


def _numbered(stem: str) -> tuple[str, str]:
    """Return the number that a stem ends with, in English, and the stem without it."""
    match = _NUMBER.search(stem)
    if match is None or (match.start() and not match[0].startswith("第")):
        return "", stem
    return _number(match), stem[: match.start()]


def _number(match: re.Match[str]) -> str:
    number = match["number"]
    return f"No. {_NUMERALS.index(number) + 1 if number in _NUMERALS else number}"


@lru_cache(maxsize=16384)
def _function(stem: str) -> str | None:
    """Return what a unit does, in English, or None if a part of it is not understood."""
    match = _NUMBER.search(stem)
    number = _number(match) if match else ""
    tokens = _tokens(stem[: match.start()] if match else stem)
    if tokens is None:
        return None
    return " ".join(filter(None, (number, _phrase(tokens)))) or None


def _tokens(stem: str) -> list[tuple[str, str]] | None:
    """Return the English words of a stem with their classes, the longest terms first."""
    if not stem:
        return []
    for size in range(len(stem), 0, -1):
        found = _vocabulary().get(stem[:size])
        rest = _tokens(stem[size:]) if found else None
        if found and rest is not None:
            return [found, *rest]
    return None


@cache
def _vocabulary() -> dict[str, tuple[str, str]]:
    classes = ("tail", "link", "modifier", "function")
    return {term: (klass, text) for klass in classes for term, text in words(klass).items()}


def _phrase(tokens: list[tuple[str, str]]) -> str:
    """Join functions by commas and “and”; what modifies one stands right beside it."""
    parts: list[str] = []
    held = ""
    for klass, text in tokens:
        if klass == "modifier":
            held += f"{text} "
        elif klass == "tail" and parts:
            parts[-1] += f" {text}"
        elif klass != "link":
            parts.append(held + text)
            held = ""
    if held:
        parts.append(held.strip())
    *most, last = parts or [""]
    return f"{', '.join(most)} and {last}" if most else last
