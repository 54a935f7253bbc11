"""The built front end is what its sources give: same tools, same bytes; its types hold."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browsing import VIZ, install, missing


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources with freshly installed tools, away from the checkout."""
    folder = tmp_path_factory.mktemp("viz")
    install(folder)
    shutil.copytree(VIZ / "src", folder / "src")
    for name in ("build.mjs", "tsconfig.json"):
        shutil.copy(VIZ / name, folder / name)
    return folder


def run(folder: Path, *command: str) -> str:
    node = shutil.which("node")
    if node is None:
        missing("node")
    done = subprocess.run(
        [str(node), *command], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_rebuild_gives_the_committed_bytes(workshop: Path) -> None:
    run(workshop, "build.mjs")
    ours = {path.name: path.read_bytes() for path in (VIZ / "dist").iterdir()}
    theirs = {path.name: path.read_bytes() for path in (workshop / "dist").iterdir()}
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_the_types_hold(workshop: Path) -> None:
    run(workshop, "node_modules/typescript/bin/tsc", "--noEmit")


def test_nothing_is_vendored_and_every_tool_is_pinned() -> None:
    package = json.loads((VIZ / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package, "the page has no run-time library"
    assert all(version[0].isdigit() for version in package["devDependencies"].values())


def test_modules_are_small() -> None:
    longest = max((VIZ / "src").rglob("*.ts"), key=lambda path: len(path.read_text().splitlines()))
    assert len(longest.read_text().splitlines()) < 400, longest
