"""Which paragraphs make one article: where a page holds several, where one ends and the next begins.

A cut needs evidence, because most files hold one article that may have chapters, captions and
lists of its own. An article ends with a byline; it starts with a headline, and then small print, the
name of a reporter, a dateline, or one of the words that leads begin with.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from kg.language.text import squeeze
from kg.split.breaks import completes, is_open
from kg.split.columns import Block
from kg.split.frame import BELOW, Frame, small_print
from kg.split.furniture import Imprint
from kg.split.lead import dateline, is_local, reporters
from kg.split.lines import (
    Line,
    closing_credit,
    is_byline,
    is_caption,
    is_ended,
    is_headline,
    is_long_title,
    is_photo_credit,
    is_point,
    is_running,
    is_subtitle,
    point_of,
)
from kg.split.resumed import resumed
from kg.split.vocabulary import terms

ENOUGH: Final = 3  # points of evidence for a cut
_LONGEST_HEAD: Final = 3  # lines of a headline
_WEIGHTY: Final = 13  # characters from which a line is rather a headline than a chapter's
_LEAD: Final = 70  # characters of a lead in which the place is named
# the two signs before the first 市, 县 … of a chain of places that ends in a police unit
_PLACE: Final = re.compile(
    r"([㐀-鿿]{2})(?:[㐀-鿿]{0,4}自治)?(?:[省市县旗州盟区]|边境|铁路|森林|林区|海岸)"
    r"[^，。；！？“]{0,12}(?:公安|派出所|交警|警方|边境|支队|大队)"
)
_LONGEST_TITLE: Final = 60  # characters of a first line that may be a title
_SAID: Final = 26  # characters of a headline that quotes speech
_SHORTEST: Final = 30  # characters of text that an article has at least
_DATED: Final = re.compile(r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|以来)")


@dataclass(frozen=True)
class Opening:
    """How an article opens: headline, what stands under it, and where its text begins."""

    start: int
    body: int
    head: tuple[int, ...]
    signed: bool = False  # a line of its own names who reports
    subtitled: bool = False  # a second title, which a dash opens
    printed: tuple[int, ...] = ()  # small print: date, source, counts


@dataclass(frozen=True)
class Draft:
    """The paragraphs of one article, those that are its headline, and what its small print says."""

    head: list[Block]
    body: list[Block]
    imprint: Imprint = field(default_factory=Imprint)
    said: list[Line] = field(default_factory=list)
    dropped: list[Line] = field(default_factory=list)


def drafts(blocks: list[Block], page: Frame) -> list[Draft]:
    """Return the articles of a page."""
    starts = _starts(blocks, page)
    ends = [*starts[1:], len(blocks)]
    parts = [blocks[start:end] for start, end in zip(starts, ends, strict=True)]
    parts = resumed(parts) if page.furnished else _sound(parts)
    several = len(parts) > 1
    return [_draft(part, page, several=several) for part in parts if part]


def _starts(blocks: list[Block], page: Frame) -> list[int]:
    """Return the places where an article begins."""
    starts = [0]
    if page.single:
        return starts
    first = opening(blocks, 0, wide=page.furnished)
    place = first.body if first else 1
    while place < len(blocks):
        found = opening(blocks, place, wide=page.furnished) if _is_over(blocks[place - 1]) else None
        if found and _evidence(blocks, starts[-1], found, page) >= ENOUGH:
            starts.append(place)
            place = found.body
        elif page.furnished and _is_caption(blocks, starts[-1], place):
            starts.append(place)
        place += 1
    return _with_siblings(blocks, starts, page)


def _with_siblings(blocks: list[Block], starts: list[int], page: Frame) -> list[int]:
    """Return the starts with those of the same column: 桃江 两小时找回失车 · 安化 铁骑开道.

    Headlines that each begin with a county are items of one kind: where one is cut off, all are.
    """
    if not any(is_local(blocks[start].text) for start in starts[1:]):
        return starts
    more = [
        place
        for place in range(1, len(blocks))
        if is_local(blocks[place].text)
        and _is_over(blocks[place - 1])
        and opening(blocks, place, wide=page.furnished)
    ]
    return sorted({*starts, *more})


def _is_caption(blocks: list[Block], begun: int, place: int) -> bool:
    """Return whether the caption of a picture from elsewhere follows a text that has its byline."""
    text, signed = blocks[place].text, closing_credit(blocks[place - 1].text)
    if not is_running(text) or not signed or is_photo_credit(signed):
        return False
    below = blocks[place + 1].text if place + 1 < len(blocks) else ""
    credit = closing_credit(text) or (closing_credit(below) if is_byline(below) else "")
    elsewhere = _place_points(blocks[begun:place], text, ended=True) > 0
    return bool(credit) and is_photo_credit(credit) and elsewhere


def _is_over(block: Block) -> bool:
    """Return whether an article may end with a paragraph."""
    text = block.text
    return is_ended(text) or bool(closing_credit(text)) or is_running(text)


def opening(blocks: list[Block], start: int, *, wide: bool) -> Opening | None:
    """Return how an article opens at ``start``, or None if no headline and text stand there.

    ``wide``: the lines of a headline may have blank lines between them.
    """
    place = start
    while (
        place < len(blocks) and place - start < _LONGEST_HEAD and _heads(blocks, place, wide=wide)
    ):
        apart = blocks[place].gap and not wide
        if place > start and (apart or is_point(blocks[place].text) or _prints(blocks[place])):
            break
        place += 1
    head = tuple(range(start, place))
    under: dict[str, list[int]] = {"printed": [], "signed": [], "subtitled": []}
    while head and place < min(len(blocks), start + BELOW) and (kind := _under(blocks[place])):
        under[kind].append(place)
        place += 1
    if wide and place + 1 < len(blocks) and is_point(blocks[place].text):  # its first chapter
        place += not is_running(blocks[place].text)
    if not head or place >= len(blocks) or not is_running(blocks[place].text):
        return None
    signed, subtitled = bool(under["signed"]), bool(under["subtitled"])
    return Opening(start, place, head, signed, subtitled, tuple(under["printed"]))


def _under(block: Block) -> str:
    """Return what a line under a headline is, if it is not yet the text."""
    if _prints(block):
        return "printed"
    if is_byline(block.text):
        return "signed"
    return "subtitled" if is_subtitle(block.text) else ""


def _heads(blocks: list[Block], place: int, *, wide: bool) -> bool:
    """Return whether a line is a headline; after a byline one may be what somebody says."""
    text = blocks[place].text
    whole = text.count("“") == text.count("”")
    said = len(text) <= _SAID and text[-1] in "！？”" and whole and not is_byline(text)
    after = wide and place > 0 and bool(closing_credit(blocks[place - 1].text))
    if is_long_title(text) and (place == 0 or after) and blocks[place + 1 : place + 2]:
        return True
    return is_headline(text) or _is_first_half(blocks, place) or (said and after)


def _is_first_half(blocks: list[Block], place: int) -> bool:
    """Return whether a line is a headline up to its comma, with the rest on the line below."""
    text, below = blocks[place].text, blocks[place + 1 : place + 2]
    rest = bool(below) and not below[0].gap and is_headline(below[0].text)
    return rest and text[-1] == "，" and is_headline(text[:-1])


def _prints(block: Block) -> bool:
    return len(block.lines) == 1 and small_print(block.lines[0]) is not None


def _evidence(blocks: list[Block], begun: int, found: Opening, page: Frame) -> int:
    """Return the points for an article that opens there, after one that began at ``begun``."""
    first, lead = blocks[found.start].text, blocks[found.body].text
    ended = _end_points(blocks, begun, found.start)
    opened = _opening_points(blocks, found)
    points = ended + opened + page.furnished
    if page.furnished or (ended and opened < 2):
        points += _place_points(blocks[begun : found.start], lead, ended=ended > 0)
    if page.furnished:
        points += len(first) >= _WEIGHTY or " " in first
        points += _closing_points(blocks, begun, found)
        points += 2 * _is_torn(blocks[found.start - 1], lead)
    if first.startswith(terms("layout.again")) or first == blocks[begun].text:
        points -= 3  # 相关新闻, or its own headline once more
    if is_point(first):  # an item of a bulletin that has nothing but items; else a chapter
        if page.furnished and _is_column(blocks, found):
            return points
        return points + 2 if page.bulletin and is_point(blocks[0].text) else 0
    return points


def _is_torn(before: Block, lead: str) -> bool:
    """Return whether a sentence stops above a headline and does not go on below it."""
    return is_running(before.text) and is_open(before.tail) and not completes(before.tail, lead)


def _is_column(blocks: list[Block], found: Opening) -> bool:
    """Return whether a column's name stands above a headline: ■警事短讯|甲警方破案|本报讯."""
    named = is_point(blocks[found.start].text) and len(found.head) > 1
    lead = blocks[found.body].text
    return named and bool(dateline(lead) or _DATED.match(lead))


