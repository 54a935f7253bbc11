"""Which parts of a text are taken by names found before."""

import bisect
from collections.abc import Iterable

from kg.language.text import Span


class Taken:
    """Spans that no further name may reach into."""

    def __init__(self, length: int, spans: Iterable[Span]) -> None:
        self._mask = bytearray(length)
        ends = set()
        for span in spans:
            self._mask[span.start : span.end] = b"\1" * (span.end - span.start)
            ends.add(span.end)
        self.ends = sorted(ends)

    def touches(self, start: int, end: int) -> bool:
        """Return whether a sign between ``start`` and ``end`` is taken."""
        return self._mask.find(1, start, end) >= 0

    def end_before(self, offset: int) -> int:
        """Return where the last taken part before ``offset`` ends, 0 if there is none."""
        index = bisect.bisect_right(self.ends, offset)
        return self.ends[index - 1] if index else 0
