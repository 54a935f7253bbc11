"""Ids that follow from content: the same thing gets the same id in every article and run."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_UNSAFE: Final = re.compile(r"[^0-9A-Za-z㐀-䶿一-鿿_-]+")


def local_name(*parts: str) -> str:
    """Return a readable id of letters, digits, Han, - and _ (RDF.md: safe in every writer)."""
    cleaned = [_UNSAFE.sub("", unicodedata.normalize("NFKC", part)) for part in parts]
    return "-".join(part for part in cleaned if part)


def unit_id(key: Sequence[str], name: str, code: str, article: str) -> str:
    """Return the id of a unit; without a region its name alone could be anybody's."""
    del key
    return local_name("unit", code or article, name)
