"""PDF files with a text layer: a newspaper sheet is a page, the leaves of a document are one page."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import InputError, Problem
from kg.model import Page
from kg.read.encoding import PLAUSIBLE, plausibility
from kg.read.layout import Piece, paragraphs, texts
from kg.read.plain import clean

if TYPE_CHECKING:
    from pdfplumber.page import Page as Leaf

SHEET: Final = 1000.0  # points; a side that long makes a newspaper sheet (A4 is 842, A3 1191)
UNMAPPED: Final = 0.02  # share of characters without a known meaning that is borne
_CID: Final = re.compile(r"\(cid:\d+\)")
_LEAF: Final = re.compile(
    r"[-—–·\s]*(?:第\s*)?[0-9]{1,4}(?:\s*页)?(?:\s*[/共]\s*[0-9]{1,4}\s*页?)?[-—–·\s]*"
)


def pages(path: Path) -> Iterator[Page | Problem]:
    """Yield the pages of a PDF file; raise InputError if it has no text that can be read."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings are about drawing
    sheets, scans = _sheets(path)
    if not sheets:
        reason = "no text layer (a scan?); recognise its text first" if scans else "no pages"
        raise InputError(f"holds {reason}" if not scans else f"has {reason}")
    if scans:
        listed = ", ".join(map(str, scans[:10])) + (", …" if len(scans) > 10 else "")
        yield Problem(str(path), f"no text layer on page {listed}", fatal=False)
    if any(broad for _, broad in sheets):
        for text, _ in sheets:
            yield Page(source=str(path), text=clean(text), kind="pdf")
    else:
        text, rest = _bound([text for text, _ in sheets])
        yield Page(source=str(path), text=text, kind="pdf", remainder=rest)


def _sheets(path: Path) -> tuple[list[tuple[str, bool]], list[int]]:
    """Return the text of each page with whether it is a newspaper sheet, and the numbers of scans."""
    import pdfplumber

    sheets, scans = [], []
    try:
        with pdfplumber.open(path) as document:
            for number, page in enumerate(document.pages, 1):
                text = texts(paragraphs(_pieces(page)))
                if text.strip():
                    sheets.append((_mapped(text), max(page.width, page.height) > SHEET))
                else:
                    scans.append(number)
                page.close()
    except InputError:
        raise
    except Exception as error:  # pdfminer raises whatever its parsers run into
        raise InputError(_reason(error)) from error
    return sheets, scans


def _reason(error: Exception) -> str:
    names = " ".join(type(one).__name__ for one in (error, error.__cause__, *error.args))
    if "Password" in names or "Encrypt" in names:
        return "is protected by a password"
    return "damaged or truncated, not a readable PDF"


def _pieces(page: "Leaf") -> list[Piece]:
    words = page.extract_words(
        x_tolerance_ratio=0.5, keep_blank_chars=True, use_text_flow=False, extra_attrs=["size"]
    )
    return [
        Piece(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])
        for word in words
        if word["text"].strip()
    ]


def _mapped(text: str) -> str:
    """Return the text; raise InputError if its fonts do not say what their signs mean."""
    lost = len(_CID.findall(text))
    if lost > UNMAPPED * len(text) or plausibility(text) < PLAUSIBLE / 2:
        raise InputError(
            "its fonts do not tell which characters they show; recognise its text first"
        )
    return _CID.sub("\ufffd", text)


def _bound(leaves: list[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the leaves of a document as one text; page numbers and running heads are remainder."""
    heads = Counter(leaf.strip().split("\n")[0] for leaf in leaves)
    text, rest = "", []
    for number, leaf in enumerate(leaves):
        lines = clean(leaf).strip("\n").split("\n")
        for place, line in enumerate(lines):
            edge = place in {0, 1, len(lines) - 1, len(lines) - 2}
            running = number > 0 and place == 0 and heads[line] > 1
            if edge and len(leaves) > 1 and (running or _LEAF.fullmatch(line)):
                rest.append((len(text), len(text) + len(line)))
            text += line + "\n"
    return text, tuple(rest)
