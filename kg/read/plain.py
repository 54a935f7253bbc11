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

SPELT: Final = (
    3  # characters with their pronunciation in brackets: 開(kāi)展, as some mirrors have it
)
_TONES: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_TONED: Final = re.compile(rf"(?<=[㐀-鿿])\([a-zü]*[{_TONES}][a-zü]*\)")
_SPELLING: Final = re.compile(rf"(?<=[㐀-鿿])\([a-zü{_TONES}]{{1,6}}\)")
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
    """Return ``text`` with line feeds as its only line ends; raise InputError if it is blank.

    Radicals become the characters that they stand for, and pronunciation put in by a mirror goes.
    """
    text = _BREAKS.sub("\n", text).replace("\ufeff", "").replace("\0", "")
    if not text.strip():
        raise InputError("holds no text")
    text = _RADICAL.sub(lambda match: _character(match[0]), text)
    if len(_TONED.findall(text)) < SPELT:
        return text
    return _SPELLING.sub("", text)


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
