"""Run the stages on this machine: in this process, or over a pool of processes.

The result is the same either way and in the order of the inputs. Memory is bounded: no more than a
few batches a worker are on their way at any time.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from kg.across.link import link
from kg.corrections.plan import correct
from kg.errors import InputError, KgError, Problem
from kg.gazetteer import gazetteer
from kg.graph import KnowledgeGraph, assemble
from kg.language.lexicon import lexicon
from kg.model import Correction, Extraction
from kg.pipeline import TOGETHER, Reading, Source, extract_source, extract_sources, open_source
from kg.read import discover

BATCH: Final = TOGETHER  # articles a task: handing them over costs little then
WINDOW: Final = 4  # tasks on their way, a worker
# A pool costs about two seconds of imports and lexicons a worker; below this it is not worth it.
SMALL: Final = 400_000  # bytes of input

# Articles of a file that its reader extracts at once, without handing them about.
WHOLE: Final = 400
SHARE: Final = 100_000  # bytes of small files that one worker reads together

SURVIVORS: Final = 200_000  # objects made and not gone again, before cycles are looked for

In = TypeVar("In")
Out = TypeVar("Out")
_Wire = tuple[str, tuple[Extraction, ...], tuple[Problem, ...], bool]
Narrow = Callable[[Source], Source]  # leaves out of a batch what need not be extracted


@dataclass(frozen=True, slots=True)
class Printed:
    """What one input says, or one part of it, as lines of JSON."""

    path: Path
    lines: tuple[bytes, ...]
    problems: tuple[Problem, ...] = ()
    last: bool = True


def build(paths: Iterable[str | Path], workers: int = 1) -> KnowledgeGraph:
    """Return the knowledge graph of files and folders; its problems say what could not be read.

    More than one worker means processes: call it then under ``if __name__ == "__main__":``.
    """
    return gather(readings(discover([Path(path) for path in paths]), workers))


def extract(paths: Iterable[str | Path], workers: int = 1) -> Iterator[Extraction]:
    """Yield what each article says, in order; raise InputError at a file that cannot be read."""
    for reading in readings(discover([Path(path) for path in paths]), workers):
        for problem in reading.problems:
            if problem.fatal:
                raise InputError(str(problem))
        yield from reading.extractions


def gather(parts: Iterable[Reading], corrections: Iterable[Correction] = ()) -> KnowledgeGraph:
    """Return the graph of all readings, as corrections leave it, its articles linked."""
    extractions: list[Extraction] = []
    problems: list[Problem] = []
    for part in parts:
        extractions += part.extractions
        problems += part.problems
    graph, plan = correct(assemble(extractions, problems), corrections)
    return link(graph, plan.apart)


def readings(
    files: Sequence[Path], workers: int = 1, narrow: Narrow | None = None
) -> Iterator[Reading]:
    """Yield what was read from each file, in the order of the files.

    A file with many articles comes in several readings, of which the last has ``last`` set.
    ``narrow`` sees each batch of articles in this process, before it is extracted.
    """
    if workers > 1 and not _is_small(files):
        return map(_unpacked, _in_processes(files, workers, _packed, narrow))
    sources = (batch for file in files for batch in _batches(open_source(file)))
    if narrow is None:
        return extract_sources(sources)
    return (extract_source(batch) for batch in map(narrow, sources))


def printed(files: Sequence[Path], workers: int = 1) -> Iterator[Printed]:
    """Yield what each file says as lines of JSON, made where its articles are read."""
    if workers > 1 and not _is_small(files):
        return _in_processes(files, workers, _printed)
    return map(_printed, readings(files))


def ready() -> None:
    """Load what every article needs in a process of our own."""
    lexicon()
    gazetteer()
    # It all stays: the garbage collector need not go through it again and again. Articles make no
    # cycles and readers few: a look after that many new objects is often enough.
    gc.collect()
    gc.freeze()
    gc.set_threshold(SURVIVORS)


def _whole(source: Source) -> Source:
    return source


def _is_small(files: Sequence[Path]) -> bool:
    return sum(file.stat().st_size for file in files if file.is_file()) < SMALL


def _groups(files: Iterable[Path]) -> Iterator[list[Path]]:
    """Yield the files in order, small ones that follow each other together."""
    group: list[Path] = []
    total = 0
    for file in files:
        size = file.stat().st_size if file.is_file() else 0
        if group and (len(group) == BATCH or total + size > SHARE):
            yield group
            group, total = [], 0
        group.append(file)
        total += size
    if group:
        yield group


def _batches(source: Source) -> Iterator[Source]:
    """Yield ``source`` in parts of at most BATCH articles; its problems go with the last."""
    total = len(source.articles)
    for start in range(0, max(total, 1), BATCH):
        last = start + BATCH >= total
        part = source.articles[start : start + BATCH]
        yield Source(source.path, part, source.problems if last else (), last)


def _in_processes(
    files: Sequence[Path],
    workers: int,
    finish: Callable[[Reading], Out],
    narrow: Narrow | None = None,
) -> Iterator[Out]:
    """Yield what ``finish`` makes of each reading, in the worker, in the order of the files."""
    # "spawn" everywhere: a fork of a process with threads (the progress display has one) may hang
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=ready) as pool:
        window = WINDOW * workers
        begin = partial(_begun, finish, WHOLE if narrow is None else -1)
        go_on = partial(_finished, finish)
        try:
            for begun in chain.from_iterable(_ordered(pool, begin, _groups(files), window)):
                if isinstance(begun, Source):
                    batches = map(narrow or _whole, _batches(begun))
                    yield from _ordered(pool, go_on, batches, window)
                else:
                    yield begun
        except BrokenProcessPool as error:
            raise KgError("a worker process died (out of memory?); try --workers 1") from error
        finally:
            pool.shutdown(cancel_futures=True)  # when stopped early, do not work off the queue


# ── in a worker ──────────────────────────────────────────────────────────────────────────────


def _begun(
    finish: Callable[[Reading], Out], most: int, paths: Iterable[Path]
) -> list[Source | Out]:
    """Return what short files say, and of a long one its articles, for all workers to share."""
    begun: list[Source | Out] = []
    short: list[Source] = []
    for source in map(open_source, paths):
        if len(source.articles) <= most:
            short += _batches(source)
            continue
        begun += map(finish, extract_sources(short))
        begun.append(source)
        short = []
    return [*begun, *map(finish, extract_sources(short))]


def _finished(finish: Callable[[Reading], Out], source: Source) -> Out:
    return finish(extract_source(source))


def _packed(reading: Reading) -> bytes:
    """Return a reading as bytes: ten times as fast to send as its records."""
    return msgspec.msgpack.encode((str(reading.path), *_rest(reading)))


def _rest(reading: Reading) -> tuple[object, ...]:
    return reading.extractions, reading.problems, reading.last


def _unpacked(data: bytes) -> Reading:
    path, extractions, problems, last = msgspec.msgpack.decode(data, type=_Wire)
    return Reading(Path(path), extractions, problems, last)


def _printed(reading: Reading) -> Printed:
    from kg.export.jsonl import record

    lines = tuple(msgspec.json.encode(record(one)) for one in reading.extractions)
    return Printed(reading.path, lines, reading.problems, reading.last)


def _ordered(
    pool: Executor, task: Callable[[In], Out], items: Iterable[In], window: int
) -> Iterator[Out]:
    """Yield ``task`` of each item in order, with at most ``window`` of them on their way."""
    running: deque[Future[Out]] = deque()
    for item in items:
        running.append(pool.submit(task, item))
        if len(running) >= window:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()
