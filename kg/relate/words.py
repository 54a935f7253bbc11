"""Patterns made of the relation words of data/lexicons/relations.csv."""

import functools
import re
from typing import Final

from kg.language.alternation import alternation
from kg.language.lexicon import lexicon

_FEW: Final = 6
_SLOT: Final = re.compile(r"(?<!\?P)<([a-z_.|]+)>")


@functools.cache
def pattern(template: str) -> re.Pattern[str]:
    """Return ``template`` compiled, each ``<name>`` replaced by the terms of class ``rel.name``.

    ``<one|other>`` stands for the terms of both.
    """
    return re.compile(_SLOT.sub(_terms, template))


def last_part(text: str, start: int, stop: int, signs: str) -> str:
    """Return what stands between the last of ``signs``, a class of them, and ``stop``."""
    # Greedy, so that it reads from behind: a split would copy every part before the last one.
    last = _up_to(signs).match(text, start, stop)
    return text[last.end() if last else start : stop]


@functools.cache
def _up_to(signs: str) -> re.Pattern[str]:
    return re.compile(rf"(?s:.*){signs}")


def _terms(slot: re.Match[str]) -> str:
    """Return the pattern of the terms that a slot stands for, the longest tried first."""
    names = [name if "." in name else f"rel.{name}" for name in slot[1].split("|")]
    terms = sorted({term for name in names for term in lexicon().terms(name)})
    firsts = "".join(dict.fromkeys(term[0] for term in terms))
    # One look at the first sign spares the tries; at the beginning the engine does that itself.
    ahead = f"(?=[{re.escape(firsts)}])" if slot.start() and len(firsts) > _FEW else ""
    return f"(?:{ahead}{alternation(terms)})"
