"""placeholder for the web page reader"""
from collections.abc import Iterator
from pathlib import Path
import re
from kg.model import Page
from kg.read.encoding import decode
from kg.read.plain import clean
def is_markup(head: bytes) -> bool:
    return bool(re.match(rb"\s*(<!doctype html|<html|<\?xml)", head.removeprefix(b"\xef\xbb\xbf"), re.I))
def pages(path: Path) -> Iterator[Page]:
    import trafilatura
    text = trafilatura.extract(decode(path.read_bytes())) or ""
    yield Page(source=str(path), text=clean(text), kind="html")
