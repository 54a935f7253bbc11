"""Places: regions of the gazetteer, sites with a head, datelines, and nouns that point back."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.names_left import NAME_TAGS
from kg.language.place_name import PlaceName
from kg.language.regions import common_words, is_official, tuple_of
from kg.language.scan import Scan
from kg.language.sites import SiteGrammar
from kg.language.taken import Placed
from kg.language.text import Span, places_of
from kg.language.tokens import tag_of
from kg.language.words import known
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate

_DOCUMENT: Final = re.compile(r"《[^》\n]*》")
_BRAND: Final = re.compile("(?![^”]*[有在发被说去到])[^“”，。、！？《》]{1,6}”")
_SHIPS: Final = ("轮", "号", "艇")
_TITLES: Final = ("称号", "荣誉", "奖")
# In a text with a line break before it, for which the search is fast.
_DATELINE: Final = re.compile(r"\n\s*(?:本报|本网)?(?P<place>[一-鿿]{2,8}?)讯")
_FREE: Final = frozenset((*" （“0123456789", ""))  # what sets 讯 apart from the text
_SENT: Final = re.compile(r" *(?:(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日 *)?[讯电]")
_NAMED_FOR: Final = frozenset({"region", "village"})  # what others bear the name of
_LEVELS: Final = ("镇", "乡", "街道", "苏木")
# What makes a town's name a part of another word: 莒南|话, a station's short name.
_GOES_ON: Final = (
    *("话", "腔", "方言", "口音", "所", "”", "籍", "党", "公安", "警", "讯", "边境", "高速", "港"),
    *("中心", "、", "海事", "水上", "管护", "分局", "支行", "集团", "日报", "晚报", "报", "融媒"),
    *("发布", "网", "新闻", "法治", "电视", "传媒", "广电"),
)
_THINGS: Final = frozenset("树路街")  # 银杏树派出所 is named for a tree
_TOWN: Final = 4  # signs of the longest place in a dateline that is not known
_APART: Final = frozenset("，。：")  # what no outlet holds
_OUTLET: Final = 16  # signs of a paper, site or agency before the place of a dateline
_NO_DATELINE: Final = re.compile(
    r"本报|本网|通讯|记者|简讯|快讯|资讯|时讯|电讯|综合|新闻|[网报台]讯$"
)


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the places of an article; units and documents found before are left out."""
    documents = (Span(*match.span()) for match in _DOCUMENT.finditer(scan.text))
    taken: list[Placed] = [*scan.unit_names, *documents]
    grammar = SiteGrammar(scan, taken)
    laws = [one for one in found if one.type == "DOC" and scan.text[one.end - 1] == "法"]
    named = [_candidate(name) for name in grammar.names() if not _is_figure(scan.text, name)]
    if laws:  # 长江|保护法
        named = [n for n in named if not any(law.start <= n.start < law.end for law in laws)]
    return [*named, *_short(scan, named, taken), *_datelines(scan), *_pointing(scan)]


def _short(scan: Scan, named: Sequence[Candidate], taken: Sequence[Placed]) -> Iterator[Candidate]:
    """Yield towns by their bare names, where the article has a town or station of that name.

    后柳镇 … 汉江在|后柳|拐了个弯; 柯生派出所 … |柯生|连续三年没有发生命案.
    """
    spans = [(one.start, one.end) for one in (*named, *taken)]
    counties = _counties(scan)
    for stem in sorted(_towns(scan, named) | counties):
        for start in places_of(stem, scan.text):
            end = start + len(stem)
            free = scan.tokens.is_edge(start) and scan.tokens.is_edge(end)
            free = free and not scan.text.startswith(_GOES_ON, end)
            free = free and scan.text[start - 1 : start] != "、"  # 郭家坝、|水田坝|、归州派出所
            if stem in counties:
                free = free and scan.text[start - 1 : start] in "\n。，在到从至往赴"
            if free and not any(left < end and start < right for left, right in spans):
                yield Candidate(
                    "LOC", start, end, "place.short", POSSIBLE, attributes={"kind": "region"}
                )


def _towns(scan: Scan, named: Sequence[Candidate]) -> set[str]:
    """Return what the towns, villages and police stations are called, if it is no common word."""
    found = {s.stem for name in scan.unit_names for s in name.segments if s.head == "派出所"}
    for candidate in named:
        kind = candidate.attributes["kind"]
        if kind not in _NAMED_FOR:
            continue
        form = scan.text[candidate.start : candidate.end]
        if kind == "region" and form.endswith(_LEVELS):
            found.add(form.removesuffix(next(level for level in _LEVELS if form.endswith(level))))
        if kind == "village" and form.endswith("村") and len(form) > 3:
            found.add(form[:-1])
    return {stem for stem in found if _is_own(stem)}


def _counties(scan: Scan) -> set[str]:
    """Return the short names of the counties and towns that an article names in full."""
    found = set()
    for span in scan.places.spans:
        if is_official(span.form) and span.form[-1] in "县市旗":
            for size in (2, 3):
                stem = span.form[:size]
                if len(stem) < len(span.form) and scan.places.is_region(stem):
                    found.add(stem)
    return found


def _is_own(stem: str) -> bool:
    plain = known(stem) and tag_of(stem) not in NAME_TAGS
    common = stem in common_words() or stem in lexicon().terms("name.generic")
    return 1 < len(stem) < 5 and not plain and not common and stem[-1] not in _THINGS


def _is_figure(text: str, name: PlaceName) -> bool:
    """Return whether quotes hold a site alone, a figure of speech or a brand (“板凳学校”), or a title.

    “河北省优秀人民警察”称号: what a title begins with is no place of the event.
    """
    if text[name.start - 1 : name.start] != "“":
        return False
    if name.kind != "region" and text[name.end : name.end + 1] == "”":
        return name.kind != "area" or text.startswith(_SHIPS, name.end + 1)
    if name.kind not in ("region", "area"):
        return False
    if _BRAND.match(text, name.end):  # “福鼎|白茶”
        return True
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
        paper = paper or place.startswith(tuple_of("layout.outlet_front"))  # 掌上某州讯
        paper = paper or (len(place) > _TOWN and not scan.places.is_name(place))
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