def _opening_points(blocks: list[Block], found: Opening) -> int:
    """Return the points for what stands under a headline, and for how its text begins."""
    lead = blocks[found.body].text
    named = bool(dateline(lead)) or found.signed or found.subtitled
    dated = lead.startswith(terms("layout.lead")) or bool(_DATED.match(lead))
    return 2 * named + 3 * bool(found.printed) + dated


def _place_points(before: list[Block], lead: str, *, ended: bool) -> int:
    """Return 1 if a text begins in a place that the article before it never names.

    A chapter goes on where its article is: -1, unless that article is known to have ended.
    """
    place = _PLACE.search(lead[:_LEAD])
    if not place:
        return 0
    same = any(place[1] in block.text for block in before)
    return 0 - (not ended) if same else 1


def _end_points(blocks: list[Block], begun: int, start: int) -> int:
    """Return the points for an article that ended before ``start``.

    A photo credit counts in full only where no text but a caption stands above it.
    """
    credit = closing_credit(blocks[start - 1].text)
    if not credit:
        return 0
    texts = [block.text for block in blocks[begun:start] if is_running(block.text)]
    return 1 if is_photo_credit(credit) and len(texts) > 2 else 2


def _is_signed(blocks: list[Block]) -> bool:
    """Return whether the article so far names its reporter at its beginning."""
    texts = [block.text for block in blocks]
    return any(is_byline(text) or bool(reporters(text)) for text in texts[:4])


