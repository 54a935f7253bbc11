"""Ids that follow from content: the same thing gets the same id in every article and run."""

import re
import unicodedata
from typing import Final

_UNSAFE: Final = re.compile(r"[^0-9A-Za-z㐀-䶿一-鿿_-]+")


def local_name(*parts: str) -> str:
    """Return a readable id of letters, digits, Han, - and _ (RDF.md: safe in every writer)."""
    cleaned = [_UNSAFE.sub("", unicodedata.normalize("NFKC", part)) for part in parts]
    return "-".join(part for part in cleaned if part)
