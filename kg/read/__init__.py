"""Sources → pages: which reader is for which file, and one clear line for a file that has none."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import Final

from kg.errors import InputError, Problem
from kg.model import Page
from kg.read import docx, html, jsonl, pdf, plain

# Megabytes of a page; a picture makes a file large, text does not. JSON Lines have no limit.
LARGEST: Final = {"plain": 32, "html": 32, "docx": 256, "pdf": 512}
# What a file begins with tells more than its name does.
_HEADS: Final = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "docx"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file; save it as .docx"),
    (b"{\\rtf", "rich text (RTF); save it as .docx"),
    (b"\xff\xd8\xff", "a picture (JPEG), not text"),
    (b"\x89PNG", "a picture (PNG), not text"),
    (b"GIF8", "a picture (GIF), not text"),
    (b"\x1f\x8b", "compressed (gzip); unpack it first"),
    (b"Rar!", "compressed (RAR); unpack it first"),
    (b"7z\xbc\xaf", "compressed (7z); unpack it first"),
)
_OBJECT: Final = re.compile(rb'(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*\[?\s*\{\s*"[^"]{1,40}"\s*:')


def read(path: Path) -> Iterator[Page | Problem]:
    """Yield the pages of one file, and a problem for each part of it that cannot be read.

    Raise InputError, which names the file and the cause in one line, if nothing can be read.
    """
    try:
        yield from READERS[_kind(path)](path)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def discover(paths: Iterable[Path]) -> list[Path]:
    """Return the files that ``paths`` are or hold, each once: folders are walked in sorted order.

    What is missing or holds nothing readable is kept, so that reading it says so.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_walk(path) or [path]) if path.is_dir() else {path: None})
    return list(found)


def _walk(folder: Path) -> list[Path]:
    """Return the files of supported kinds in a folder and below; hidden ones are left out."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    ]


def _kind(path: Path) -> str:
    """Return the name of the reader for a file; raise InputError if there is none."""
    status = path.stat()
    if path.is_dir():
        raise InputError(f"holds no file that can be read ({', '.join(SUFFIXES)})")
    if not S_ISREG(status.st_mode):
        raise InputError("is not a regular file")
    if not status.st_size:
        raise InputError("is empty")
    declared = SUFFIXES.get(path.suffix.lower(), "plain")
    with path.open("rb") as file:
        kind = _known(file.read(2048), declared)
    if status.st_size > LARGEST.get(kind, status.st_size) * 2**20:
        raise InputError(f"is too large for a page ({status.st_size // 2**20} MB)")
    return kind


def _known(head: bytes, declared: str) -> str:
    """Return which reader is for a file that begins so and is named so."""
    for mark, said in _HEADS:
        if head.startswith(mark):
            if said in READERS:
                return said
            raise InputError(f"is {said}")
    if declared in _BINARY:
        raise InputError(f"is named as {declared.upper()}, but is none")
    if declared == "jsonl":
        return declared
    plain_head = head.replace(b"\0", b"")  # UTF-16 too
    if html.is_markup(plain_head):
        return "html"
    if _OBJECT.match(plain_head):
        return "jsonl"
    return declared if html.has_tags(plain_head) else "plain"


READERS: Final[dict[str, Callable[[Path], Iterable[Page | Problem]]]] = {
    "plain": plain.pages,
    "html": html.pages,
    "pdf": pdf.pages,
    "docx": docx.pages,
    "jsonl": jsonl.pages,
}
SUFFIXES: Final = {
    ".txt": "plain",
    ".text": "plain",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
_BINARY: Final[Sequence[str]] = ("pdf", "docx")
