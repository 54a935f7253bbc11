"""A head with 长 behind it: a post (公安局长), or the first sign of a name (公安局长安分局)."""

import re
from collections.abc import Sequence
from typing import Final

from kg.language.lexicon import Mark
from kg.language.name_tables import tables
from kg.language.regions import Places
from kg.language.words import known, tagged

_LEADER: Final = "长"  # 大队长 is a person
_NOT_LEADER: Final = ("长期", "长年", "长达", "长效", "长途")
_NEXT_HEAD: Final = 8
_FIRM: Final = ("agency", "branch", "division", "station")
_RUN: Final = re.compile(r"[一-鿿、]+")
_NEAR: Final = 4
_FULL: Final = 3


def is_post(text: str, head: Mark, heads: Sequence[Mark], places: Places) -> bool:
    """Return whether 长 behind a head makes it a post (公安局长), not a name (公安局长安分局)."""
    if not text.startswith(_LEADER, head.end) or text.startswith(_NOT_LEADER, head.end):
        return False  # 该大队长期坚持
    ends = (head.end + size for size in (2, 3, 4))
    end = next((end for end in ends if places.is_name(text[head.end : end])), 0)
    return not end or not any(
        end <= other.start <= head.end + _NEXT_HEAD and _RUN.fullmatch(text, head.end, other.start)
        for other in heads
        if other.entry.value.startswith(_FIRM)
    )


def is_leader(text: str, end: int) -> bool:
    """Return whether who leads the unit that ends at ``end`` is named: 县公安局|长王强."""
    words = tagged(text[end + 1 : end + 1 + _NEAR])
    word, tag = words[0] if words else ("", "x")
    if tag.startswith("nr"):
        return True
    strange = len(word) == 1 or not known(word) or (len(word) == _FULL and tag == "ns")  # 马建国
    return strange and tables().surnames.get(word[:1]) in ("1", "2")
