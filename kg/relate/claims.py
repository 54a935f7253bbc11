"""The claims of one article as they come together: each said once, with the passages that say it."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from kg.language.text import Span
from kg.model import FACTUAL, Claim, Mention, Passage

_DIGITS: Final = 12
UNDIRECTED: Final = ("cooperates_with",)


class Claims:
    """Collects claims; of two that say the same, the first that states a fact stays."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[str, ...], Claim] = {}
        self._heads: dict[tuple[str, str], set[str]] = {}
        self._passages: dict[tuple[int, int], Passage] = {}

    def add(
        self,
        relation: str,
        ends: tuple[str, str],
        passages: Iterable[Span],
        rule: str,
        status: str = "asserted",
        **attributes: str,
    ) -> None:
        """Add the claim that ``relation`` holds from the first to the second of ``ends``."""
        head, tail = ends
        if head == tail:
            return
        plain = tail and relation not in UNDIRECTED
        key = (relation, head, tail) if plain else self._key(relation, head, tail, attributes)
        old = self._found.get(key)
        if old is not None and (old.status in FACTUAL or status not in FACTUAL):
            return
        spans = list(passages)
        spans = _ordered(spans) if len(spans) > 1 else spans
        evidence = tuple([self._passage(span.start, span.end) for span in spans])
        claim_id = f"{relation}-{_digest(key)}"
        self._found[key] = Claim(claim_id, relation, head, tail, evidence, status, rule, attributes)
        if (relation, tail) in self._heads:
            self._heads[relation, tail].add(head)
        else:
            self._heads[relation, tail] = {head}

    def has(self, relation: str, head: str, tail: str) -> bool:
        """Return whether the claim is made already."""
        return self._key(relation, head, tail, {}) in self._found

    def heads(self, relation: str, tail: str) -> set[str]:
        """Return the entities of which ``relation`` to ``tail`` is claimed."""
        return self._heads.get((relation, tail), set())

    def all(self) -> list[Claim]:
        """Return the claims in the order in which they were found."""
        return list(self._found.values())

    @staticmethod
    def _key(relation: str, head: str, tail: str, attributes: Mapping[str, str]) -> tuple[str, ...]:
        if relation in UNDIRECTED and tail < head:
            head, tail = tail, head
        if tail:
            return relation, head, tail
        more = [f"{name}={value}" for name, value in sorted(attributes.items())]
        return (relation, head, tail, *more)

    def _passage(self, start: int, end: int) -> Passage:
        passage = self._passages.get((start, end))
        if passage is None:
            passage = self._passages[start, end] = Passage(start, end, self._text[start:end])
        return passage


def span_of(mention: Mention) -> Span:
    """Return where a mention stands."""
    return Span(mention.start, mention.end)


def _ordered(passages: Iterable[Span]) -> list[Span]:
    """Return the passages in order of place, without those that lie inside another."""
    kept: list[Span] = []
    for span in sorted(passages, key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def _digest(parts: tuple[str, ...]) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:_DIGITS]
