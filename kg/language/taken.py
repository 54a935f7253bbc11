"""Which parts of a text are taken by names found before."""

import bisect
from collections.abc import Iterable
from typing import Protocol


class Placed(Protocol):
    """Whatever has a place in a text: a span, a name."""

    @property
    def start(self) -> int:
        """Return where it begins."""

    @property
    def end(self) -> int:
        """Return where it ends."""


class Taken:
    """Spans that no further name may reach into."""

    def __init__(self, length: int, spans: Iterable[Placed]) -> None:
        self._mask = mask = bytearray(length)
        ends = []
        for span in spans:
            start, end = span.start, span.end
            mask[start:end] = b"\1" * (end - start)
            ends.append(end)
        ends.sort()
        self.ends = ends

    def touches(self, start: int, end: int) -> bool:
        """Return whether a sign between ``start`` and ``end`` is taken."""
        return self._mask.find(1, start, end) >= 0

    def end_before(self, offset: int) -> int:
        """Return where the last taken part before ``offset`` ends, 0 if there is none."""
        index = bisect.bisect_right(self.ends, offset)
        return self.ends[index - 1] if index else 0
