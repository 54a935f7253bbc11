"""Heads of one sign that point back: 该局, 该所, 这个所, 我局, 所里."""

import functools
import re
from collections.abc import Iterator, Sequence

from kg.language.lexicon import lexicon
from kg.language.taken import Taken
from kg.language.text import Span
from kg.language.units.parts import Segment, UnitName


def pointers(text: str, taken: Sequence[UnitName]) -> Iterator[UnitName]:
    """Yield the pointing names that no other name covers."""
    covered = Taken(len(text), (Span(name.start, name.end) for name in taken))
    opening, pattern = _patterns()
    until = 0
    for begin in opening.finditer(text):
        match = pattern.match(text, begin.start()) if begin.start() >= until else None
        if match is None:
            continue
        start, until = match.span()
        if not covered.touches(start, start + 1):
            pointer, head = (
                match["point"] or "里",
                match["head"] or match["inside"].removesuffix("里"),
            )
            segment = Segment("office", "office", start, until, (), "", head, pointer)
            yield UnitName(start, until, (segment,))


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the first signs of all pointing names, which are soon found, and the names."""
    terms = lexicon().terms("unit.pointed")
    heads = "|".join(
        f"{head}(?![{not_before}])" if not_before else head
        for head, not_before in sorted(terms.items())
    )
    points = "|".join(sorted(lexicon().terms("unit.point"), key=lambda term: (-len(term), term)))
    inside = "(?:大队|支队|[所局队站])里(?!程)"  # 把锦旗送到所里
    before = "(?:(?<![一-鿿])|(?<=[到在回从给向来去把由了往是让说]))"
    first = "".join(sorted({*"大支所局队站", *(term[0] for term in lexicon().terms("unit.point"))}))
    whole = rf"(?P<point>{points})(?P<head>{heads})|{before}(?P<inside>{inside})"
    return re.compile(f"[{first}]"), re.compile(whole)
