"""Patterns made of the relation words of data/lexicons/relations.csv."""

import functools
import re
from typing import Final

from kg.language.lexicon import lexicon

_SLOT: Final = re.compile(r"(?<!\?P)<([a-z_.]+)>")


@functools.cache
def pattern(template: str) -> re.Pattern[str]:
    """Return ``template`` compiled, each ``<name>`` replaced by the terms of class ``rel.name``."""
    return re.compile(_SLOT.sub(lambda slot: _any_of(slot[1]), template))


def last_part(text: str, start: int, stop: int, signs: str) -> str:
    """Return what stands between the last of ``signs``, a class of them, and ``stop``."""
    # Greedy, so that it reads from behind: a split would copy every part before the last one.
    last = pattern(rf"(?s:.*){signs}").match(text, start, stop)
    return text[last.end() if last else start : stop]


def _any_of(name: str) -> str:
    found = lexicon().terms(name if "." in name else f"rel.{name}")
    terms = sorted(found, key=lambda term: (-len(term), term))
    return f"(?:{'|'.join(map(re.escape, terms))})"
