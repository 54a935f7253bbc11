"""What people see of a run: progress, problems, tables. All but results goes to standard error."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from kg.errors import KgError, Problem
from kg.evaluate import Report
from kg.evaluate.score import GROUPS, RECALLED
from kg.graph import KnowledgeGraph
from kg.resolve.explain import UnitExplanation
from kg.resolve.explain_place import PlaceExplanation


class Part(Protocol):
    """What is known of one input, or of one part of it."""

    @property
    def path(self) -> Path:
        """Return the input."""

    @property
    def last(self) -> bool:
        """Return whether nothing more comes of it."""


P = TypeVar("P", bound=Part)


class Watch(Protocol):
    """Passes parts on and shows how far they have come."""

    def __call__(self, parts: Iterable[P], /) -> Iterator[P]:
        """Yield the parts."""


def say(message: str) -> None:
    """Tell the person at the terminal something."""
    print(message, file=sys.stderr)


def complain(message: str) -> None:
    """Tell the person at the terminal what is wrong."""
    say(f"kg: {message}")


def report(problems: Sequence[Problem], *, nothing: bool) -> None:
    """Say each problem in one line; raise KgError if there is nothing to go on with."""
    for problem in problems:
        complain(str(problem))
    if nothing:
        raise KgError("nothing could be read")


class RateColumn(ProgressColumn):
    """Shows how many inputs are done a second."""

    def render(self, task: Task) -> Text:
        """Return the rate of a task, empty before there is one."""
        return Text(f"{task.speed:,.1f}/s" if task.speed else "", style="progress.data.speed")


@contextmanager
def progress(label: str, total: int, *, quiet: bool) -> Iterator[Watch]:
    """Give a function that passes readings on and counts the inputs done in a progress bar."""
    if quiet or not sys.stderr.isatty():
        yield iter
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), RateColumn()
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(label, total=total)

        def watch(parts: Iterable[P], /) -> Iterator[P]:
            for part in parts:
                name = escape(part.path.name)
                bar.update(task, advance=int(part.last), description=f"{label} {name}")
                yield part

        yield watch


def summarise(graph: KnowledgeGraph, files: Sequence[Path]) -> None:
    """Say how much a build found and what it wrote."""
    nodes = Counter(entity.type for entity in graph.entities.values())
    table = Table(show_header=False, box=None)
    table.add_row("articles", str(len(graph.extractions)))
    table.add_row("entities", str(nodes.total()))
    for name, count in sorted(nodes.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(f"  {name}", str(count))
    table.add_row("claims", str(sum(len(one.claims) for one in graph.extractions)))
    table.add_row("files", ", ".join(sorted(path.name for path in files)))
    Console(stderr=True).print(table)


def print_rows(names: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> None:
    """Print a table of answers for people (table) or for programs (csv, json)."""
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([names, *rows])
    elif form == "json":
        answers = [dict(zip(names, row, strict=True)) for row in rows]
        print(json.dumps(answers, ensure_ascii=False, indent=1))
    else:
        table = Table(*(escape(name) for name in names))
        for row in rows:
            table.add_row(*(escape(cell) for cell in row))
        Console().print(table)


def print_scores(scores: Report, *, as_json: bool, errors: int) -> None:
    """Print precision, recall and F1 of every row that the annotation asks for."""
    rows = [row for group in _groups() for row in group if _counts(scores, row)]
    if as_json:
        figures = {row: _figures(scores, row) for row in rows}
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    title = f"{scores.documents} documents, {scores.articles} articles, {scores.matched} matched"
    table = Table("", "P", "R", "F1", "asked", title=title)
    for row in rows:
        one = _figures(scores, row)
        cells = (f"{one[key]:.3f}" if key in one else "" for key in ("precision", "recall", "f1"))
        bold = "bold" if row.endswith(" all") else ""
        table.add_row(row, *cells, str(one["asked"]), style=bold, end_section=row.endswith(" all"))
    Console().print(table)
    for error in scores.errors[:errors]:
        print(f"{error.document}\t{error.kind} {error.what}\t{error.text}")


def _groups() -> Iterator[tuple[str, ...]]:
    for group, rows in GROUPS.items():
        yield (*rows, f"{group} all")
    yield RECALLED


def _counts(scores: Report, row: str) -> bool:
    counts = scores.rows[row]
    return bool(counts.found + counts.wrong + counts.missed)


def _figures(scores: Report, row: str) -> Mapping[str, float]:
    counts = scores.rows[row]
    if row in RECALLED:
        return {"recall": counts.recall, "asked": counts.asked}
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "asked": counts.asked,
    }


def print_unit(unit: UnitExplanation) -> None:
    """Print a unit's line of command as a tree, topmost first."""
    tree: Tree | None = None
    branch: Tree | None = None
    for step in unit.line:
        said = filter(None, (step.level, step.function, f"{step.region} {step.code}".strip()))
        label = f"[bold]{escape(step.name)}[/]  [dim]{escape(' · '.join(said))}[/]"
        if branch is None:
            tree = branch = Tree(label)
        else:
            branch = branch.add(label)
    if branch is not None and unit.line[-1].aliases:
        branch.add(f"[dim]= {escape('、'.join(unit.line[-1].aliases))}[/]")
    Console(soft_wrap=True).print(tree)


def print_place(place: PlaceExplanation) -> None:
    """Print every division that a name may mean, the one it means marked, and the reason."""
    table = Table("", "code", "division", "level", "name")
    for one in place.candidates:
        mark = "→" if one.code == place.chosen else ""
        table.add_row(mark, one.code, escape(one.chain), one.level, one.how)
    Console(soft_wrap=True).print(table)
    Console(soft_wrap=True).print(escape(place.reason))
