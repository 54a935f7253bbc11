"""A place name in a text."""

from kg.records import record


@record
class PlaceName:
    """A place name in a text; ``sure`` is False where little but its form speaks for it."""

    start: int
    end: int
    kind: str
    rule: str
    sure: bool = True
