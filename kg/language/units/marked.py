"""Which marks of the lexicon stand where several share a place."""

from collections.abc import Sequence

from kg.language.lexicon import Mark


def by_end(marks: Sequence[Mark]) -> dict[int, int]:
    """Return for each end the start of the longest mark that ends there."""
    # They come in order of place: the first is the longest, and told last here.
    return {mark.end: mark.start for mark in reversed(marks)}


def longest(marks: Sequence[Mark]) -> list[Mark]:
    """Return those of marks in order of place that no longer one covers or starts before and cuts."""
    found: list[Mark] = []
    start = end = -1  # of the last one found
    for mark in marks:
        if mark.start >= end:
            found.append(mark)
        elif mark.end > end and mark.end - mark.start > end - start:
            found[-1] = mark
        else:
            continue
        start, end = mark.start, mark.end
    return found


def compounds(marks: list[Mark]) -> set[tuple[int, str]]:
    """Return start and head of each head that only begins another word.

    A longer compound undoes a shorter one: in 公安处理, 公安处 is no head, so 公安 is one.
    """
    void: set[tuple[int, str]] = set()
    for mark in sorted(marks, key=lambda mark: mark.start - mark.end):
        if (mark.start, mark.entry.term) not in void:
            void |= {(mark.start, head) for head in mark.entry.value.split()}
    return void
