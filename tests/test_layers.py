"""The shape of the code: who may import whom, how long a module and a function may be."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

KG = Path(__file__).parents[1] / "kg"

# Lower layers first. A module imports only from layers below its own, or from its own package.
LAYERS = [
    {"errors", "records", "resources", "terms"},
    {"model"},
    {"gazetteer", "ontology"},
    {"local_names"},
    {"language"},
    {"read", "split"},
    {"recognise"},
    {"resolve"},
    {"relate"},
    {"graph"},
    {"across", "corrections"},
    {"export"},
    {"query", "evaluate"},
    {"restore"},
    {"push", "serve", "validate"},
    {"pipeline"},
    {"engine"},
    {"store"},
    {"console"},
    {"cli_store"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# kg/__init__.py only forwards names, and only when they are asked for.
MODULES = sorted(path for path in KG.rglob("*.py") if path != KG / "__init__.py")
LONGEST_MODULE = 400
LONGEST_BODY = 50


def name_of(path: Path) -> str:
    return path.relative_to(KG).as_posix()


def layer(path: Path) -> str:
    return path.relative_to(KG).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Return the dotted kg names that a file imports, wherever the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "absolute imports only"
            found |= {source(node.module or "", alias.name) for alias in node.names}
    return {name for name in found if name.startswith("kg.")}


def source(module: str, name: str) -> str:
    """Return what ``from module import name`` loads: a module of that name, or the module."""
    file = KG.parent.joinpath(*module.split("."), name)
    inside = file.is_dir() or file.with_suffix(".py").is_file()
    return f"{module}.{name}" if inside else module


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function with the length of its body, the docstring left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            yield node.name, (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    here = layer(path)
    assert here in LEVEL, f"{here} has no layer: add it to LAYERS"
    others = {name.split(".")[1] for name in imports(path)} - {here}
    assert not {name for name in others if LEVEL[name] >= LEVEL[here]}


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "__init__.py"], ids=name_of)
def test_a_module_does_not_import_the_package_that_holds_it(path: Path) -> None:
    package = ".".join(("kg", *path.relative_to(KG).parts[:-1]))
    assert package == "kg" or package not in imports(path)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    assert not [(name, length) for name, length in functions(path) if length > LONGEST_BODY]


def test_most_functions_are_very_short() -> None:
    lengths = [length for path in MODULES for _, length in functions(path)]
    assert statistics.median(lengths) <= 8


def test_nothing_is_loaded_at_import() -> None:
    """Importing the package must not pull in what only a command needs."""
    source = (KG / "__init__.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    top = {
        alias.name
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert top <= {"importlib", "TYPE_CHECKING", "Any", "Final"}
