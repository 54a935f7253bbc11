"""Villages and towns of a list that only its count tells: 六岔台、塘上、庄禾台|三个村."""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.names_left import NameReader, is_namelike
from kg.language.numbers import parse_number
from kg.language.place_name import PlaceName
from kg.language.tokens import Tokens
from kg.language.words import known

_LIST: Final = re.compile(
    r"(?P<first>[一-鿿]{2,4})(?P<more>(?:、[一-鿿]{2,4}?)+)(?P<and_more>等)?"
    r"(?P<count>[0-9]{1,2}|[二两三四五六七八九十]{1,2})个"
    r"(?:行政|自然|沿边|边境|抵边)?(?:村(?![民干委里口规庄镇])|乡镇|村寨|嘎查|社区|街道|镇|乡(?![村亲]))"
)
_COUNTED: Final = tuple(f"个{head}" for head in "村乡镇社嘎街行自沿边抵")
_LONGEST: Final = 4


def counted_lists(text: str, tokens: Tokens, reader: NameReader) -> Iterator[PlaceName]:
    """Yield the items of the counted lists of a folded text."""
    counted = any(word in text for word in _COUNTED)
    for match in _LIST.finditer(text) if counted else ():
        first = match.end("first")
        spans = [(reader.start(first, match.start(), _LONGEST), first)]
        at = first + 1
        for item in match["more"][1:].split("、"):
            spans.append((at, at + len(item)))
            at += len(item) + 1
        count = parse_number(match["count"]) or 0
        fits = len(spans) <= count if match["and_more"] else len(spans) == count
        if fits and _are_names(text, tokens, reader, spans):
            yield from (PlaceName(*span, "village", "counted", sure=False) for span in spans)


def _are_names(
    text: str, tokens: Tokens, reader: NameReader, spans: Sequence[tuple[int, int]]
) -> bool:
    """Return whether half of the items are no words, and none is a plain one."""
    forms = [text[start:end] for start, end in spans]
    if any(len(form) < 2 or form in _generic() for form in forms):
        return False
    if any(reader.is_stop(form) for form in forms):
        return False
    strange = sum(
        not known(form) or is_namelike(tokens, *span)
        for form, span in zip(forms, spans, strict=True)
    )
    return 2 * strange >= len(forms)


@functools.cache
def _generic() -> frozenset[str]:
    return frozenset({*lexicon().terms("name.generic"), *lexicon().terms("loc.head")})
