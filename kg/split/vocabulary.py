"""The words of page furniture, ready for ``startswith``, ``endswith`` and patterns."""

import functools
import re

from kg.language.lexicon import lexicon


@functools.cache
def terms(klass: str) -> tuple[str, ...]:
    """Return the terms of a class, longest first."""
    return tuple(sorted(lexicon().terms(klass), key=lambda term: (-len(term), term)))


@functools.cache
def one_of(*classes: str) -> str:
    """Return a pattern part that matches any term of the classes, longest first."""
    every = {term for klass in classes for term in terms(klass)}
    return "|".join(map(re.escape, sorted(every, key=lambda term: (-len(term), term))))
