"""Counties and towns called like words, named right behind their province: 湖南|通道, 重庆|洪安."""

from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.natural import closing
from kg.language.place_name import PlaceName
from kg.language.regions import Places
from kg.language.tokens import Tokens
from kg.language.words import known

_SIZES: Final = (3, 2)
_NEVER: Final = frozenset({"公安", "平安"})
_PROVINCE: Final = 2  # digits that the codes in one province share
_COUNTY: Final = 6


def below_provinces(
    text: str, tokens: Tokens, places: Places, regions: Sequence[PlaceName]
) -> Iterator[PlaceName]:
    """Yield the places that stand right behind a province which they lie in."""
    starts = {region.start for region in regions}
    for region in regions:
        end = region.end
        if end in starts or region.kind != "region":
            continue
        above = {
            code[:_PROVINCE]
            for code in places.codes(text[region.start : end])
            if code.endswith("0000")
        }
        for size in _SIZES if above else ():
            form = text[end : end + size]
            if _is_below(form, places, above) and _is_free(text, tokens, end, end + size):
                yield PlaceName(end, end + size, "region", "below", sure=False)
                break


def _is_below(form: str, places: Places, above: set[str]) -> bool:
    """Return whether a county, or a town that is no word, lies in a province and is called so."""
    if form in _NEVER or not places.is_name(form):
        return False
    inside = [code for code in places.codes(form) if code[:_PROVINCE] in above]
    return any(len(code) == _COUNTY for code in inside) or (bool(inside) and not known(form))


def _is_free(text: str, tokens: Tokens, start: int, end: int) -> bool:
    """Return whether no word reaches over the ends, and the name is closed: 的, a sign, a verb."""
    whole = tokens.is_edge(start) and tokens.is_edge(end)
    return whole and (text.startswith("的", end) or closing().match(text, end) is not None)
