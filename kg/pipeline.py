"""The stages in order: source → pages → articles → extractions, and a graph → its exports.

Each function here is pure but for the files it is told to read or write, so an engine may call it
in any process, in any order.
"""

import functools
import gc
import itertools
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import InputError, KgError, OutputError, Problem
from kg.export import EXPORTERS, export
from kg.graph import KnowledgeGraph, check
from kg.language.scan import scan_all
from kg.model import Article, Extraction
from kg.read import read
from kg.recognise import recognise
from kg.relate import relate
from kg.resolve import resolve
from kg.split import split

# What marks a folder as a result of ours, so that a build never replaces anybody's other files.
RESULT: Final = "articles.jsonl"
# Articles that go through the stages together: more gain nothing, and take memory.
TOGETHER: Final = 48
LENGTH: Final = 200_000  # characters of such articles, but for a longer one by itself


@dataclass(frozen=True, slots=True)
class Source:
    """The articles of one input, or why it has none; a large input comes in parts."""

    path: Path
    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    last: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one input, or from one part of it."""

    path: Path
    extractions: tuple[Extraction, ...] = ()
    problems: tuple[Problem, ...] = ()
    last: bool = True


def open_source(path: Path) -> Source:
    """Return the articles of one file; a file that cannot be read becomes a problem."""
    articles: list[Article] = []
    problems: list[Problem] = []
    try:
        for page in read(path):
            if isinstance(page, Problem):
                problems.append(page)
            else:
                articles += split(page)[1]
    except InputError as error:
        return Source(path, problems=(Problem(str(path), _cause(error, path)),))
    if not articles and not problems:
        problems.append(Problem(str(path), "no article found"))
    return Source(path, tuple(articles), tuple(problems))


def _cause(error: InputError, path: Path) -> str:
    return str(error).removeprefix(f"{path}: ")


def extract_source(source: Source) -> Reading:
    """Return what the articles of one source say."""
    return next(extract_sources((source,)))


def extract_sources(sources: Iterable[Source]) -> Iterator[Reading]:
    """Yield what the articles of each source say, in order; those of short ones are read together."""
    waiting: list[Source] = []
    length = 0
    for source in sources:
        waiting.append(source)
        length += sum(len(article.text) for article in source.articles)
        count = sum(len(one.articles) for one in waiting)
        if max(count, len(waiting)) >= TOGETHER or length >= LENGTH:
            yield from _read_together(waiting)
            waiting, length = [], 0
    yield from _read_together(waiting)


def _read_together(sources: Sequence[Source]) -> Iterator[Reading]:
    """Yield what each of some sources says, all their articles extracted in one row."""
    results = _results([article for source in sources for article in source.articles])
    for source in sources:
        extractions: list[Extraction] = []
        problems = list(source.problems)
        for result in itertools.islice(results, len(source.articles)):
            if isinstance(result, Extraction):
                extractions.append(result)
            else:
                problems.append(Problem(str(source.path), result, fatal=False))
        yield Reading(source.path, tuple(extractions), tuple(problems), source.last)


def _results(articles: Sequence[Article]) -> Iterator[Extraction | str]:
    """Yield what each article says, or why that cannot be told."""
    for some in _rows(articles):
        try:
            extractions = extract_articles(some)
        except KgError:  # a broken quote or broken data of ours: no result can be trusted
            raise
        except Exception:  # noqa: BLE001 - which one it is shows when each is on its own
            yield from _one_by_one(some)
        else:
            yield from extractions


def _rows(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield the articles in rows that are short enough to go through the stages together."""
    row: list[Article] = []
    length = 0
    for article in articles:
        if row and (len(row) == TOGETHER or length + len(article.text) > LENGTH):
            yield row
            row, length = [], 0
        row.append(article)
        length += len(article.text)
    if row:
        yield row


def _one_by_one(articles: Iterable[Article]) -> Iterator[Extraction | str]:
    """Yield what each article says, or why that cannot be told."""
    for article in articles:
        try:
            yield extract_article(article)
        except KgError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not cost the others
            yield f"«{article.title}» cannot be analysed: {type(error).__name__}: {error}"


def extract_article(article: Article) -> Extraction:
    """Return everything that one article says; raise EvidenceError if a quote is not in it."""
    return extract_articles((article,))[0]


def extract_articles(articles: Iterable[Article]) -> list[Extraction]:
    """Return everything that each article says, as extract_article does, but in less time.

    They go through the stages together, one stage after the other: the processor then has at hand
    what a stage looks into, which one article alone fetches anew. It takes 11 to 20 % less.
    """
    with _uncollected():
        extractions = _extracted(articles)
    for extraction in extractions:
        check(extraction)
    return extractions


def _extracted(articles: Iterable[Article]) -> list[Extraction]:
    """Return what the stages make of articles; all else is gone when the collector is on again."""
    scans = scan_all(articles)
    found = zip(scans, recognise(scans), strict=True)
    resolved = [(scanned, resolve(scanned, candidates)) for scanned, candidates in found]
    return [
        Extraction(one.article, meant.mentions, meant.entities, tuple(claims))
        for (one, meant), claims in zip(resolved, relate(resolved), strict=True)
    ]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles off: an article makes none, and looking for them takes 6 %."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        _keep_loaded()
        if was_on:
            gc.enable()


@functools.cache
def _keep_loaded() -> None:
    """Tell the collector, once, not to look through lexicons and gazetteer: they stay."""
    gc.freeze()


def write(graph: KnowledgeGraph, folder: Path, more: Iterable[str] = ()) -> list[Path]:
    """Write every export into ``folder``, all or nothing, and return the files.

    ``more`` are exports that are only written on request.

    A result that is there is replaced only by a complete new one. Raise OutputError if the folder
    holds something else or cannot be written.
    """
    refuse_foreign(folder)
    names = [*EXPORTERS, *more]
    target = folder.resolve()
    draft = _beside(target)
    try:
        draft.mkdir(parents=True)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror or error}") from error
    try:
        files = [path.relative_to(draft) for path in export(graph, draft, names=names)]
        _swap(draft, target)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return [folder / path for path in files]


def refuse_foreign(folder: Path) -> None:
    """Raise OutputError if ``folder`` is a file, or holds files that are not a result of ours."""
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file, a folder is needed")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / RESULT).is_file():
        raise OutputError(f"{folder}: holds other files; name a new or empty folder")


def _beside(folder: Path) -> Path:
    """Return a hidden name next to ``folder``, on the same disk so that a rename is enough."""
    return folder.with_name(f".{folder.name}-{uuid.uuid4().hex}")


def _swap(draft: Path, folder: Path) -> None:
    """Put ``draft`` in the place of ``folder``; whatever fails, one complete result remains."""
    if not folder.exists():
        draft.rename(folder)
        return
    old = _beside(folder)
    folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
