"""The commands for a store: ``kg add``, ``remove``, ``correct``, and ``kg build --store``."""

import getpass
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.errors import InputError, OutputError

if TYPE_CHECKING:
    from kg.model import Correction
    from kg.store.work import Added

CORES: Final = os.cpu_count() or 1
PAGES: Final = typer.Argument(metavar="PAGES…", help="Files or folders, as for kg build.")
Store = Annotated[Path, typer.Argument(metavar="STORE", help="A folder made by kg add.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (add, remove, correct):
        app.command()(command)


def add(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="A folder; made if missing.")],
    pages: Annotated[list[Path], PAGES],
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=1, help="Processes to use for large inputs.")
    ] = CORES,
    quiet: Quiet = False,
) -> None:
    """Read pages into a store; what has been read before, and has not changed, is left out."""
    done = _add(store, pages, workers, quiet=quiet)
    if not quiet:
        _tell(done)


def remove(
    store: Store,
    names: Annotated[
        list[str], typer.Argument(metavar="NAMES…", help="Inputs by path or name, articles by id.")
    ],
    quiet: Quiet = False,
) -> None:
    """Withdraw pages from a store, with exactly what only they say."""
    from kg import console
    from kg.store.work import remove as withdraw

    _must_be(store)
    count = withdraw(store, names)
    if not quiet:
        console.say(f"{count} articles withdrawn")


def correct(
    store: Store,
    action: Annotated[
        str,
        typer.Argument(
            metavar="ACTION", help="merge, not-same, split, retype, rename, reject, add or note."
        ),
    ] = "",
    article: Annotated[str, typer.Option(help="Id of the article it stands on.")] = "",
    quote: Annotated[
        str, typer.Option(help="Words of it, the meant ones in [ ]; without article: an id.")
    ] = "",
    target: Annotated[str, typer.Option(help="The other entity; a type or relation.")] = "",
    value: Annotated[str, typer.Option(help="New name or type; head>tail of a claim.")] = "",
    who: Annotated[str, typer.Option(envvar="KG_WHO", help="Who decides; else your login.")] = "",
    when: Annotated[str, typer.Option(help="Day of the decision; else today.")] = "",
    why: Annotated[str, typer.Option(help="The reason.")] = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back the last, or --target KEY.")
    ] = False,
) -> None:
    """Write a correction into a store and follow it; it outlives every rebuild."""
    from kg import console
    from kg.corrections.table import key_of
    from kg.model import Correction
    from kg.store import work

    _must_be(store)
    who, when = who or getpass.getuser(), when or datetime.now(UTC).date().isoformat()
    if undo:
        gone = work.undo(store, target, who, when)
        console.say(f"undone: {_line(gone)}")
        return
    row = Correction(action, article, quote, target, value, who, when, why)
    ruling = work.correct(store, row)
    if ruling.notice:
        console.complain(ruling.notice)
    console.say(f"{key_of(ruling.correction)}: {_line(ruling.correction)} → {ruling.subject}")


def build(
    store: Path,
    pages: list[Path],
    out: Path | None,
    extra: list[str],
    workers: int,
    *,
    quiet: bool,
) -> None:
    """Read pages into a store, then write every export of the whole store, if asked for."""
    from kg import console
    from kg.pipeline import refuse_foreign, write
    from kg.store.reader import reading
    from kg.store.work import refresh

    if out:
        refuse_foreign(out)
    if pages:
        done = _add(store, pages, workers, quiet=quiet)
        if not quiet:
            _tell(done)
    else:
        _must_be(store)
        console.report(refresh(store), nothing=False)
    if not out:
        return
    with reading(store) as graph:
        if not graph.extractions:
            raise OutputError(f"{store}: holds no article")
        written = write(graph, out, extra)
        if not quiet:
            console.summarise(graph, written)
            console.say(f"Open {out / 'explorer.html'}")


def prepare(folder: Path) -> None:
    """Have SPARQL ready for a store, in step with it; a result needs nothing."""
    from kg.query import CURRENT, SPARQL
    from kg.store.reader import is_store

    if not is_store(folder):
        return
    from kg import console
    from kg.store.work import refresh

    try:
        console.report(refresh(folder, sparql=True), nothing=False)
    except OutputError:  # another one is writing: what was put out last must do
        if not (folder / SPARQL / CURRENT).is_file():
            raise


def _add(store: Path, pages: list[Path], workers: int, *, quiet: bool) -> "Added":
    from kg import console
    from kg.read import discover
    from kg.store.work import add as read_in

    done = read_in(
        store,
        discover(pages),
        workers,
        lambda total: console.progress("Reading", total, quiet=quiet),
    )
    console.report(done.problems, nothing=not (done.read or done.there))
    return done


def _tell(done: "Added") -> None:
    from kg import console

    console.say(f"{done.read} inputs read ({done.articles} articles), {done.there} there already")
    if done.renewed:
        console.say(f"{done.renewed} articles read anew: the program or its data have changed")


def _must_be(store: Path) -> None:
    from kg.store.reader import is_store

    if not is_store(store):
        raise InputError(f"{store}: is no store; make one with: kg add {store} PAGES…")


def _line(correction: "Correction") -> str:
    from kg.corrections.table import as_line

    return as_line(correction)
