"""Lay a predicted document over an annotated one: spans first, then entities one to one."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.evaluate.annotation import Document, Mark, Node

Span = tuple[int, int]

# Entities of these types are paired by the overlap of their mentions: their names say little.
BY_OVERLAP: Final = frozenset({"ACT", "METHOD", "GROUP", "TIME"})
SAME_PLACE: Final = 0.5  # the least overlap (intersection over union) of two spans of one thing


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark with its span in the annotated text without white space.

    A span outside that text is negative and equals no other.
    """

    mark: Mark
    span: Span


@dataclass(frozen=True, slots=True)
class Overlay:
    """Two documents in one system of offsets. ``text`` is the gold text without white space."""

    gold: Document
    guess: Document
    text: str
    gold_marks: tuple[Placed, ...]
    guess_marks: tuple[Placed, ...]

    def spans(self, marks: Iterable[Placed]) -> dict[str, list[Span]]:
        """Return the spans of each entity."""
        spans: dict[str, list[Span]] = defaultdict(list)
        for placed in marks:
            spans[placed.mark.entity].append(placed.span)
        return spans

    def is_optional(self, placed: Placed) -> bool:
        """Return whether a gold mark may be missed, itself or through its entity."""
        return placed.mark.optional or self.gold.nodes[placed.mark.entity].optional


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which predicted entity is which annotated one, and which need no partner."""

    guess_of: Mapping[str, str]
    gold_of: Mapping[str, str]
    optional: frozenset[str]  # annotated entities that nobody asks for
    forgiven: frozenset[str]  # predicted entities without a partner that count for nothing


def squeeze(text: str) -> str:
    """Return ``text`` without white space."""
    return "".join(char for char in text if not char.isspace())


def overlap(one: Span, two: Span) -> float:
    """Return intersection over union of two spans."""
    shared = max(0, min(one[1], two[1]) - max(one[0], two[0]))
    union = (one[1] - one[0]) + (two[1] - two[0]) - shared
    return shared / union if shared else 0.0


def lay_over(gold: Document, guess: Document) -> Overlay:
    """Return both documents' marks in offsets into the gold text without white space."""
    text, other = squeeze(gold.text), squeeze(guess.text)
    same = {at: at for at in range(len(text))}
    return Overlay(
        gold=gold,
        guess=guess,
        text=text,
        gold_marks=tuple(_placed(gold, same)),
        guess_marks=tuple(_placed(guess, _offsets(other, text))),
    )


def _offsets(text: str, gold: str) -> dict[int, int]:
    """Return where each character of ``text`` stands in ``gold``, as far as the two agree."""
    if text == gold:
        return {at: at for at in range(len(text))}
    blocks = difflib.SequenceMatcher(None, text, gold, autojunk=False).get_matching_blocks()
    return {a + k: b + k for a, b, size in blocks for k in range(size)}


def _placed(document: Document, offsets: Mapping[int, int]) -> Iterator[Placed]:
    kept = (at for at, char in enumerate(document.text) if not char.isspace())
    squeezed = {at: index for index, at in enumerate(kept)}
    for number, mark in enumerate(document.marks):
        inside = [squeezed[at] for at in range(mark.start, mark.end) if at in squeezed]
        known = [offsets[at] for at in inside if at in offsets]
        if known and len(known) == len(inside):
            yield Placed(mark, (min(known), max(known) + 1))
        else:
            yield Placed(mark, (-number - 1, -number - 1))


def pair_nodes(overlay: Overlay) -> Pairing:
    """Return the best one-to-one pairing of predicted with annotated entities, best pair first."""
    guess_of: dict[str, str] = {}
    gold_of: dict[str, str] = {}
    for *_, gold, guess in sorted(_options(overlay), reverse=True):
        if gold not in guess_of and guess not in gold_of:
            guess_of[gold] = guess
            gold_of[guess] = gold
    return Pairing(
        guess_of=guess_of,
        gold_of=gold_of,
        optional=_optional(overlay.gold, overlay.gold_marks),
        forgiven=_forgiven(overlay, gold_of),
    )


def _options(overlay: Overlay) -> Iterator[tuple[float, bool, int, str, str]]:
    gold_spans, guess_spans = overlay.spans(overlay.gold_marks), overlay.spans(overlay.guess_marks)
    for gold in overlay.gold.nodes.values():
        for guess in overlay.guess.nodes.values():
            if gold.type != guess.type:
                continue
            ones, twos = gold_spans.get(gold.id, []), guess_spans.get(guess.id, [])
            value = _likeness(gold, guess, _best(ones, twos))
            if value:
                yield value, not gold.optional, len({*ones} & {*twos}), gold.id, guess.id


def _best(ones: Sequence[Span], twos: Sequence[Span]) -> float:
    return max((overlap(one, two) for one in ones for two in twos), default=0.0)


def _likeness(gold: Node, guess: Node, best: float) -> float:
    if gold.type in BY_OVERLAP:
        return best if best >= SAME_PLACE else 0.0
    if not _forms(gold) & _forms(guess):
        return 0.0
    return 1.0 + best + (squeeze(gold.name) == squeeze(guess.name))


def _forms(node: Node) -> set[str]:
    return {squeeze(form) for form in (node.name, *node.aliases)}


def _optional(document: Document, marks: Iterable[Placed]) -> frozenset[str]:
    """Return the entities that are optional themselves or in each of their mentions."""
    flags: dict[str, list[bool]] = defaultdict(list)
    for placed in marks:
        flags[placed.mark.entity].append(placed.mark.optional)
    return frozenset(
        node.id
        for node in document.nodes.values()
        if node.optional or (flags[node.id] and all(flags[node.id]))
    )


def _forgiven(overlay: Overlay, gold_of: Mapping[str, str]) -> frozenset[str]:
    spans = overlay.spans(overlay.guess_marks)
    lenient = [placed.span for placed in overlay.gold_marks if overlay.is_optional(placed)]
    optional = _optional(overlay.guess, overlay.guess_marks)
    return frozenset(
        node
        for node in overlay.guess.nodes
        if node not in gold_of
        and (node in optional or _best(spans.get(node, []), lenient) >= SAME_PLACE)
    )
