"""Plain text in any Chinese encoding: one file, one page."""

from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.model import Page
from kg.read.encoding import decode


def pages(path: Path) -> Iterator[Page]:
    """Yield the page of a text file."""
    yield Page(source=str(path), text=clean(decode(path.read_bytes())), kind="plain")


def clean(text: str) -> str:
    """Return ``text`` with ``\\n`` line ends; raise InputError if nothing is left to read."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    if not text.strip():
        raise InputError("holds no text")
    return text
