"""Committed text that a checker would not catch: no relative imports, no leftovers."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Written backwards, so that this file does not find itself.
LEFTOVERS = re.compile("|".join(word[::-1] for word in ("ODOT", "EMXIF", "rorrEdetnemelpmItoN")))
FOLDERS = ("kg", "tests", "bench", "scripts", "docs")


def files() -> list[Path]:
    suffixes = {".py", ".md", ".sh"}
    return sorted(
        path
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and "__pycache__" not in path.parts
    )


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_leftovers(path: Path) -> None:
    assert not LEFTOVERS.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((ROOT / "kg").rglob("*.py")), ids=lambda p: p.name)
def test_every_module_says_what_it_is(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith('"""'), "a module opens with its docstring"
    assert len(first) > 20
