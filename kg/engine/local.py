"""Run the stages on this machine: in this process, or over a pool of processes.

The result is the same either way and in the order of the inputs. Memory is bounded: no more than a
few batches a worker are on their way at any time.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

from kg.across.link import link
from kg.corrections.plan import correct
from kg.errors import InputError, KgError, Problem
from kg.gazetteer import gazetteer
from kg.graph import KnowledgeGraph, assemble
from kg.language.lexicon import lexicon
from kg.model import Correction, Extraction
from kg.pipeline import Reading, Source, extract_source, open_source
from kg.read import discover

BATCH: Final = 16  # articles a task: large enough that handing them over costs little
WINDOW: Final = 4  # tasks on their way, a worker
# A pool costs about two seconds of imports and lexicons a worker; below this it is not worth it.
SMALL: Final = 400_000  # bytes of input

In = TypeVar("In")
Out = TypeVar("Out")
Narrow = Callable[[Source], Source]  # leaves out of a batch what need not be extracted


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
        return _in_processes(files, workers, narrow)
    sources = (batch for file in files for batch in _batches(open_source(file)))
    return (extract_source(batch) for batch in map(narrow or _whole, sources))


def ready() -> None:
    """Load what every article needs in a process of our own."""
    lexicon()
    gazetteer()
    # It all stays: the garbage collector need not go through it again and again.
    gc.collect()
    gc.freeze()


def _whole(source: Source) -> Source:
    return source


def _is_small(files: Sequence[Path]) -> bool:
    return sum(file.stat().st_size for file in files if file.is_file()) < SMALL


def _batches(source: Source) -> Iterator[Source]:
    """Yield ``source`` in parts of at most BATCH articles; its problems go with the last."""
    total = len(source.articles)
    for start in range(0, max(total, 1), BATCH):
        last = start + BATCH >= total
        part = source.articles[start : start + BATCH]
        yield Source(source.path, part, source.problems if last else (), last)


def _in_processes(
    files: Sequence[Path], workers: int, narrow: Narrow | None = None
) -> Iterator[Reading]:
    # "spawn" everywhere: a fork of a process with threads (the progress display has one) may hang
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=ready) as pool:
        window = WINDOW * workers
        try:
            sources = _ordered(pool, open_source, files, window)
            batches = (batch for source in sources for batch in _batches(source))
            yield from _ordered(pool, extract_source, map(narrow or _whole, batches), window)
        except BrokenProcessPool as error:
            raise KgError("a worker process died (out of memory?); try --workers 1") from error
        finally:
            pool.shutdown(cancel_futures=True)  # when stopped early, do not work off the queue


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
