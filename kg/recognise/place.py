"""Places: regions of the gazetteer, sites with a head, datelines, and nouns that point back."""

import re
from collections.abc import Sequence
from typing import Final

from kg.language.landmarks import PlaceName
from kg.language.scan import Scan
from kg.language.sites import SiteGrammar
from kg.language.taken import Placed
from kg.language.text import Span
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate

_DOCUMENT: Final = re.compile(r"《[^》\n]*》")
_DATELINE: Final = re.compile(
    r"(?:^|\n)\s*(?:本报|本网)?(?P<place>[一-鿿]{2,8}?)讯(?P<free>[ （\d“]|$)?"
)
_NO_DATELINE: Final = re.compile(
    r"本报|本网|通讯|记者|简讯|快讯|资讯|时讯|电讯|综合|新闻|网$|报$|台$"
)


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the places of an article; units and documents found before are left out."""
    documents = (Span(*match.span()) for match in _DOCUMENT.finditer(scan.text))
    taken: list[Placed] = [*scan.unit_names, *documents]
    grammar = SiteGrammar(scan.text, scan.tokens, scan.places, scan.marked, taken)
    named = [_candidate(name) for name in grammar.names() if not _is_figure(scan.text, name)]
    return [*named, *_datelines(scan), *_pointing(scan)]


def _is_figure(text: str, name: PlaceName) -> bool:
    """Return whether quotes hold a site alone: a figure of speech or a brand (“板凳学校”)."""
    around = text[name.start - 1 : name.start] + text[name.end : name.end + 1]
    return around == "“”" and name.kind not in ("region", "area")


def _candidate(name: PlaceName) -> Candidate:
    weight = LIKELY if name.sure else POSSIBLE + 0.5
    return Candidate(
        "LOC", name.start, name.end, f"place.{name.rule}", weight, attributes={"kind": name.kind}
    )


def _datelines(scan: Scan) -> list[Candidate]:
    if "讯" not in scan.text:
        return []
    found = []
    for match in _DATELINE.finditer(scan.text):
        start, end = match.span("place")
        place = match["place"]
        known = (
            match["free"] is not None
            or place == scan.article.dateline
            or scan.places.is_name(place)
        )
        if known and not _NO_DATELINE.search(place):
            found.append(
                Candidate(
                    "LOC", start, end, "place.dateline", CERTAIN, attributes={"kind": "region"}
                )
            )
    return found


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
