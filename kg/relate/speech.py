"""Whether a person speaks: at a meeting, or only to the reader."""

from collections.abc import Sequence

from kg.relate.act import Act
from kg.relate.reading import Item, Reading
from kg.relate.words import pattern


def speaks_at(item: Item, act: Act) -> bool:
    """Return whether a person speaks at a meeting (会上，局长X要求 · 政委X在恳谈会上说)."""
    if item.mention.end < act.item.mention.start:
        here = item.trail == "在" == act.item.before
        return here and bool(pattern(r"^上[^，]{0,2}(?:<speak>|说)").match(act.item.trail))
    inside = pattern(r"^[^，]{0,3}[上中]").match(act.item.trail)
    return bool(inside and pattern(r"^[^，]{0,6}<speak>").match(item.trail))


def speaks_after(officers: Sequence[Item], act: Act, reading: Reading) -> bool:
    """Return whether persons speak at the meeting just told of (召开推进会，局长X要求…)."""
    if not officers or act.item.mention.nominal:
        return False
    last = officers[-1].mention
    if last.start < act.item.mention.end:
        return False
    meets = pattern(r"(?:会|会议|仪式)”?$").search(act.item.mention.text)
    return bool(meets and pattern(r"^(?:在会上|分别)?<speak>").match(reading.tail(last.end)))


def says(trail: str) -> bool:
    """Return whether the words behind a person are those of somebody who tells something."""
    return bool(pattern(r"^(?![一-鿿]{2}|[把将]“)|^(?![把将])[^，]{0,8}<say>").search(trail))


def only_says(item: Item, reading: Reading) -> bool:
    """Return whether somebody speaks to the reader (副局长X表示, 某支队有关负责人介绍)."""
    tail = reading.tail(item.mention.end)
    return bool(pattern(r"^[^，]{0,6}(?:表示|介绍|告诉|坦言)").match(tail))


def tells(item: Item, reading: Reading) -> bool:
    """Return whether a person tells of what follows (大队长X介绍，民警走访商户) and does not do it."""
    return bool(pattern(r"^(?!接)[^，]{0,6}<say>").match(reading.tail(item.mention.end)))
