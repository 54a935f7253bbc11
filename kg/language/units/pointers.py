"""Heads of one sign that point back: 该局, 该所, 这个所, 我局, 所里."""

import functools
import re
from collections.abc import Iterator, Sequence

from kg.language.lexicon import lexicon
from kg.language.units.parts import Segment, UnitName


def pointers(text: str, taken: Sequence[UnitName]) -> Iterator[UnitName]:
    """Yield the pointing names that no other name covers."""
    ends = {name.start: name.end for name in taken}
    for match in _pattern().finditer(text):
        start, end = match.span()
        covered = any(begin <= start < until for begin, until in ends.items())
        if not covered:
            pointer, head = (
                match["point"] or "里",
                match["head"] or match["inside"].removesuffix("里"),
            )
            segment = Segment("office", "office", start, end, (), "", head, pointer)
            yield UnitName(start, end, (segment,))


@functools.cache
def _pattern() -> re.Pattern[str]:
    terms = lexicon().terms("unit.pointed")
    heads = "|".join(
        f"{head}(?![{not_before}])" if not_before else head
        for head, not_before in sorted(terms.items())
    )
    points = "|".join(sorted(lexicon().terms("unit.point"), key=lambda term: (-len(term), term)))
    inside = "(?:大队|支队|[所局队站])里(?!程)"  # 把锦旗送到所里
    before = "(?:(?<![一-鿿])|(?<=[到在回从给向来去把由了往是让说]))"
    return re.compile(rf"(?P<point>{points})(?P<head>{heads})|{before}(?P<inside>{inside})")
