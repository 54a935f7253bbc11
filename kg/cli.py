"""The command line: ``kg build``, ``extract``, ``validate``, ``evaluate``, ``view``, ``query``.

Results go to standard output, everything else to standard error. Exit status: 0 done (with a report
if some inputs could not be read), 1 nothing could be read or the work failed, 2 wrong usage.
"""

import os
import re
import sys
import webbrowser
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from kg import cli_store
from kg.errors import KgError, Problem

EXPLORER: Final = "explorer.html"
CORES: Final = os.cpu_count() or 1

app = typer.Typer(
    help="Chinese policing news into a knowledge graph whose every edge can be quoted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
PAGES: Final = typer.Argument(
    metavar="PAGES…", help="Files or folders: text, HTML, PDF, DOCX, JSON Lines of articles."
)
Pages = Annotated[list[Path], PAGES]
Workers = Annotated[
    int, typer.Option("--workers", "-w", min=1, help="Processes to use for large inputs.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]
Result = Annotated[Path, typer.Argument(metavar="OUT", help="A folder made by kg build.")]


cli_store.register(app)


class Format(StrEnum):
    """How a table of answers is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Engine(StrEnum):
    """Where a build runs."""

    LOCAL = "local"
    SPARK = "spark"


class Picture(StrEnum):
    """Which page shows the graph: ours, or with it a pyvis network for notebooks."""

    EXPLORER = "explorer"
    PYVIS = "pyvis"


def main() -> None:
    """Run the command line; a failure that we know of is one line, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a pipe has the locale's encoding otherwise
    try:
        app()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:  # the reader of a pipe (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Chinese policing news into a knowledge graph whose every edge can be quoted."""
    if version:
        from importlib.metadata import version as installed

        print(installed("jingwu-kg"))
        raise typer.Exit


@app.command()
def build(
    pages: Annotated[list[Path] | None, PAGES] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder for the result.")] = None,
    html: Annotated[
        Picture, typer.Option("--html", help="pyvis: write pyvis.html as well.")
    ] = Picture.EXPLORER,
    store: Annotated[
        Path | None, typer.Option(help="Keep what is read here; go on where a run was cut off.")
    ] = None,
    corrections: Annotated[
        Path | None, typer.Option(help="A file of corrections to follow; a store has its own.")
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Where to run: spark writes shards and Parquet.")
    ] = Engine.LOCAL,
    master: Annotated[
        str,
        typer.Option("--master", metavar="URL", help="Spark's master: local[4], spark://…, yarn."),
    ] = "local[*]",
    workers: Workers = CORES,
    quiet: Quiet = False,
) -> None:
    """Read, extract and link; write every export and the explorer into a folder."""
    extra = ["pyvis.html"] if html is Picture.PYVIS else []
    if engine is Engine.SPARK:
        if not (pages and out) or store:
            raise typer.BadParameter("--engine spark takes PAGES and -o OUT, and keeps no store")
        _build_on_spark(pages, out, corrections, master, quiet=quiet)
        return
    if store and corrections:
        raise typer.BadParameter(f"a store has corrections of its own: kg correct {store}")
    if store:
        cli_store.build(store, pages or [], out, extra, workers, quiet=quiet)
    elif pages and out:
        _build(pages, out, extra, corrections, workers, quiet=quiet)
    else:
        raise typer.BadParameter("give PAGES and -o OUT, or --store STORE")


def _build(
    pages: list[Path],
    out: Path,
    extra: list[str],
    corrections: Path | None,
    workers: int,
    *,
    quiet: bool,
) -> None:
    from kg import console
    from kg.corrections.table import read_named, report
    from kg.engine import local
    from kg.pipeline import refuse_foreign, write
    from kg.read import discover

    refuse_foreign(out)  # before the work, not after it
    files = discover(pages)
    rows, amiss = read_named(corrections) if corrections else ([], [])
    with console.progress("Reading", len(files), quiet=quiet) as watch:
        graph = local.gather(watch(local.readings(files, workers)), rows)
    amiss += report(corrections, graph.rulings) if corrections else []
    console.report([*graph.problems, *amiss], nothing=not graph.extractions)
    written = write(graph, out, extra)
    if not quiet:
        console.summarise(graph, written)
        console.say(f"Open {out / EXPLORER}")


def _build_on_spark(
    pages: list[Path], out: Path, corrections: Path | None, master: str, *, quiet: bool
) -> None:
    from kg import console
    from kg.corrections.table import read_named, report

    try:
        from kg.engine import spark as engine
    except ModuleNotFoundError as error:
        raise KgError(f"{error.name} is missing: pip install 'jingwu-kg[spark]'") from error
    rows, amiss = read_named(corrections) if corrections else ([], [])
    session = engine.session(master)
    try:
        built = engine.build(session, map(_address, pages), _address(out), rows)
    finally:
        session.stop()
    amiss += report(corrections, built.rulings) if corrections else []
    console.report([*built.problems, *amiss], nothing=False)
    if not quiet:
        sizes = built.sizes
        console.say(f"{sizes.articles} articles, {sizes.entities} entities, {sizes.claims} claims")
        console.say(f"N-Quads: {_address(out)}/graph.nq; tables: {_address(out)}/*.parquet")


def _address(path: Path) -> str:
    """Return a path as it was typed: the command line has dropped a slash of ``hdfs://…``."""
    return re.sub(r"^([a-z0-9]+):/(?!/)", r"\1://", str(path))


@app.command()
def extract(pages: Pages, workers: Workers = CORES, quiet: Quiet = False) -> None:
    """Print what each article says, one JSON object a line, in the order of the inputs."""
    from kg import console
    from kg.engine import local
    from kg.read import discover

    files = discover(pages)
    problems: list[Problem] = []
    count = 0
    with console.progress("Reading", len(files), quiet=quiet or sys.stdout.isatty()) as watch:
        for part in watch(local.printed(files, workers)):
            problems += part.problems
            count += len(part.lines)
            for line in part.lines:
                print(line.decode())
    sys.stdout.flush()
    console.report(problems, nothing=not count)


@app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A unit's or a place's name.")],
    home: Annotated[
        str, typer.Option("--home", metavar="REGION", help="Where the text is at home.")
    ] = "",
) -> None:
    """Take a name apart: a unit's line of command, or every place that bears it."""
    from kg import console
    from kg.resolve.explain import explain_unit
    from kg.resolve.explain_place import explain_place

    unit, place = explain_unit(name, home), explain_place(name, home)
    if unit:
        console.print_unit(unit)
    if place:
        console.print_place(place)
    if not (unit or place):
        raise KgError(f"{name}: neither a unit's name nor a division's")


@app.command()
def validate(out: Result) -> None:
    """Check a result: its shapes, and every quote against its article."""
    from kg.validate import validate as check

    found = check(out)
    for problem in found:
        print(problem)
    if found:
        raise KgError(f"{out}: {len(found)} problems")
    print(f"{out}: every shape holds and every quote is in its article")


@app.command()
def evaluate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD… PAGES…",
            help="Annotated documents (*.ann, or folders of them) and the pages they came from.",
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page that shows every error.")
    ] = None,
    errors: Annotated[
        int, typer.Option("--errors", min=0, metavar="N", help="Print the first N errors.")
    ] = 0,
    workers: Workers = CORES,
) -> None:
    """Compare what is extracted with annotated documents: precision, recall, F1 per type."""
    from kg import console
    from kg import evaluate as scoring
    from kg.engine import local
    from kg.evaluate.gallery import write_gallery
    from kg.read import discover

    gold_files = [file for path in paths for file in _annotations(path)]
    pages = [path for path in paths if not _annotations(path)]
    if not gold_files or not pages:
        raise typer.BadParameter("give annotated documents (*.ann) and the pages they came from")
    golds = [scoring.read_annotation(file) for file in gold_files]
    readings = list(local.readings(discover(pages), workers))
    guesses = [scoring.from_extraction(e) for reading in readings for e in reading.extractions]
    console.report([p for reading in readings for p in reading.problems], nothing=not guesses)
    scores = scoring.evaluate(golds, guesses)
    console.print_scores(scores, as_json=as_json, errors=errors)
    if html:
        write_gallery(golds, guesses, scores, html)
        console.say(f"Errors: {html}")


