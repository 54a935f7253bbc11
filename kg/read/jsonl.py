"""JSON Lines: one article a line, read one line at a time; a bad line costs itself only."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from kg.errors import InputError, Problem
from kg.language.imprint import credits_in, iso_date
from kg.language.lexicon import lexicon
from kg.language.text import squeeze
from kg.model import Credit, Page
from kg.read.encoding import decode

LONGEST: Final = 64 * 1024 * 1024  # bytes of a line
REPORTED: Final = 20  # bad lines that are named one by one


def pages(path: Path) -> Iterator[Page | Problem]:
    """Yield a page for each article and a problem for each bad line; raise if there is no good one."""
    good, bad, first = 0, 0, ""
    for number, raw in _lines(path):
        try:
            page = _page(raw, path)
        except InputError as error:
            bad += 1
            first = first or f"line {number}: {error}"
            if good and bad <= REPORTED:
                yield Problem(str(path), f"line {number}: {error}", fatal=False)
            continue
        if not good and bad:
            yield Problem(str(path), first + _more(bad - 1), fatal=False)
        good += 1
        yield page
    if not good:
        raise InputError(f"{first}{_more(bad - 1)}" if bad else "holds no text")
    if bad > REPORTED:
        yield Problem(str(path), f"{bad} bad lines in all", fatal=False)


def _more(count: int) -> str:
    return f" (and {count} more)" if count > 0 else ""


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers; the items of an array are lines too."""
    with path.open("rb") as file:
        head = file.read(64)
        file.seek(0)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            lines = iter(decode(file.read()).encode().splitlines(keepends=True))
        elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            lines = iter(_items(file.read()))
        elif head.split(b"\n")[0].strip().removeprefix(b"\xef\xbb\xbf") == b"{":
            lines = iter([file.read()])  # one object, laid out over lines
        else:
            lines = iter(lambda: file.readline(LONGEST + 1), b"")
        for number, line in enumerate(lines, 1):
            if line.strip().removeprefix(b"\xef\xbb\xbf"):
                yield number, line


def _items(raw: bytes) -> list[bytes]:
    """Return the items of a JSON array; what is none stands as it is, to be reported."""
    try:
        return [bytes(item) for item in msgspec.json.decode(decode(raw), type=list[msgspec.Raw])]
    except msgspec.DecodeError:
        return raw.splitlines(keepends=True)


def _page(raw: bytes, path: Path) -> Page:
    """Return the page of one line; raise InputError with the cause if it is none."""
    if len(raw) > LONGEST:
        raise InputError(f"longer than {LONGEST // 2**20} MB")
    try:
        said = msgspec.json.decode(decode(raw))
    except msgspec.DecodeError as error:
        raise InputError(f"not JSON ({_reason(error)})") from error
    if not isinstance(said, dict):
        raise InputError("not a JSON object")
    fields = _fields(said)
    title, text = fields.get("title", ""), fields.get("text", "")
    if not text.strip():
        raise InputError("no text")
    return Page(
        source=str(path),
        text=_titled(title, text.replace("\r\n", "\n").replace("\r", "\n")),
        kind="jsonl",
        outlet=fields.get("outlet", ""),
        date=iso_date(fields.get("date", "")),
        number=fields.get("number", ""),
        section=fields.get("section", ""),
        title=title,
        credits=_credits(said),
    )


def _reason(error: msgspec.DecodeError) -> str:
    return str(error).removeprefix("JSON is malformed: ")


def _titled(title: str, text: str) -> str:
    """Return the text with its title before it, unless it begins with it."""
    own = squeeze(text).startswith(squeeze(title))
    return text if own or not title else f"{title}\n{text}"


def _fields(said: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that we know, by our own names; the first that says something counts."""
    known = lexicon().terms("layout.field")
    found: dict[str, str] = {}
    for key, value in said.items():
        name = known.get(key)
        if name and isinstance(value, str | int) and not found.get(name):
            found[name] = str(value) if name == "text" else " ".join(str(value).split())
    return found


def _credits(said: Mapping[str, Any]) -> tuple[Credit, ...]:
    """Return who is named in the fields for bylines and editors."""
    known = lexicon().terms("layout.field")
    found: list[Credit] = []
    for key, value in said.items():
        names = "、".join(map(str, value)) if isinstance(value, list) else value
        if isinstance(names, str) and known.get(key) in {"byline", "editor"}:
            found += _parsed(names, known[key])
    return tuple(dict.fromkeys(found))


def _parsed(names: str, field: str) -> list[Credit]:
    if "=" in names:  # author=闫临宏; photo=林茵, as kg extract prints it
        pairs = (pair.partition("=") for pair in names.split(";"))
        return [Credit(role.strip(), name.strip()) for role, _, name in pairs if name.strip()]
    return [Credit(field if field == "editor" else c.role, c.name) for c in credits_in(names)]
