"""The verbs of a store: read files into it, take them out, write a correction."""

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Self

from kg.corrections.anchor import anchor_of
from kg.corrections.plan import Plan, bind
from kg.corrections.table import (
    FILE,
    UNDO,
    append_correction,
    checked,
    key_of,
    report,
    standing,
)
from kg.engine import local
from kg.errors import OutputError, Problem
from kg.model import Article, Correction, Extraction, Ruling
from kg.pipeline import Reading, Source, extract_source
from kg.store.sparql import bring_in_step
from kg.store.writer import Part, Writer, input_path, writing

Watch = Callable[[Iterable[Reading]], Iterator[Reading]]
Show = Callable[[int], AbstractContextManager[Watch]]  # a progress bar for so many inputs
TOGETHER: Final = 64  # articles in one transaction
PATIENCE: Final = 1.0  # seconds after which what has been read is put in, however little
_CHUNK: Final = 1 << 20  # bytes of a file that are read at a time


@dataclass(slots=True)
class Added:
    """What a run has put into a store: inputs read, inputs that were there, problems."""

    read: int = 0
    there: int = 0
    articles: int = 0
    renewed: int = 0
    problems: tuple[Problem, ...] = ()


def _silent(_: int) -> AbstractContextManager[Watch]:
    return nullcontext(iter)


def add(folder: Path, files: Sequence[Path], workers: int = 1, show: Show = _silent) -> Added:
    """Read files into a store; what an earlier run, cut off or not, has read is not read again.

    An input that can be read no more keeps what was read from it, and is reported.
    """
    with writing(folder) as writer:
        renewed, amiss = renew(writer)
        done = Added(renewed=renewed)
        digests = {file: _digest(file) for file in files}
        todo = [one for one in files if not writer.is_done(input_path(one), digests[one])]
        done.there = len(files) - len(todo)
        problems = [*amiss, *writer.problems, *report(folder / FILE, writer.core.plan.rulings)]
        with show(len(todo)) as watch:
            readings = _add(writer, todo, digests, workers, watch)
            for is_read, articles, found in readings:
                done.read += is_read
                done.articles += articles
                problems += found
        bring_in_step(folder, writer.core)
        done.problems = tuple(problems)
    return done


def renew(writer: Writer) -> tuple[int, list[Problem]]:
    """Read anew what another version of the program or of its data has read.

    Return how many articles, and what is wrong with those that keep what was read before.
    """
    problems: list[Problem] = []

    def read(article: Article) -> Extraction | None:
        reading = extract_source(Source(Path(article.page.source), (article,)))
        problems.extend(reading.problems)
        return reading.extractions[0] if reading.extractions else None

    return sum(writer.renew(read)), problems


def remove(folder: Path, names: Iterable[str]) -> int:
    """Withdraw inputs or articles; return how many articles are gone."""
    with writing(folder) as writer:
        count = sum(writer.remove(name) for name in names)
        bring_in_step(folder, writer.core)
    return count


def refresh(folder: Path, *, sparql: bool = False) -> list[Problem]:
    """Bring a store in step with its corrections and with this program; return what is amiss."""
    with writing(folder) as writer:
        _, amiss = renew(writer)
        bring_in_step(folder, writer.core, make=sparql)
        return [*amiss, *writer.problems, *report(folder / FILE, writer.core.plan.rulings)]


def correct(folder: Path, correction: Correction) -> Ruling:
    """Write a correction into a store's file and follow it; return what came of it.

    Raise OutputError, and write nothing, if it cannot be applied.
    """
    with writing(folder) as writer:
        correction = _anchored(writer, correction)
        try:
            checked(correction)
        except ValueError as error:
            raise OutputError(str(error)) from error
        rows = [*writer.core.rows, correction]
        ruling = _ruling(bind(rows, writer.core.library), correction)
        if ruling.conflict:
            raise OutputError(ruling.conflict)
        append_correction(folder / FILE, correction)
        writer.take_corrections()
        bring_in_step(folder, writer.core)
        return ruling


def undo(folder: Path, key: str, who: str, when: str) -> Correction:
    """Undo a correction, by its key or else the last; return it. OutputError if there is none."""
    with writing(folder) as writer:
        rows = standing(writer.core.rows)
        found = [row for row in rows if key_of(row).startswith(key)][-1:]
        if not found:
            raise OutputError(f"{folder / FILE}: no correction {key}".rstrip())
        row = Correction(UNDO, target=key_of(found[0]), who=who, when=when)
        append_correction(folder / FILE, row)
        writer.take_corrections()
        bring_in_step(folder, writer.core)
        return found[0]


def _add(
    writer: Writer,
    files: Sequence[Path],
    digests: dict[Path, str],
    workers: int,
    watch: Watch,
) -> Iterator[tuple[bool, int, list[Problem]]]:
    """Put readings in as they come; yield whether an input is done, articles, problems."""
    known: deque[list[Article]] = deque()  # of each batch on its way, what need not be extracted

    def narrow(source: Source) -> Source:
        there = [writer.knows(article) for article in source.articles]
        pairs = list(zip(source.articles, there, strict=True))
        known.append([article for article, is_known in pairs if is_known])
        return replace(source, articles=tuple(one for one, is_known in pairs if not is_known))

    with _Gathered(writer) as gathered:
        turn, count, problems = 0, 0, list[Problem]()
        for reading in watch(local.readings(files, workers, narrow)):
            path, there = input_path(reading.path), known.popleft()
            turn = turn or writer.begin(path)
            problems += reading.problems
            count += len(reading.extractions) + len(there)
            gathered.put(Part(path, turn, reading.extractions, tuple(there)))
            if reading.last:
                readable = bool(count) or not any(problem.fatal for problem in problems)
                if readable:
                    gathered.end(path, digests[reading.path], turn, problems)
                yield readable, count, problems
                turn, count, problems = 0, 0, []


class _Gathered:
    """Puts readings into a store some at a time: what they share is then reckoned once."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._parts: list[Part] = []
        self._ends: list[tuple[str, str, int, list[Problem]]] = []
        self._since = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()  # also when cut off by Ctrl-C: what has been read is kept

    def put(self, part: Part) -> None:
        """Take a part, and put in all that has gathered if it is enough."""
        self._parts.append(part)
        size = sum(len(one.extractions) for one in self._parts)
        if size >= TOGETHER or time.monotonic() - self._since > PATIENCE:
            self._flush()

    def end(self, path: str, digest: str, turn: int, problems: list[Problem]) -> None:
        """Note that an input has been read whole."""
        self._ends.append((path, digest, turn, problems))

    def _flush(self) -> None:
        parts, ends, self._parts, self._ends = self._parts, self._ends, [], []
        with self._writer.core.transaction():
            self._writer.put_parts(one for one in parts if one.extractions or one.known)
            for end in ends:
                self._writer.end(*end)
        self._since = time.monotonic()


def _digest(path: Path) -> str:
    whole = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while data := file.read(_CHUNK):
                whole.update(data)
    except OSError:
        return ""  # the reader will say what is wrong with it
    return whole.hexdigest()


def _anchored(writer: Writer, correction: Correction) -> Correction:
    """Return a correction whose article is named with the hash of its text."""
    key = correction.article.removeprefix("article-")
    found = writer.core.library.article(key) if key and "@" not in key else None
    return replace(correction, article=anchor_of(found)) if found else correction


def _ruling(plan: Plan, correction: Correction) -> Ruling:
    key = key_of(correction)
    return next(one for one in plan.rulings if one.key == key)
