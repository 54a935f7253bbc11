"""placeholder for the Word reader"""
from collections.abc import Iterator
from pathlib import Path
from kg.model import Page
from kg.errors import InputError
from kg.read.plain import clean
def pages(path: Path) -> Iterator[Page]:
    from docx import Document
    try:
        document = Document(str(path))
    except Exception as error:
        raise InputError("not a readable DOCX (damaged or of another kind)") from error
    yield Page(source=str(path), text=clean("\n".join(p.text for p in document.paragraphs)), kind="docx")