def _annotations(path: Path) -> list[Path]:
    """Return the annotated documents that ``path`` is or holds."""
    if path.is_dir():
        return sorted(path.glob("*.ann"))
    return [path] if path.suffix == ".ann" else []


@app.command()
def view(
    out: Result,
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve it, with SPARQL and a page for every IRI.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to serve on.")] = 8765,
) -> None:
    """Open the explorer of a result in the browser."""
    if serve:
        from kg.serve.app import serve as run

        cli_store.prepare(out)
        print(f"http://{host}:{port}/", flush=True)
        run(out, host, port)
        return
    page = out / EXPLORER
    if not page.is_file():
        raise KgError(f"{out}: holds no {EXPLORER}; make it with: kg build PAGES… -o {out}")
    print(page.resolve())
    if not webbrowser.open(page.resolve().as_uri()):
        print("kg: no browser could be started; open the file above", file=sys.stderr)


def _list_queries(wanted: bool) -> None:
    """Print the name and the title of each ready query, and end."""
    if wanted:
        from kg.query import ready_queries

        for one in ready_queries():
            print(f"{one.name}\t{one.title}")
        raise typer.Exit


@app.command()
def query(
    out: Result,
    question: Annotated[
        str,
        typer.Argument(metavar="QUERY|FILE|NAME", help="SPARQL, a file of it, or a named query."),
    ],
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
    _listed: Annotated[
        bool,
        typer.Option("--list", callback=_list_queries, is_eager=True, help="List named queries."),
    ] = False,
) -> None:
    """Ask a result or a store a question in SPARQL."""
    from kg import console
    from kg.query import query as answer

    cli_store.prepare(out)
    table = answer(out, question)
    console.print_rows(table.names, table.rows, form)


@app.command()
def push(
    out: Result,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Graph Store address; with --query: for updates.")
    ],
    query_url: Annotated[
        str, typer.Option("--query", metavar="URL", help="Use SPARQL Update; ask here.")
    ] = "",
    user: Annotated[str, typer.Option(help="Name to sign in with; password in KG_PASSWORD.")] = "",
    digest: Annotated[bool, typer.Option("--digest", help="Sign in by HTTP digest.")] = False,
    quiet: Quiet = False,
) -> None:
    """Load a result into a SPARQL server, one named graph an article; withdraw what is gone."""
    import httpx

    from kg import console
    from kg.push import TIMEOUT, GraphStore, Target, UpdateEndpoint
    from kg.push import push as send

    make = httpx.DigestAuth if digest else httpx.BasicAuth
    auth = make(user, os.environ.get("KG_PASSWORD", "")) if user else None
    with httpx.Client(auth=auth, timeout=TIMEOUT, follow_redirects=True) as client:
        target: Target = GraphStore(url, client)
        if query_url:
            target = UpdateEndpoint(url, query_url, client)
        done = send(out, target)
    if not quiet:
        console.say(
            f"{done.sent} graphs sent, {done.kept} there already, {done.withdrawn} withdrawn"
        )
