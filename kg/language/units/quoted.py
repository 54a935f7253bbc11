"""Police teams and posts with a name of their own in quotes: “马背护边队”, “敖特尔”骑警队."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.text import Span, places_of
from kg.language.units.parts import Segment, UnitName

_WOMEN: Final = "女子"
_MEMBER: Final = ("员", "伍", "长", "友")  # 巡逻队员 are people

# What shows that a quoted name is a title: “…”、“…”等荣誉称号, 获评“…”.
_TITLED: Final = re.compile(
    r"“(?:(?<=荣获“|获评“|荣膺“|评为“|当选“)|(?<=获“)|(?=[^“”\n]{2,20}”"
    r"(?:[、，和及]?“[^“”\n]{2,20}”)*等?(?:光荣|荣誉)?称号))[^“”\n]{2,20}”"
)


def with_teams(text: str, found: Sequence[Segment]) -> list[Segment]:
    """Return segments with the quoted teams in place of what they hold, and none in a title."""
    if "“" not in text:
        return list(found)
    teams = [team for team in quoted_teams(text) if not _is_within(team, found)]
    kept = [segment for segment in found if not _is_within(segment, teams)]
    honours = _titles(text)
    segments = [one for one in (*kept, *teams) if not _is_within(one, honours)]
    return sorted(segments, key=lambda segment: segment.start) if teams else segments


def _is_within(inner: Segment, outer: Iterable[Span | Segment]) -> bool:
    return any(one.start <= inner.start and inner.end <= one.end for one in outer)


def _titles(text: str) -> list[Span]:
    """Return the quoted titles of honour, which name no unit: “人民满意的派出所”荣誉称号."""
    found = (*_TITLED.finditer(text), *_honours().finditer(text))
    return [Span(*match.span()) for match in found]


def quoted_teams(text: str) -> Iterator[Segment]:
    """Yield the quoted names that a police word in or by them makes police."""
    if "“" not in text:
        return
    pattern, police, civil = _patterns()
    own, generic = lexicon().terms("unit.team"), lexicon().terms("unit.generic")
    for match in pattern.finditer(text):
        stem, head = match["stem"] or match["stem2"], match["head"] or match["head2"]
        counted = stem.count("一") > 1  # “一站一警一队” is a way of working
        sure = own.get(head) == "own" or police.search(stem + head)
        counted = counted or (stem in generic and match[0].endswith("”"))  # “矿区警务室”
        if not counted and sure and not civil.search(stem + head):
            yield Segment("team", "team", match.start(), match.end(), (), match[0], "")


def repeated(text: str, teams: Sequence[Segment]) -> Iterator[UnitName]:
    """Yield where a team is called again without its quotes.

    What its head has of its own names it (女子骑巡队, 护牧队 of “雪域护牧队”), the rest points (骑巡队).
    """
    spans = [(team.start, team.end) for team in teams]
    first = min(team.start for team in teams)
    heads: dict[str, str] = {}
    for team in teams:
        heads = {**_again(team.text), **heads}
    for head in sorted(heads, key=len, reverse=True):
        point = heads[head]
        for start in places_of(head, text) if len(head) > 2 else ():
            end = start + len(head)
            free = not any(a < end and start < b for a, b in spans)
            if free and not (point and (start < first or text.startswith(_MEMBER, end))):
                spans.append((start, end))
                segment = Segment("team", "team", start, end, (), "", head, point)
                yield UnitName(start, end, (segment,))


def _again(name: str) -> dict[str, str]:
    """Return what a team may be called without its quotes: all of its head, and less as a pointer."""
    outer = name.rpartition("”")[2]
    if not outer:
        inner = name.strip("“”")
        own = _listed(inner)
        return {own: ""} if own else {}
    less = _listed(outer)
    return {outer: "" if less else outer} | ({less: less} if less else {})


def _listed(name: str) -> str:
    """Return the longest head in the lexicon that a name only ends with; 队 alone is none."""
    heads = lexicon().terms("unit.team")
    ends = (name[at:] for at in range(1, len(name) - 2))
    return next((end for end in ends if heads.get(end, "kind") != "kind"), "")


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what a quoted name looks like, what makes it police, what makes it civil."""
    heads = lexicon().terms("unit.team")
    inner = _choice(head for head in heads if heads[head] == "inside")
    outer = _choice(head for head in heads if heads[head] in ("behind", "own"))
    kind = _choice(head for head in heads if heads[head] == "kind")
    signs = lexicon().terms("unit.sign")
    return (
        re.compile(
            rf"“(?P<stem>[^“”，。！？]{{2,10}}?)(?P<head>{inner})”"
            rf"|“(?P<stem2>[^“”，。！？]{{2,8}})”(?P<head2>(?:{_WOMEN}|{kind})?(?:{outer}))"
        ),
        re.compile(_choice(sign for sign in signs if signs[sign] == "police")),
        re.compile(_choice(sign for sign in signs if signs[sign] == "civil")),
    )


@functools.cache
def _honours() -> re.Pattern[str]:
    """Return the pattern of a quote that begins as titles of honour do: “模范边防检查队”."""
    words = _choice(iter(lexicon().terms("unit.honour")))
    return re.compile(rf"“[一-鿿]{{0,4}}?(?:{words})[^“”，。！？\n]{{1,16}}”")


def _choice(terms: Iterator[str]) -> str:
    return "|".join(re.escape(term) for term in sorted(terms, key=lambda term: (-len(term), term)))
