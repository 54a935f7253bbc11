"""Articles that other articles cut in two on a page torn out of its columns, put together again.

A column ends, the brief beside it follows, and behind the brief the article goes on. What goes on
with a sentence that was left open belongs to that article, and so do paragraphs that name its
stations and people and none of the brief's.
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
_NEAR: Final = 8  # articles back in which what a paragraph goes on with is looked for
_STATION: Final = re.compile(r"[一-鿿]{2}(?:派出所|警务[站室]|检查站)")
_POST: Final = re.compile("[所站队局政处科]长|[民辅交特]警|教导员|指导员|书记|主任|教官")
_LIKELY: Final = 1.0  # the score of a name, from which it is one

Story = list[Block]


def resumed(parts: list[Story]) -> list[Story]:
    """Return the articles of a page, each with the rest of it that stands behind a later one."""
    stories: list[Story] = []
    for part in parts:
        current = [part[0]]
        stories.append(current)
        for block in part[1:]:
            current = _teller(stories, current, block)
            _tell(current, block)
    for number, story in enumerate(stories):
        for before in reversed(stories[max(0, number - _NEAR) : number]):
            moved = _named_rest(before, story)
            before.extend(story[moved.start : moved.stop])
            del story[moved.start : moved.stop]
    return stories


# -- a sentence that was left open --------------------------------------------------------------


def _teller(stories: list[Story], current: Story, block: Block) -> Story:
    """Return the story that a paragraph goes on with: ``current`` unless another must go on."""
    if is_caption(block.text) or _is_title(block) or _goes_on(current[_tail(current)], block):
        return current
    if not _is_told(current):
        return current
    others = [one for one in reversed(stories[-_NEAR:]) if one is not current]
    fits = [(_fit(one[_tail(one)], block), one) for one in others]
    best, other = max(fits, key=lambda fit: fit[0], default=(0, current))
    return other if best else current


def _is_told(story: Story) -> bool:
    """Return whether an article has text enough to be one by itself."""
    size = 0
    for block in story:
        size += len(block.text) if is_running(block.text) else 0
        if size >= _SHORTEST:
            return True
    return False


def _tell(story: Story, block: Block) -> None:
    """Add a paragraph to a story, or the rest of a sentence to what it left open."""
    last = _tail(story)
    if is_caption(block.text) or _is_title(block) or not _goes_on(story[last], block):
        story.append(block)
    else:
        story[last] = _joined(story[last], block)


def _tail(story: Story) -> int:
    """Return the place of the last paragraph that is no caption."""
    places = range(len(story) - 1, -1, -1)
    return next((n for n in places if not is_caption(story[n].text)), 0)


def _goes_on(last: Block, block: Block) -> bool:
    """Return whether a paragraph may begin with the rest of what the one before left open."""
    if not is_open(last.tail):
        return False
    return _is_scrap(block) or (not opens(block.text) and is_tight(last.tail, block.text))


def _fit(last: Block, block: Block) -> int:
    """Return how surely a paragraph begins with the rest of what another story left open."""
    if not is_running(last.text) or not is_open(last.tail) or opens(block.text):
        return 0
    if closes(last.tail, block.text):
        return 3
    if known(word_over(last.tail, block.text)):
        return 2
    return int(_is_scrap(block) or completes(last.tail, block.text))


def _is_scrap(block: Block) -> bool:
    return len(block.text) <= _SCRAP and is_ended(block.text)


def _is_title(block: Block) -> bool:
    return is_headline(block.text) and not is_ended(block.text)


# -- paragraphs that name what another article is about -----------------------------------------


def _named_rest(before: Story, story: Story) -> range:
    """Return the places of the paragraphs in a story that tell of the article before it.

    An article that is signed at its end goes on nowhere; two that name the same station are told
    apart by nothing.
    """
    names = _names("".join(block.text for block in before))
    first = next((n for n, block in enumerate(before) if is_running(block.text)), 0)
    if not names or _is_signed(before[first:]):
        return range(0)
    own = story[0].text
    for place in range(1, len(story)):
        if any(name in own for name in names):
            return range(0)
        told = story[place].text
        if _may_end(own, story[place - 1]) and any(_is_of(told, name) for name in names):
            titles = (n for n in range(place, len(story)) if _is_title(story[n]))
            found = range(place, next(titles, len(story)))
            return found if _is_apart(own, [story[n] for n in found]) else range(0)
        own += told
    return range(0)


def _is_of(text: str, name: str) -> bool:
    """Return whether a paragraph goes on with somebody, who does not only help too (甲所也派员)."""
    return name in text and not any(f"{name}{word}" in text for word in ("也", "民警也", "还"))


def _may_end(text: str, last: Block) -> bool:
    """Return whether an article may be over with its ``last`` paragraph."""
    over = is_ended(last.text) or bool(closing_credit(last.text))
    return over and is_running(last.text) and len(text) >= _SHORTEST


def _is_apart(own: str, moved: list[Block]) -> bool:
    """Return whether paragraphs name nothing of the article they stand in, nor sign it."""
    names = _names(own)
    return not _is_signed(moved) and not any(
        name in block.text for block in moved for name in names
    )


def _is_signed(blocks: list[Block]) -> bool:
    return any(closing_credit(block.text) and not is_caption(block.text) for block in blocks)


@functools.lru_cache(maxsize=256)
def _names(text: str) -> frozenset[str]:
    """Return the stations that a text names, by their last two signs, and people behind posts.

    Divisions are left out: every bureau has a 交警大队.
    """
    found = set(_STATION.findall(text))
    for post in _POST.finditer(text):
        name = max(readings(text, post.end()), key=lambda one: one.score, default=None)
        if name is not None and name.score > _LIKELY:
            found.add(text[post.end() : name.end])
    return frozenset(found)


def _joined(first: Block, second: Block) -> Block:
    return Block((*first.lines, *second.lines), (*first.strays, *second.strays))
