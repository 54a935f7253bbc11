"""Article → mentions: one recogniser a type, then one decoder that settles overlaps.

A recogniser is a function ``recognise(scan, found)`` that returns candidates; ``found`` holds the
candidates of the recognisers before it in RECOGNISERS, so that a person's name can lean on a unit.
"""

import functools
import importlib
from collections.abc import Callable, Sequence
from typing import Final

from kg.language.scan import Scan
from kg.recognise.candidate import Candidate
from kg.recognise.decode import decode

Recogniser = Callable[[Scan, Sequence[Candidate]], list[Candidate]]

ORDER: Final = (
    "document",
    "time",
    "unit",
    "place",
    "organisation",
    "person",
    "method",
    "group",
    "activity",
)


def recognise(scan: Scan) -> list[Candidate]:
    """Return the mentions of an article as settled candidates, in order of place."""
    found: list[Candidate] = []
    for recogniser in _recognisers():
        found += recogniser(scan, found)
    return decode(found)


@functools.cache
def _recognisers() -> tuple[Recogniser, ...]:
    modules = (importlib.import_module(f"kg.recognise.{name}") for name in ORDER)
    return tuple(module.recognise for module in modules)
