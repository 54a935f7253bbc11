"""Fill the built templates of the front end: every script and style named by its hash.

A value is put in once, in the order in which the places stand, so that no value is read as a place.
"""

import base64
import hashlib
from functools import cache
from typing import Final

from kg.errors import DataError
from kg.resources import VIZ

_DIST: Final = VIZ / "dist"


def policy(scripts: list[str], styles: list[str], more: str = "") -> str:
    """Return a Content Security Policy that allows these scripts and styles and nothing else."""
    return (
        f"default-src 'none'; script-src {_digests(scripts)}; style-src {_digests(styles)}; {more}"
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digests(texts: list[str]) -> str:
    return " ".join(map(_digest, texts))


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(raw).decode('ascii')}'"


def fill(name: str, parts: list[tuple[str, str]]) -> str:
    """Return a built template with each {{place}} filled, in the order they stand."""
    out, rest = [], asset(name)
    for place, value in parts:
        before, mark, rest = rest.partition("{{" + place + "}}")
        if not mark:
            raise DataError(f"{_DIST / name}: no place for {place}")
        out += [before, value]
    return "".join([*out, rest])


def escaped(text: str) -> str:
    """Return ``text`` as it stands in an element or a quoted attribute."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    return text


@cache
def asset(name: str) -> str:
    """Return one built file of the front end, without anything that would end its element."""
    try:
        text = (_DIST / name).read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{_DIST / name}: {error.strerror or error}") from error
    if name.endswith((".js", ".css")) and ("</script" in text or "</style" in text):
        raise DataError(f"{_DIST / name}: would end its own element")
    return text
