"""Chinese policing news into a knowledge graph whose every edge can be quoted.

    >>> import kg
    >>> graph = kg.build(["data/samples"])
    >>> graph.to_networkx()

The names below are loaded when first used, so that ``import kg`` costs nothing.
"""

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kg.engine.local import build, extract
    from kg.export.notebook import to_pyvis
    from kg.graph import KnowledgeGraph

__all__ = ["KnowledgeGraph", "build", "extract", "to_pyvis"]

_HOME: Final = {
    "KnowledgeGraph": "kg.graph",
    "build": "kg.engine.local",
    "extract": "kg.engine.local",
    "to_pyvis": "kg.export.notebook",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the module protocol asks for it
    """Load a public name from the module that holds it."""
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)
