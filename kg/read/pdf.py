"""placeholder for the PDF reader"""
from collections.abc import Iterator
from pathlib import Path
from kg.model import Page
from kg.errors import InputError
from kg.read.plain import clean
def pages(path: Path) -> Iterator[Page]:
    import pdfplumber
    try:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                yield Page(source=str(path), text=clean(page.extract_text()), kind="pdf")
    except Exception as error:
        raise InputError(f"not a readable PDF ({error})") from error