def _closing_points(blocks: list[Block], begun: int, found: Opening) -> int:
    """Return the points for a text that ends with a byline of its own before another headline.

    So may the last chapter of an article, but not where the article was signed at its beginning.
    """
    before = blocks[begun : found.start]
    for block in blocks[found.body :]:
        if closing_credit(block.text) and not is_caption(block.text):
            chapters = sum(is_headline(block.text) for block in before[_LONGEST_HEAD:])
            return 2 if _is_signed(before) else int(not chapters)
        if is_headline(block.text):
            break
    return 0


def _sound(parts: list[list[Block]]) -> list[list[Block]]:
    """Return the articles of a page without furniture: what shows no start or end is no article."""
    sound = [parts[0]]
    for part in parts[1:]:
        if _shows(part) and _shows(sound[-1]):
            sound.append(part)
        else:
            sound[-1] = [*sound[-1], *part]
    return sound


def _shows(part: list[Block]) -> bool:
    """Return whether a part has the size of an article, and shows its own start or end."""
    texts = [block.text for block in part if is_running(block.text)]
    if sum(map(len, texts)) < _SHORTEST:
        return False
    begun = opening(part, 0, wide=False)
    marked = begun is not None and (begun.signed or bool(begun.printed))
    marked = marked or is_local(part[0].text)
    return marked or bool(dateline(texts[0])) or bool(closing_credit(part[-1].text))


def _draft(part: list[Block], page: Frame, *, several: bool) -> Draft:
    """Return one article with its headline apart."""
    wide = page.furnished or several
    found = opening(part, 0, wide=wide)
    head = list(found.head) if found else _lone_head(part)
    whole = squeeze("".join(part[n].text for n in head)) == page.title
    if len(head) > 1 and not (wide or whole or _stands_clear(part, head[-1] + 1)):
        head = head[:1]  # a chapter title follows at once, or a text with one clause a line
    printed = list(found.printed) if found else _printed_below(part)
    imprint, said = Imprint(), [part[n].lines[0] for n in printed]
    for line in said:
        if piece := small_print(line):
            imprint.add(piece.imprint)
    taken = {*head, *printed}
    body = [block for n, block in enumerate(part) if n not in taken]
    heads = [part[n] for n in head]
    dropped: list[Line] = []
    if several and found and _is_column(part, found):
        dropped, heads = [*heads[0].lines, *heads[0].strays], heads[1:]
    elif page.bulletin and several and heads:
        heads[0], dropped = _unnumbered(heads[0])
    return Draft(heads, body, imprint, said, dropped)


def _lone_head(part: list[Block]) -> list[int]:
    """Return the first line if it can be a headline, of whatever shape: most articles have one."""
    first = part[0].text
    body = "。" in first or len(first) > _LONGEST_TITLE or bool(dateline(first))
    said = is_byline(first) or (len(part) > 1 and is_running(first) and not part[1].gap)
    return [] if body or said or len(part) < 2 else [0]


def _printed_below(part: list[Block]) -> list[int]:
    """Return the lines of small print between a headline and its text: a letter ends with its date."""
    running = (n for n, block in enumerate(part[1:BELOW], 1) if is_running(block.text))
    end = next(running, min(BELOW, len(part)))
    return [n for n in range(1, end) if _prints(part[n])]


def _stands_clear(part: list[Block], end: int) -> bool:
    """Return whether the text stands clear of the headline by a blank line or a second title."""
    return end < len(part) and (part[end].gap or is_subtitle(part[end].text))


def _unnumbered(block: Block) -> tuple[Block, list[Line]]:
    """Return a headline without the number of its item, and the number."""
    sign = point_of(block.text)
    if not sign:
        return block, []
    number, rest = block.lines[0].cut(len(sign))
    return Block((rest, *block.lines[1:]), block.strays), [number]
