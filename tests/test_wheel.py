"""What is shipped works without the checkout: sdist → wheel → empty environment → main job."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest


def run(*command: str | Path, cwd: Path) -> str:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=inherited,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and from it the wheel, as a release would."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, root, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing of ours but the wheel; dependencies come from this one.

    A path file lends the packages installed here without running the path files among them, so
    that an editable install of the checkout stays out.
    """
    home = tmp_path_factory.mktemp("empty") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home.parent)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "--no-deps", "--no-index", wheel, cwd=home.parent)
    lent = sysconfig.get_path("purelib")
    packages = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home.parent
    )
    Path(packages.strip(), "lent.pth").write_text(lent + "\n", encoding="utf-8")
    return home


def test_the_wheel_holds_the_data_and_the_page_but_no_samples(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("kg/cli.py", "kg/data/lexicons/", "kg/data/gazetteer/", "kg/viz/dist/"):
        assert any(name.startswith(part) for name in names), part
    assert any("/licenses/LICENSE" in name for name in names)
    assert not [name for name in names if "samples" in name or "node_modules" in name]


def test_the_main_job_runs_from_any_folder(
    environment: Path, samples: Path, tmp_path: Path
) -> None:
    shutil.copy(samples / "gansu-luqu-gb18030.txt", tmp_path)
    where = run(environment / "bin" / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(environment)
    kg = environment / "bin" / "kg"
    run(kg, "build", "gansu-luqu-gb18030.txt", "-o", "out", cwd=tmp_path)
    page = (tmp_path / "out" / "explorer.html").read_text(encoding="utf-8")
    assert "<script" in page
    said = (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8")
    assert "碌曲县公安局" in said
