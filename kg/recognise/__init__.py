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


def recognise(scans: Sequence[Scan]) -> list[list[Candidate]]:
    """Return the mentions of each article as settled candidates, in order of place.

    One recogniser reads all articles before the next one does (see pipeline.extract_articles).
    """
    proposed: list[list[Candidate]] = [[] for _ in scans]
    for recogniser in recognisers():
        for scan, found in zip(scans, proposed, strict=True):
            found.extend(recogniser(scan, found))
    return [decode(found) for found in proposed]


@functools.cache
def recognisers() -> tuple[Recogniser, ...]:
    """Return the recognisers in their order."""
    modules = (importlib.import_module(f"kg.recognise.{name}") for name in ORDER)
    return tuple(module.recognise for module in modules)
