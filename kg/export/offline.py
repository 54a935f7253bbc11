"""A pyvis network whose page needs no network: our template, escaped, no CDN, parallel edges kept.

pyvis' own template calls a CDN in every mode and lets headings and titles run as markup; its
``add_node`` and ``add_edge`` search all that is there already, and its options can be set once.
"""

import json
from html import escape
from pathlib import Path
from typing import Any, Final

import msgspec
import pyvis
from pyvis.edge import Edge
from pyvis.network import Network

from kg.errors import DataError
from kg.export.files import replacing
from kg.export.template import asset, escaped, fill, policy

_VIS: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
_STILL: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 80},
    "edges": {"smooth": False},
}


class OfflineNetwork(Network):  # type: ignore[misc] # pyvis is untyped
    """A ``pyvis.network.Network``, directed, still, that shows every string as text."""

    def __init__(self, heading: str = "", height: str = "720px", **options: Any) -> None:  # noqa: ANN401
        super().__init__(height=height, directed=True, cdn_resources="in_line", **options)
        self.heading = heading
        self.options: dict[str, Any] = dict(_STILL)
        self.legend: list[dict[str, Any]] = []
        self._ids: set[str] = set()

    def __str__(self) -> str:
        """Return how much there is; pyvis would print all of it."""
        return f"{self.heading}: {len(self.nodes)} nodes, {len(self.edges)} edges"

    def add_node(self, n_id: str, label: str | None = None, **options: Any) -> None:  # noqa: ANN401
        """Add a node, unless its id is there already."""
        if n_id in self._ids:
            return
        node = {"id": n_id, "label": label or n_id, "shape": "dot", **options}
        self._ids.add(n_id)
        self.nodes.append(node)
        self.node_ids.append(n_id)
        self.node_map[n_id] = node

    def add_edge(self, source: str, to: str, **options: Any) -> None:  # noqa: ANN401
        """Add an edge; a second one between the same nodes is kept."""
        for end in (source, to):
            if end not in self._ids:
                raise KeyError(end)
        self.edges.append(Edge(source, to, True, **options).options)

    def set_options(self, options: str | dict[str, Any]) -> None:
        """Replace options by name; may be called again and again."""
        self.options |= json.loads(options) if isinstance(options, str) else options

    def generate_html(
        self, name: str = "index.html", local: bool = True, notebook: bool = False
    ) -> str:
        """Return the page: one string that loads nothing."""
        del name, local, notebook  # how pyvis is called; the page is the same
        script, style, vis = asset("pyvis.js"), asset("pyvis.css"), _library()
        parts = [
            ("policy", policy([vis, script], [style])),
            ("title", escaped(self.heading)),
            ("style", style),
            ("title", escaped(self.heading)),
            ("title", escaped(self.heading)),
            ("data", self._data()),
            ("vis", vis),
            ("script", script),
        ]
        self.html = fill("pyvis.html", parts)
        return self.html

    def write_html(
        self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False
    ) -> None:
        """Write the page in UTF-8, wherever this runs, and nothing beside it."""
        del local, notebook
        with replacing(Path(name)) as file:
            file.write(self.generate_html().encode())
        if open_browser:
            import webbrowser

            webbrowser.open(Path(name).resolve().as_uri())

    def show(self, name: str, local: bool = True, notebook: bool = True) -> "OfflineNetwork":
        """Write the page; outside a notebook open it. A notebook shows what is returned."""
        self.write_html(name, local, open_browser=not notebook)
        return self

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the page in a frame of its own."""
        page = escape(self.generate_html(), quote=True)
        size = f'width="100%" height="{escape(str(self.height).removesuffix("px"))}"'
        return f'<iframe srcdoc="{page}" {size} style="border:0" sandbox="allow-scripts"></iframe>'

    def _data(self) -> str:
        """Return nodes, edges, options, legend as JSON that cannot end its element."""
        data = {
            "nodes": self.nodes,
            "edges": self.edges,
            "options": self.options,
            "legend": self.legend,
        }
        text = msgspec.json.encode(data).decode()
        return (
            text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        )


def _library() -> str:
    """Return vis-network as pyvis ships it, without the map that a browser would ask for."""
    path = Path(pyvis.__file__).with_name("templates").parent / _VIS
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error
    return text.partition("//# sourceMappingURL")[0].replace("</script", "<\\/script")
