"""Plain text in any Chinese encoding: one file, one page."""

import functools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.errors import InputError, Problem
from kg.language.lexicon import lexicon
from kg.model import Page
from kg.read.encoding import decode

_RADICAL: Final = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")
LOST: Final = "\ufffd"  # stands for what could not be decoded
_BREAKS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


def pages(path: Path) -> Iterator[Page | Problem]:
    """Yield the page of a text file."""
    text = text_of(path)
    yield from damage(path, text)
    yield Page(source=str(path), text=text, kind="plain")


def text_of(path: Path) -> str:
    """Return the text of a file; raise InputError if there is none."""
    return clean(decode(path.read_bytes()))


def clean(text: str) -> str:
    """Return ``text`` with line feeds as its only line ends; raise InputError if it is blank."""
    text = _BREAKS.sub("\n", text).replace("\ufeff", "").replace("\0", "")
    if not text.strip():
        raise InputError("holds no text")
    return _RADICAL.sub(lambda match: _character(match[0]), text)


@functools.cache
def _character(radical: str) -> str:
    """Return the character that a radical sign looks like: many PDF files hold ⺠ for 民."""
    known = lexicon().terms("layout.radical").get(radical)
    return known or unicodedata.normalize("NFKC", radical)


def damage(path: Path, text: str) -> Iterator[Problem]:
    """Yield a problem if characters were lost before or while the text was read."""
    if lost := text.count(LOST):
        reason = f"{lost} damaged characters, shown as {LOST}"
        yield Problem(str(path), reason, fatal=False)
