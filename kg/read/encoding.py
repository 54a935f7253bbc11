"""Bytes → text: what the bytes say decides, never a declaration, and never mojibake in silence.

A byte order mark is believed, then strict UTF-8 is tried. What is left is told apart by measure:
decoded as what it is, 72 % or more of a text's non-ASCII characters (40 articles, simplified and
traditional, from 60 characters up) are frequent ones of that character set; decoded as the other,
58 % at most, and for most texts not at all.
"""

import codecs
import functools
from typing import Final

from kg.errors import InputError

PLAUSIBLE: Final = 0.65
DAMAGED: Final = 0.02  # share of broken characters up to which a text is still worth reading
# A text that was decoded wrongly once and saved again: its own encoding, and the right one.
_MISREAD: Final = (("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"))
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DIGITS: Final = frozenset(map(chr, range(0xFF10, 0xFF1A)))
_SIGNS: Final = frozenset("，。、；：？！“”‘’（）《》「」『』【】—…·　～％■●◆▲★→①②③④⑤") | _DIGITS
_SAMPLE: Final = 20_000  # characters that are enough to measure
_BLANKS: Final = b"\t\n\r\f\x1b"


def decode(data: bytes) -> str:
    """Return the text of ``data``; raise InputError if it is binary or in no encoding known here."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _whole(
                data, name, f"declared as {name.removesuffix('-sig').upper()}, but is not"
            )
    if b"\0" in data:
        return _wide(data)
    if sum(byte < 32 for byte in data[:4096]) > 0.05 * len(data[:4096]) + sum(
        data[:4096].count(bytes([byte])) for byte in _BLANKS
    ):
        raise InputError("binary data, not text")
    return _narrow(data)


def plausibility(text: str, charset: str = "gb18030") -> float:
    """Return the share of the non-ASCII characters that are frequent ones of the character set."""
    foreign = [char for char in text[:_SAMPLE] if char > "\x7f"]
    usual = _usual(charset)
    return sum(char in usual for char in foreign) / len(foreign) if foreign else 1.0


def _whole(data: bytes, name: str, complaint: str) -> str:
    text = _tolerant(data, name)
    if text is None:
        raise InputError(complaint)
    return text


def _tolerant(data: bytes, name: str) -> str | None:
    """Return the decoded text without a last character that was cut off; None if it does not fit."""
    decoder = codecs.getincrementaldecoder(name)()
    try:
        return decoder.decode(data)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str:
    """Return UTF-16 without a mark: its line ends, digits and blanks have a NUL on one side only."""
    for name in ("utf-16-le", "utf-16-be"):
        text = _tolerant(data, name)
        if text and "\0" not in text and _likely(text, 0.5):
            return text
    raise InputError("binary data, not text")


def _likely(text: str, share: float) -> bool:
    """Return whether so many characters are Chinese or ASCII."""
    sample = text[:_SAMPLE]
    usual = _usual("gb18030") | _usual("big5")
    return sum(char in usual or char < "\x7f" for char in sample) >= share * len(sample)


def _narrow(data: bytes) -> str:
    text = _tolerant(data, "utf-8")
    if text is not None:
        return _mended(text)
    scored = [
        (plausibility(text, name), name, text)
        for name in ("gb18030", "big5")
        if (text := _tolerant(data, name)) is not None
    ]
    share, _, text = max(scored, default=(0.0, "", ""))
    return text if share >= PLAUSIBLE else _damaged(data)


def _damaged(data: bytes) -> str:
    """Return text of which few bytes are broken, each shown as U+FFFD."""
    for name in ("utf-8", "gb18030", "big5"):
        text = data.decode(name, errors="replace")
        charset = "big5" if name == "big5" else "gb18030"
        if text.count("\ufffd") <= DAMAGED * len(text) and plausibility(text, charset) >= PLAUSIBLE:
            return text
    raise InputError("encoding not recognised: neither UTF-8, UTF-16, GB18030 nor Big5")


def _mended(text: str) -> str:
    """Return ``text``, or what it was before it was decoded wrongly once and saved as UTF-8."""
    likely = max(plausibility(text), plausibility(text, "big5"))
    if likely >= PLAUSIBLE:
        return text
    for wrong, right in _MISREAD:
        try:
            before = text.encode(wrong).decode(right)
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if plausibility(before) > max(PLAUSIBLE, likely):
            return before
    if text.count("\ufffd") > DAMAGED * len(text):
        raise InputError("the text is damaged: too many of its characters are lost (\ufffd)")
    return text


@functools.cache
def _usual(charset: str) -> frozenset[str]:
    """Return the frequent characters of a character set: GB 2312 and Big5 list them first."""
    big5 = charset == "big5"
    leads = range(0xA4, 0xC7) if big5 else range(0xB0, 0xD8)
    trails = [*(range(0x40, 0x7F) if big5 else ()), *range(0xA1, 0xFF)]
    name = "big5" if big5 else "gb2312"
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return _SIGNS | frozenset("".join(pair.decode(name, errors="ignore") for pair in pairs))
