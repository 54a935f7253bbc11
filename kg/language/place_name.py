"""A place name in a text."""

from typing import Final

from kg.records import record

# Kinds of places that are levels: a site in one is the next step of a chain.
LEVEL_KINDS: Final = frozenset({"region", "village", "community"})


@record
class PlaceName:
    """A place name in a text; ``sure`` is False where little but its form speaks for it."""

    start: int
    end: int
    kind: str
    rule: str
    sure: bool = True
