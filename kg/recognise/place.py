"""Places: regions of the gazetteer, sites with a head, datelines, and nouns that point back."""

import re
from collections.abc import Sequence
from typing import Final

from kg.language.names_left import NAME_TAGS
from kg.language.place_name import PlaceName
from kg.language.scan import Scan
from kg.language.sites import SiteGrammar
from kg.language.taken import Placed
from kg.language.text import Span, places_of
from kg.language.tokens import tag_of
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate

_DOCUMENT: Final = re.compile(r"《[^》\n]*》")
_TITLES: Final = ("称号", "荣誉", "奖")
# In a text with a line break before it, for which the search is fast.
_DATELINE: Final = re.compile(r"\n\s*(?:本报|本网)?(?P<place>[一-鿿]{2,8}?)讯")
_FREE: Final = frozenset((*" （“0123456789", ""))  # what sets 讯 apart from the text
_SENT: Final = re.compile(r" *(?:(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日 *)?[讯电]")
_APART: Final = frozenset("，。：")  # what no outlet holds
_OUTLET: Final = 16  # signs of a paper, site or agency before the place of a dateline
_NO_DATELINE: Final = re.compile(
    r"本报|本网|通讯|记者|简讯|快讯|资讯|时讯|电讯|综合|新闻|[网报台]讯$"
)


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the places of an article; units and documents found before are left out."""
    documents = (Span(*match.span()) for match in _DOCUMENT.finditer(scan.text))
    taken: list[Placed] = [*scan.unit_names, *documents]
    grammar = SiteGrammar(scan.text, scan.tokens, scan.places, scan.marked, taken)
    named = [_candidate(name) for name in grammar.names() if not _is_figure(scan.text, name)]
    return [*named, *_datelines(scan), *_pointing(scan)]


def _is_figure(text: str, name: PlaceName) -> bool:
    """Return whether quotes hold a site alone, a figure of speech or a brand (“板凳学校”), or a title.

    “河北省优秀人民警察”称号: what a title begins with is no place of the event.
    """
    if text[name.start - 1 : name.start] != "“":
        return False
    if name.kind not in ("region", "area"):
        return text[name.end : name.end + 1] == "”"
    return text.startswith(_TITLES, text.find("”", name.end) + 1)


def _candidate(name: PlaceName) -> Candidate:
    weight = LIKELY if name.sure else POSSIBLE + 0.5
    return Candidate(
        "LOC", name.start, name.end, f"place.{name.rule}", weight, attributes={"kind": name.kind}
    )


def _datelines(scan: Scan) -> list[Candidate]:
    own = _own_dateline(scan)
    found = [*own]
    marked = _DATELINE.finditer(f"\n{scan.text}") if "讯" in scan.text else ()
    for match in marked:
        start, end = match.start("place") - 1, match.end("place") - 1
        place = scan.text[start:end]
        known = scan.text[end + 1 : end + 2] in _FREE or scan.places.is_name(place)
        if any(start <= level.start < end for level in own):
            continue  # the paper may stand before the place: 映象网|开封讯
        paper = tag_of(place) not in NAME_TAGS and not scan.places.is_region(place)  # 阳光讯
        if known and not paper and not _NO_DATELINE.search(scan.text, start, end + 1):
            found.append(_dateline(start, end))
    return found


def _own_dateline(scan: Scan) -> list[Candidate]:
    """Return the place of the article's dateline, where it stands, and one above it: 山南|隆子6月9日电."""
    text, place = scan.text, scan.article.dateline
    for start in places_of(place, text) if place else ():
        before = text[text.rfind("\n", 0, start) + 1 : start].lstrip(" ")
        opens = len(before) <= _OUTLET and _APART.isdisjoint(before)
        if opens and _SENT.match(text, start + len(place)):
            above = scan.places.is_name(before)
            own = _dateline(start, start + len(place))
            return [own, _dateline(start - len(before), start)] if above else [own]
    return []


def _dateline(start: int, end: int) -> Candidate:
    return Candidate("LOC", start, end, "place.dateline", CERTAIN, attributes={"kind": "region"})


def _pointing(scan: Scan) -> list[Candidate]:
    return [
        Candidate(
            "LOC",
            mark.start,
            mark.end,
            "place.points-back",
            POSSIBLE,
            nominal=True,
            attributes={"kind": mark.entry.value},
        )
        for mark in scan.marks("loc.nominal")
        if scan.tokens.is_edge(mark.start)  # 专科|学校
    ]
