"""What several tests share: the checkout, the annotated documents beside it, and small inputs."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "data" / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotated documents: beside the checkout, or where KG_SHARED says."""
    folder = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip("no annotated documents: ../shared is missing (KG_SHARED may name it)")
    return folder


@pytest.fixture(scope="session")
def scorer(shared: Path) -> ModuleType:
    """The scorer that comes with the annotated documents, as a module."""
    spec = importlib.util.spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
