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


def _any_of(name: str) -> str:
    found = lexicon().terms(name if "." in name else f"rel.{name}")
    terms = sorted(found, key=lambda term: (-len(term), term))
    return f"(?:{'|'.join(map(re.escape, terms))})"
