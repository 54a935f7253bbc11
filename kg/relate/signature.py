"""Who signs a notice below its text: that unit does what the notice announces."""

import itertools
import re
from typing import Final

from kg.language.activity_heads import measures
from kg.relate.claims import Claims
from kg.relate.reading import ACTORS, Item, Reading, Sentence

_NOTICE: Final = re.compile(
    r"(?:通告|公告|通知|公开信|倡议书|告知书|启事|悬赏令|通缉令)(?:（[^）]*）)?\s*\Z"
)
_LAST: Final = 4  # sentences from the end in which it is signed
_FOOT: Final = 80  # signs from the end in which a signature begins
_DATED: Final = re.compile(r"[\s0-9年月日〇○一二三四五六七八九十]*\Z")
_SIGNERS: Final = ("局", "队", "所", "厅", "处", "站", "室", "办", "院", "委")


def relate_signature(reading: Reading, claims: Claims) -> None:
    """Add organizes for what a notice announces, if its text names nobody who does it."""
    text, title_end = reading.text, reading.scan.title_end
    if not _NOTICE.search(text, 0, title_end):
        return
    announced = _announced(reading)
    if announced is None or claims.heads("organizes", announced[1].entity):
        return
    sentence, act = announced
    status = reading.statuses.at(sentence.span, act.mention.start)
    for one in reading.sentences[-_LAST:]:
        for item in one.items:
            if item.type in ACTORS and _is_signature(item, text):
                ends = (item.entity, act.entity)
                claims.add("organizes", ends, (sentence.span, item.mention), "signature", status)


def _announced(reading: Reading) -> tuple[Sentence, Item] | None:
    """Return what a notice calls for, its measure or else its first act, where its text tells of it."""
    acts = [
        (sentence, item)
        for sentence in reading.sentences
        for item in sentence.items
        if item.type == "ACT" and not item.mention.nominal
    ]
    called = (one for one in acts if one[1].mention.rule == "activity.called")  # 公开征集线索
    controls = (one for one in acts if one[1].mention.text.endswith(measures()))
    first = next(itertools.chain(called, controls), None)
    first = first or (acts[0] if acts else None)
    if first is None or first[1].mention.start >= reading.scan.title_end:
        return first
    again = (one for one in acts if one[1].entity == first[1].entity and one is not first)
    return next(again, first)


def _is_signature(item: Item, text: str) -> bool:
    """Return whether a unit has a line of its own at the foot, below it nothing but others and a day."""
    start, end = item.mention.start, item.mention.end
    line = text.rfind("\n", 0, start) + 1
    if start < len(text) - _FOOT or not line:
        return False
    before, rest = text[line:start], text[end:]
    beside = all(
        one.endswith(_SIGNERS) for one in (*before.split(), *rest.partition("\n")[0].split())
    )
    apart = not before.strip() or before[-1:].isspace()
    return beside and apart and _is_foot(rest.partition("\n")[2])


def _is_foot(rest: str) -> bool:
    """Return whether lines hold nothing but a day and those who sign too."""
    return all(_DATED.match(line) or line.endswith(_SIGNERS) for line in rest.split("\n"))
