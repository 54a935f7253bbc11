"""The documents say what is so: pages made from data are up to date, links lead somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = ["README.md", "README.zh-CN.md", "CHANGELOG.md", "data/README.md"]


def test_made_pages_are_up_to_date(root: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "scripts/build_docs.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def pages(root: Path) -> list[Path]:
    return [*(root / name for name in DOCS), *sorted((root / "docs").glob("*.md"))]


def test_links_lead_to_files(root: Path) -> None:
    for page in pages(root):
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_that_is_named_exists(root: Path, name: str) -> None:
    known = {"build", "extract", "validate", "evaluate", "view", "query", "push", "explain"}
    known |= {"add", "remove", "correct"}
    said = set(re.findall(r"^kg ([a-z]+)", (root / name).read_text(encoding="utf-8"), re.MULTILINE))
    assert said <= known
    assert known - said == set(), "every command is in the manual"
