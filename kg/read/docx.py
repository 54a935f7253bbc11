"""Word files (DOCX): paragraphs, tables and text boxes in document order, heads and feet apart."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import InputError, Problem
from kg.model import Page
from kg.read.plain import clean

if TYPE_CHECKING:
    from docx.document import Document as Opened
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import _BaseHeaderFooter

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# A drawing stands in a file twice, for new and old programs; deleted text is still in it.
_UNSEEN: Final = frozenset(
    {
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
        f"{_W}del",
        f"{_W}moveFrom",
    }
)
_SIGNS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def pages(path: Path) -> Iterator[Page | Problem]:
    """Yield the page of a Word file."""
    document = _opened(path)
    heads = _lines(part._element for part in _parts(document, "header"))
    feet = _lines(part._element for part in _parts(document, "footer"))
    body = _lines([document.element.body])
    if not "".join(body).strip():
        raise InputError("holds no text (pictures only?)")
    text = clean("\n".join([*heads, *body]))
    rest = "\n".join(feet).strip("\n")
    whole = f"{text}\n{rest}" if rest else text
    remainder = ((len(text) + 1, len(whole)),) if rest else ()
    yield Page(source=str(path), text=whole, kind="docx", remainder=remainder)


def _opened(path: Path) -> "Opened":
    from docx import Document

    try:
        return Document(str(path))
    except ValueError as error:
        raise InputError("an Office file, but no Word document") from error
    except Exception as error:  # zipfile, lxml and python-docx each raise their own
        raise InputError("damaged or truncated, not a readable DOCX") from error


def _parts(document: "Opened", kind: str) -> Iterator["_BaseHeaderFooter"]:
    """Yield the heads or feet of the document, each once."""
    for section in document.sections:
        part = getattr(section, kind)
        if not part.is_linked_to_previous:
            yield part


def _lines(elements: Iterable["BaseOxmlElement"]) -> list[str]:
    """Return the text of each paragraph below the elements."""
    lines: list[str] = []
    for element in elements:
        _walk(element, lines)
    return lines


def _walk(element: "BaseOxmlElement", lines: list[str]) -> None:
    """Add a line for each paragraph; a text box inside a paragraph comes after it."""
    for child in element:
        if child.tag in _UNSEEN:
            continue
        if child.tag == f"{_W}p":
            boxes: list[BaseOxmlElement] = []
            lines.append("".join(_text(child, boxes)))
            for box in boxes:
                _walk(box, lines)
        else:
            _walk(child, lines)


def _text(element: "BaseOxmlElement", boxes: list["BaseOxmlElement"]) -> Iterator[str]:
    for child in element:
        if child.tag in _UNSEEN:
            continue
        if child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _text(child, boxes)
