"""The pattern of many words: those with one first sign share it, so that few need be tried."""

import itertools
import re
from collections.abc import Iterable, Sequence


def alternation(terms: Iterable[str]) -> str:
    """Return the pattern of any of ``terms``, the longest tried first; it never matches nothing."""
    return _tree(sorted(set(terms))) or "(?!)"


def _tree(terms: Sequence[str]) -> str:
    """Return the pattern of sorted terms, those with one first sign joined under it."""
    branches = [
        re.escape(first) + _tree([term[1:] for term in group])
        for first, group in itertools.groupby(filter(None, terms), key=lambda term: term[0])
    ]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'' if terms[0] else '?'}"
