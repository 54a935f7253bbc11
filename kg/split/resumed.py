"""Articles that other articles cut in two on a page torn out of its columns, put together again.

A column ends, the brief beside it follows, and behind the brief the article goes on. What goes on
with a sentence that was left open belongs to that article, and so do paragraphs that name its
stations and people and none of the brief.
"""

import re
from typing import Final

from kg.split.breaks import is_open, is_tight, opens
from kg.split.columns import Block
from kg.split.lines import closing_credit, is_ended, is_headline, is_photo_credit, is_running
from kg.split.vocabulary import terms

_SHORTEST: Final = 30  # characters of text that an article has before another's begin
_SCRAP: Final = 6  # characters of a last line that no paragraph consists of: 回去。
# The last two signs of a name are enough to tell the stations of one page apart.
_UNIT: Final = re.compile(r"[一-鿿]{2}(?:派出所|警务[站室]|检查站|[大支中]队|分局)")
_SPEAKER: Final = re.compile(r"(?:^|[，。！？”])([一-鿿]{2,4}?)(?:介绍)?说[，：]")
_POSTED: Final = "长警员任记授"  # the last signs of posts before a person's name


def resumed(parts: list[list[Block]]) -> list[list[Block]]:
    """Return the articles of a page, each with the rest of it that stands behind a later one."""
    whole = [_around_captions(part) for part in parts]
    for number, part in enumerate(whole):
        for later in whole[number + 1 :]:
            end = max((n for n, block in enumerate(part) if not _is_caption(block)), default=0)
            place = _open_rest(part[end], later) if is_open(part[end].tail) else 0
            if place:
                part[end] = _joined(part[end], later[place])
                part.extend(later[place + 1 :])
                del later[place:]
    for number, later in enumerate(whole):
        for before in reversed(whole[:number]):
            if place := _named_rest(before, later):
                before.extend(later[place:])
                del later[place:]
    return whole


# -- a sentence that was left open --------------------------------------------------------------


def _open_rest(last: Block, part: list[Block]) -> int:
    """Return where in ``part`` the sentence goes on that ``last`` leaves open, or 0."""
    return next((place for place in _ends(part) if _goes_on(last, part[place])), 0)


def _ends(part: list[Block]) -> list[int]:
    """Return the places in an article before which it may be over."""
    size, found = 0, []
    for place, block in enumerate(part):
        over = place and (is_ended(part[place - 1].text) or closing_credit(part[place - 1].text))
        if over and size >= _SHORTEST:
            found.append(place)
        size += len(block.text) if is_running(block.text) else 0
    return found


def _goes_on(last: Block, block: Block) -> bool:
    """Return whether a paragraph begins with the rest of a sentence."""
    text = block.text
    if len(text) <= _SCRAP and is_ended(text):
        return True
    headline = is_headline(text) and not is_ended(text)
    return not headline and not opens(text) and is_tight(last.tail, text)


# -- paragraphs that name what another article is about -----------------------------------------


def _named_rest(before: list[Block], part: list[Block]) -> int:
    """Return from where on ``part`` tells of the article before it, or 0."""
    story = "".join(block.text for block in before)
    for place in _ends(part):
        own = "".join(block.text for block in part[:place])
        rest = [block.text for block in part[place:]]
        names = [_names(text, story) for text in rest]
        if names[0] and not any(name in own for known in names for name in known):
            foreign = any(unit in own for text in rest for unit in _UNIT.findall(text))
            return 0 if foreign or any(map(is_headline, rest)) else place
    return 0


def _names(text: str, story: str) -> set[str]:
    """Return the units and people of a text that another one names."""
    speakers = {name for name in _SPEAKER.findall(text) if _is_posted(name, story)}
    return speakers | {unit for unit in _UNIT.findall(text) if unit in story}


def _is_posted(name: str, story: str) -> bool:
    place = story.find(name)
    return place > 0 and story[place - 1] in _POSTED


# -- pictures -----------------------------------------------------------------------------------


def _around_captions(part: list[Block]) -> list[Block]:
    """Return an article in which no caption of a picture parts a sentence."""
    out: list[Block] = []
    for block in part:
        parted = len(out) > 1 and _is_caption(out[-1]) and is_open(out[-2].tail)
        if parted and _goes_on(out[-2], block):
            out[-2] = _joined(out[-2], block)
        else:
            out.append(block)
    return out


def _is_caption(block: Block) -> bool:
    credit = closing_credit(block.text)
    shown = block.text.startswith(terms("layout.paper"))
    return shown or (bool(credit) and is_photo_credit(credit))


def _joined(first: Block, second: Block) -> Block:
    return Block((*first.lines, *second.lines), (*first.strays, *second.strays))
