"""Which marks of the lexicon stand where several share a place."""

from collections.abc import Iterator, Sequence

from kg.language.lexicon import Mark


def by_end(marks: Sequence[Mark]) -> dict[int, int]:
    """Return for each end the start of the longest mark that ends there."""
    table: dict[int, int] = {}
    for mark in marks:
        if mark.end not in table:  # they come in order of place, so the first is the longest
            table[mark.end] = mark.start
    return table


def longest(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield those of marks in order of place that no longer one covers or starts before and cuts."""
    kept: Mark | None = None
    for mark in marks:
        if kept is None or mark.start >= kept.end:
            if kept is not None:
                yield kept
            kept = mark
        elif mark.end > kept.end and mark.end - mark.start > kept.end - kept.start:
            kept = mark
    if kept is not None:
        yield kept


def compounds(marks: list[Mark]) -> set[tuple[int, str]]:
    """Return start and head of each head that only begins another word.

    A longer compound undoes a shorter one: in 公安处理, 公安处 is no head, so 公安 is one.
    """
    void: set[tuple[int, str]] = set()
    for mark in sorted(marks, key=lambda mark: mark.start - mark.end):
        if (mark.start, mark.entry.term) not in void:
            void |= {(mark.start, head) for head in mark.entry.value.split()}
    return void
