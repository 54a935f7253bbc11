"""Articles that other articles cut in two on a page torn out of its columns, put together again.

A column ends, the brief beside it follows, and behind the brief the article goes on. What goes on
with a sentence that was left open belongs to that article, and so do paragraphs that name its
stations and people and none of the brief.
"""

import functools
import re
from typing import Final

from kg.language.naming import readings
from kg.language.words import known
from kg.split.breaks import closes, completes, is_open, is_tight, opens, word_over
from kg.split.columns import Block
from kg.split.lines import closing_credit, is_caption, is_ended, is_headline, is_running

_SHORTEST: Final = 30  # characters of text that an article has before another's begin
_SCRAP: Final = 6  # characters of a last line that no paragraph consists of: 回去。
# The last two signs of a name are enough to tell the stations of one page apart.
_UNIT: Final = re.compile(r"[一-鿿]{2}(?:派出所|警务[站室]|检查站|[大支中]队|分局)")
_POST: Final = re.compile("[所站队局政处科]长|[民辅交特]警|教导员|指导员|书记|主任|教官")
_LIKELY: Final = 1.0  # the score of a name, from which it is one


def resumed(parts: list[list[Block]]) -> list[list[Block]]:
    """Return the articles of a page, each with the rest of it that stands behind a later one."""
    stories: list[list[Block]] = []
    for part in parts:
        told = [part[0]]
        stories.append(told)
        for block in part[1:]:
            told = _teller(stories, told, block)
            _tell(told, block)
    for number, later in enumerate(stories):
        for before in reversed(stories[:number]):
            rest = _named_rest(before, later)
            before.extend(later[rest.start : rest.stop])
            del later[rest.start : rest.stop]
    return stories


# -- a sentence that was left open --------------------------------------------------------------


def _teller(stories: list[list[Block]], told: list[Block], block: Block) -> list[Block]:
    """Return the story that a paragraph goes on with, which is ``told`` if nothing speaks against it."""
    if is_caption(block.text) or _is_title(block) or _goes_on(told[_tail(told)], block):
        return told
    if sum(len(one.text) for one in told if is_running(one.text)) < _SHORTEST:
        return told
    fits = [(_fit(one[_tail(one)], block), one) for one in reversed(stories) if one is not told]
    best, other = max(fits, key=lambda fit: fit[0], default=(0, told))
    return other if best else told


def _tell(story: list[Block], block: Block) -> None:
    """Add a paragraph to a story, or the rest of a sentence to what it left open."""
    last = _tail(story)
    if is_caption(block.text) or _is_title(block) or not _goes_on(story[last], block):
        story.append(block)
    else:
        story[last] = _joined(story[last], block)


def _tail(story: list[Block]) -> int:
    """Return the place of the last paragraph that is no caption."""
    return max((n for n, block in enumerate(story) if not is_caption(block.text)), default=0)


def _goes_on(last: Block, block: Block) -> bool:
    """Return whether a paragraph may begin with the rest of what the one before left open."""
    if not is_open(last.tail):
        return False
    scrap = len(block.text) <= _SCRAP and is_ended(block.text)
    return scrap or (not opens(block.text) and is_tight(last.tail, block.text))


def _fit(last: Block, block: Block) -> int:
    """Return how surely a paragraph begins with the rest of what another story left open."""
    if not is_open(last.tail) or opens(block.text):
        return 0
    if closes(last.tail, block.text):
        return 3
    if known(word_over(last.tail, block.text)):
        return 2
    scrap = len(block.text) <= _SCRAP and is_ended(block.text)
    return int(scrap or completes(last.tail, block.text))


def _is_title(block: Block) -> bool:
    return is_headline(block.text) and not is_ended(block.text)


# -- paragraphs that name what another article is about -----------------------------------------


def _named_rest(before: list[Block], part: list[Block]) -> range:
    """Return the places of the paragraphs in ``part`` that tell of the article before it."""
    story = "".join(block.text for block in before)
    for place in _ends(part):
        own = "".join(block.text for block in part[:place])
        titles = (n for n in range(place, len(part)) if _is_title(part[n]))
        found = range(place, next(titles, len(part)))
        rest = [part[n].text for n in found]
        names = [_names(text, story) for text in rest]
        if names and names[0] and not any(name in own for known in names for name in known):
            foreign = any(unit in own for text in rest for unit in _UNIT.findall(text))
            return range(0) if foreign else found
    return range(0)


def _ends(part: list[Block]) -> list[int]:
    """Return the places in an article before which it may be over."""
    size, found = 0, []
    for place, block in enumerate(part):
        over = place and (is_ended(part[place - 1].text) or closing_credit(part[place - 1].text))
        if over and size >= _SHORTEST:
            found.append(place)
        size += len(block.text) if is_running(block.text) else 0
    return found


def _names(text: str, story: str) -> set[str]:
    """Return the units and people of a story that a text names."""
    units = {unit for unit in _UNIT.findall(text) if unit in story}
    return units | {name for name in _people(story) if name in text}


@functools.lru_cache(maxsize=64)
def _people(story: str) -> frozenset[str]:
    """Return the people that a story names behind their posts."""
    found = set()
    for post in _POST.finditer(story):
        name = max(readings(story, post.end()), key=lambda one: one.score, default=None)
        if name is not None and name.score > _LIKELY:
            found.add(story[post.end() : name.end])
    return frozenset(found)


def _joined(first: Block, second: Block) -> Block:
    return Block((*first.lines, *second.lines), (*first.strays, *second.strays))
