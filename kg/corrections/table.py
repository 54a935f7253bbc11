"""The file of corrections: one row a line, made for a text editor and for git.

A line that cannot be understood is a problem with file, line and cause; it stays in the file, and
the other lines count. Blank lines and lines that begin with # are left alone.
"""

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from kg.errors import InputError, OutputError, Problem
from kg.model import RELATIONS, TYPES, Correction, Ruling

FILE: Final = "corrections.csv"
COLUMNS: Final = ("action", "article", "quote", "target", "value", "who", "when", "why")
UNDO: Final = "undo"
# What each action cannot do without, of the columns after the first.
NEEDS: Final = {
    "merge": ("quote", "target"),
    "not-same": ("article", "quote"),
    "split": ("article", "quote"),
    "retype": ("quote", "value"),
    "rename": ("quote", "value"),
    "reject": ("article",),
    "add": ("article", "quote", "target"),
    "note": ("why",),
    UNDO: ("target",),
}
_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n"}


def read_corrections(path: Path) -> tuple[list[Correction], list[Problem]]:
    """Return the rows of a file that can be understood, and what is wrong with the others.

    Raise InputError if there is a file but it cannot be read.
    """
    try:
        lines = _decoded(path.read_bytes()).split("\n")
    except FileNotFoundError:
        return [], []
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    rows, problems = [], []
    header: Sequence[str] = COLUMNS
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            cells = next(csv.reader([line.rstrip("\r")], strict=True))
            if _is_header(cells):
                header = _header(cells)
            else:
                rows.append(_row(cells, header, number))
        except (csv.Error, ValueError) as error:
            problems.append(Problem(f"{path}:{number}", str(error), fatal=False))
    return rows, problems


def read_named(path: Path) -> tuple[list[Correction], list[Problem]]:
    """Return what a file of corrections holds; raise InputError if there is no such file."""
    if not path.is_file():
        raise InputError(f"{path}: no such file of corrections")
    return read_corrections(path)


def report(path: Path, rulings: Iterable[Ruling]) -> list[Problem]:
    """Return a problem for each correction of a file that a person should look at."""
    amiss = [one for one in rulings if one.conflict or one.notice]
    return [
        Problem(
            f"{path}:{one.correction.line}",
            f"{one.correction.action}: {one.conflict or f'applied, but {one.notice}'}",
            fatal=False,
        )
        for one in sorted(amiss, key=lambda one: one.correction.line)
    ]


def append_correction(path: Path, correction: Correction) -> None:
    """Add a row at the end; what is in the file is not touched."""
    try:
        before = path.read_bytes() if path.exists() else b""
        known = _decoded(before)
        text = f"{as_line(correction)}\n"
        if _last_header(known) != list(COLUMNS):
            text = _line(COLUMNS) + text  # a header holds for the rows below it
        if known and not known.endswith("\n"):
            text = "\n" + text
        with path.open("ab") as file:
            file.write(text.encode("utf-8" if _is_utf8(before) else "gb18030"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error


def as_line(correction: Correction) -> str:
    """Return a correction as it stands in a file."""
    return _line([_escape(getattr(correction, column)) for column in COLUMNS]).rstrip("\n")


def key_of(correction: Correction) -> str:
    """Return what a correction is called: it follows from all that the row says."""
    cells = [getattr(correction, column) for column in COLUMNS]
    return hashlib.sha256(_line(cells).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def standing(rows: Iterable[Correction]) -> list[Correction]:
    """Return the rows that no later row undoes, each once."""
    kept: dict[str, Correction] = {}
    for row in rows:
        if row.action == UNDO:
            kept.pop(row.target, None)
        else:
            kept.setdefault(key_of(row), row)
    return list(kept.values())


def checked(correction: Correction) -> Correction:
    """Return a correction that says all that its action needs; raise ValueError otherwise."""
    action = correction.action
    if action not in NEEDS:
        raise ValueError(f"unknown action «{action}»; known: {', '.join(NEEDS)}")
    missing = [column for column in NEEDS[action] if not getattr(correction, column)]
    if missing:
        raise ValueError(f"{action} needs {' and '.join(missing)}")
    if action == "retype" and correction.value not in TYPES:
        raise ValueError(f"no type «{correction.value}»; known: {', '.join(TYPES)}")
    if action == "add" and correction.target not in (*TYPES, *RELATIONS):
        raise ValueError(f"«{correction.target}» is neither a type nor a relation")
    if action == "reject" and not (correction.quote or correction.target):
        raise ValueError("reject needs quote or target")
    _check_time(correction.when)
    return correction


def _check_time(when: str) -> None:
    try:
        if when:
            datetime.fromisoformat(when)
    except ValueError as error:
        raise ValueError(f"when is no date: «{when}» (2025-06-05)") from error


def _header(cells: Sequence[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    strange = [name for name in header if name not in COLUMNS]
    if strange:
        raise ValueError(f"no such column: {', '.join(strange)}; known: {', '.join(COLUMNS)}")
    return header


def _row(cells: Sequence[str], header: Sequence[str], line: int) -> Correction:
    if len(cells) > len(header):
        raise ValueError(
            f"{len(cells)} cells for {len(header)} columns: a comma in a text needs quotes round it"
        )
    said = {name: _unescape(cell.strip()) for name, cell in zip(header, cells, strict=False)}
    return checked(Correction(**said, line=line))


def _is_header(cells: Sequence[str]) -> bool:
    return COLUMNS[0] in [cell.strip() for cell in cells]


def _last_header(text: str) -> list[str]:
    found: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip().strip('"') for cell in line.split(",")]
        found = cells if _is_header(cells) else found
    return found


def _decoded(data: bytes) -> str:
    if _is_utf8(data):
        return data.decode("utf-8-sig")
    return data.decode("gb18030", "replace")  # as a spreadsheet program may save it


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text).replace("\r", "")


def _unescape(text: str) -> str:
    return "".join(_unescaped(text)) if "\\" in text else text


def _unescaped(text: str) -> Iterator[str]:
    signs = iter(text)
    for sign in signs:
        if sign != "\\":
            yield sign
            continue
        after = next(signs, "")
        yield "\n" if after == "n" else after or "\\"
