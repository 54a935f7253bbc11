"""Heads of one sign that point back: 该局, 该所, 这个所, 我局, 所里, 局|党委."""

import functools
import re
from collections.abc import Iterator, Sequence

from kg.language.lexicon import lexicon
from kg.language.units.parts import Segment, UnitName


def pointers(text: str, taken: Sequence[UnitName]) -> Iterator[UnitName]:
    """Yield the pointing names that no other name covers."""
    for match in _pattern().finditer(text):
        start, end = match.span()
        if not any(name.start <= start < name.end for name in taken):
            head = match["head"]
            pointer = match[0].removesuffix(head) if head else "里"
            head = head or match[0].removesuffix("里")
            segment = Segment("office", "office", start, end, (), "", head, pointer)
            yield UnitName(start, end, (segment,))


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of all pointing names; it begins with their first signs, soon found."""
    terms = lexicon().terms("unit.pointed")
    heads = "|".join(
        f"{head}(?![{not_before}]|在[地的单])" if not_before else head  # 该|所在地
        for head, not_before in sorted(terms.items())
    )
    points = sorted(lexicon().terms("unit.point"), key=lambda term: (-len(term), term))
    pointed = "|".join(f"(?<={point[0]}){point[1:]}" for point in points)
    inside = "(?:(?<=[大支])队|(?<=[所局队站]))里(?!程)"  # 把锦旗送到所里
    before = "(?:(?<![一-鿿].)|(?<=[到在回从给向来去把由了往是让说叫系络].))"
    first = "".join(sorted({*"大支所局队站", *(point[0] for point in points)}))
    board = "(?<![一-鿿]局)(?<=局)(?=党委|党组|纪委|领导班子|属各)"
    return re.compile(f"[{first}](?:(?:{pointed})(?P<head>{heads})|{before}{inside}|{board})")
