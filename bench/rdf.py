"""How fast do statements leave the graph as N-Quads, beside rdflib in the same run?

    python -m bench.rdf [--quads N]

Each contender runs in a process of its own over the same synthetic graph. Ours goes from records to
the file; rdflib is timed apart for building its data set from terms that are ready, and for writing
it. Processor time is measured, so that a busy machine slows none; memory is what a contender needs
beyond the records.
"""

import argparse
import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import rdflib
from rich.console import Console
from rich.table import Table

from bench.results import ROOT, commit, markdown, put_section, today

QUADS_A_NODE = 65


def kg_stream(graph, path: Path) -> list[tuple[str, float]]:
    from kg.export.names import BASE
    from kg.export.rdf import write_nquads

    return [("kg: records → N-Quads", timed(lambda: write_nquads(graph, path, BASE)))]


def rdflib_dataset(graph, path: Path) -> list[tuple[str, float]]:
    from kg.export.rdf import quads

    def term(value):
        kind = type(value).__name__
        if kind == "NamedNode":
            return rdflib.URIRef(value.value)
        return (
            rdflib.Literal(value.value, lang=value.language)
            if value.language
            else rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value))
        )

    dataset = rdflib.Dataset()
    contexts: dict[str, rdflib.Graph] = {}
    ready = []
    for quad in quads(graph):
        name = getattr(quad.graph_name, "value", str(dataset.default_graph.identifier))
        context = contexts.setdefault(name, dataset.graph(name))
        ready.append((term(quad.subject), term(quad.predicate), term(quad.object), context))
    build = timed(lambda: dataset.addN(ready))
    write = timed(lambda: dataset.serialize(str(path), format="nquads"))
    return [("rdflib: terms → data set", build), ("rdflib: data set → N-Quads", write)]


CONTENDERS: dict[str, Callable] = {"kg": kg_stream, "rdflib": rdflib_dataset}


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def contend(name: str, nodes: int) -> None:
    from bench.synthetic import synthetic

    graph = synthetic(nodes)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        for label, seconds in CONTENDERS[name](graph, path):
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            count = path.read_bytes().count(b"\n") if path.exists() else 0
            print(f"{label}\t{seconds:.3f}\t{(after - before) / 1024:.0f}\t{count}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--contender", choices=CONTENDERS)
    options = parser.parse_args()
    nodes = options.quads // QUADS_A_NODE
    if options.contender:
        contend(options.contender, nodes)
        return
    rows = []
    for name in CONTENDERS:
        command = [
            sys.executable,
            "-m",
            "bench.rdf",
            "--quads",
            str(options.quads),
            "--contender",
            name,
        ]
        out = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        rows += [line.split("\t") for line in out.stdout.splitlines()]
    ours = float(rows[0][1])
    head = ("", "quads", "seconds", "quads/s", "MB", "× kg")
    table = Table(*head)
    shown = []
    for label, seconds, memory, written in rows:
        count = written if int(written) else rows[0][3]
        rate = int(count) / float(seconds)
        times = f"{float(seconds) / ours:.1f}"
        shown.append((label, f"{int(count):,}", seconds, f"{rate:,.0f}", memory, times))
        table.add_row(*shown[-1])
    Console().print(table)
    about = f"`python -m bench.rdf` · {today()} · commit {commit()} · processor time"
    put_section("RDF", f"{about}\n\n{markdown(head, shown)}")


if __name__ == "__main__":
    main()
