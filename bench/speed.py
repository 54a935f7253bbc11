"""How fast is the line from article to claims, beside jieba on the same text in the same run?

    python -m bench.speed [--chars N]

There are five texts: the gold documents, if they are in reach; the same without those in traditional
script, for which jieba has few words and takes twenty times as long; of them the real newspaper page
alone; the articles of other hands in tests/cases, denser, for they were written to be hard; and
invented ones (bench/scale.py: the sentences of data/samples put together anew, thick with names,
whose few words the segmenter knows). The gold is short: it is read by several fresh processes.
``jieba.posseg`` does far less (it tags words) and is what a line of this kind would otherwise
start from. The line takes some articles through its stages together, as the engine does; beside it
stands what one article at a time takes. Each contender is a process of its own; all are bound to
one core and take turns, a block of text each, so that a busy machine slows all alike. Counted is
processor time without loading. Prints the figures and puts them into the section «Speed» of
bench/RESULTS.md.
"""

import argparse
import itertools
import json
import os
import pickle
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.results import ROOT, commit, markdown, put_section, today
from kg.model import Article
from kg.pipeline import TOGETHER

CHARS = 1_000_000
BLOCKS = 20
WARM = 20  # articles before the clock, none of those read against it: lexicons, patterns
TRADITIONAL = 0.15  # share of signs that another script writes otherwise
FRESH = 7  # processes that read a text of few articles, one after the other
LINE = "kg: article → claims"  # as the engine runs it: some articles together
SINGLE = "kg: one article at a time"
NAMES = ("jieba.posseg.cut", "jieba.cut", LINE, SINGLE)
STARTS = {
    "jieba": "import jieba; jieba.initialize()",
    "kg": "from pathlib import Path; from kg.pipeline import extract_article, open_source; "
    "extract_article(open_source(Path('data/samples/guangdong-shunde.txt')).articles[0])",
}


# -- the text ---------------------------------------------------------------------------------


def annotated(folders: Iterable[Path]) -> list[dict[str, str]]:
    """Return the annotated articles of some folders, without their marks."""
    from kg.evaluate.annotation import read_annotation

    files = [file for folder in folders for file in sorted(folder.glob("*.ann"))]
    texts = [read_annotation(file).text for file in files]
    return [{"title": text.partition("\n")[0], "text": text} for text in texts]


def is_traditional(text: str) -> bool:
    """Return whether a text is in traditional script: folding changes many of its signs."""
    from kg.language.text import fold

    changed = sum(one != other for one, other in zip(text, fold(text), strict=True))
    return changed > TRADITIONAL * len(text)


def invented(size: int) -> list[dict[str, str]]:
    """Return invented articles of ``size`` characters together."""
    from bench.scale import Invention

    invent, pages, total = Invention(), [], 0
    while total < size:
        pages.append(invent(len(pages)))
        total += len(pages[-1]["text"])
    return pages


def articles(folder: Path, pages: list[dict[str, str]]) -> list[Article]:
    """Return what the splitter makes of some pages."""
    from kg.pipeline import open_source

    file = folder / "pages.jsonl"
    file.write_text("\n".join(json.dumps(page, ensure_ascii=False) for page in pages), "utf-8")
    return sorted(open_source(file).articles, key=lambda one: one.id)


# -- a contender, in a process of its own -----------------------------------------------------


def work_of(name: str) -> Callable[[Sequence], object]:
    if name in (LINE, SINGLE):
        from kg.engine.local import ready
        from kg.pipeline import extract_articles

        ready()
        size = TOGETHER if name == LINE else 1
        return lambda items: [
            extract_articles(items[start : start + size]) for start in range(0, len(items), size)
        ]
    import logging
    import warnings

    warnings.simplefilter("ignore")  # jieba 0.42.1 warns about its own source
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    cut = jieba.posseg.cut if name == "jieba.posseg.cut" else jieba.cut
    return lambda texts: [list(cut(text)) for text in texts]


def serve(name: str, file: Path) -> None:
    """Answer each line ``start stop`` with the seconds that these articles took."""
    warm, items = pickle.loads(file.read_bytes())
    work = work_of(name)
    work(warm)
    print("ready", flush=True)
    for line in sys.stdin:
        first, last = map(int, line.split())
        start = time.process_time()
        work(items[first:last])
        print(time.process_time() - start, flush=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)


class Contender:
    """One process that works on a block when told to."""

    def __init__(self, name: str, file: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.speed", "--serve", name, str(file)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.seconds: list[float] = []
        self._answer()

    def _answer(self) -> str:
        answer = self.process.stdout.readline().strip()
        if not answer:
            sys.exit("a contender died")
        return answer

    def run(self, first: int, last: int) -> None:
        self.process.stdin.write(f"{first} {last}\n")
        self.process.stdin.flush()
        self.seconds.append(float(self._answer()))

    def memory(self) -> int:
        self.process.stdin.close()
        return int(self._answer())


# -- measuring --------------------------------------------------------------------------------


def race(
    folder: Path, warm: Sequence[Article], found: Sequence[Article]
) -> dict[str, tuple[list[float], int]]:
    """Return seconds a block and the peak memory of each contender."""
    whole, plain = folder / "articles", folder / "texts"
    whole.write_bytes(pickle.dumps((warm, found)))
    plain.write_bytes(pickle.dumps([[article.text for article in one] for one in (warm, found)]))
    times: dict[str, tuple[list[float], int]] = {name: ([], 0) for name in NAMES}
    for _ in range(passes(found)):
        for name, (seconds, memory) in one_race(whole, plain, len(found)).items():
            before, most = times[name]
            times[name] = [*before, *seconds], max(most, memory)
    return times


def passes(found: Sequence[Article]) -> int:
    """Return how often a text is read, each time by fresh processes."""
    return FRESH if len(found) <= 2 * TOGETHER else 1


def one_race(whole: Path, plain: Path, size: int) -> dict[str, tuple[list[float], int]]:
    """Return what each contender takes, in a process each, for ``size`` articles."""
    running = {name: Contender(name, whole if name in (LINE, SINGLE) else plain) for name in NAMES}
    rows = -(-size // TOGETHER)  # of as many articles as the engine takes together
    blocks = min(BLOCKS, rows)
    edges = [min(size, rows * step // blocks * TOGETHER) for step in range(blocks + 1)]
    for first, last in itertools.pairwise(edges):
        for contender in running.values():
            contender.run(first, last)
    return {name: (one.seconds, one.memory()) for name, one in running.items()}


def start_up(code: str) -> float:
    """Return the processor time of a fresh process, the least of three."""
    taken = []
    for _ in range(4):  # the first fills caches
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            cwd=ROOT,
            check=True,
            stderr=subprocess.DEVNULL,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken[1:])


def one_core() -> str:
    """Bind this process and its children to one core and return what the machine is."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    return f"{platform.machine()}, {os.cpu_count()} cores, one used, load {os.getloadavg()[0]:.0f}"


# -- telling ----------------------------------------------------------------------------------


def rows(size: int, results: dict[str, tuple[list[float], int]]) -> Iterable[tuple[str, ...]]:
    posseg = results["jieba.posseg.cut"][0]
    for name, (seconds, memory) in results.items():
        ratios = [theirs / ours for theirs, ours in zip(posseg, seconds, strict=True)]
        low, *_, high = statistics.quantiles(ratios, n=10)
        yield (
            name,
            f"{size / sum(seconds):,.0f}",
            f"{sum(posseg) / sum(seconds):.2f}",
            f"{low:.2f}–{high:.2f}",
            f"{memory / 2**20:,.0f} MiB",
        )


def tell(about: str, table: list[tuple[str, ...]], starts: str) -> None:
    head = ("", "characters/s", "× posseg", "× posseg, 80 % of blocks", "peak memory")
    shown = Table(*head)
    for row in table:
        shown.add_row(*row)
    Console().print(about, shown, starts, sep="\n")
    put_section("Speed", f"{about}\n\n{markdown(head, table)}\n\n{starts}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--chars", type=int, default=CHARS, help="Length of the invented text.")
    parser.add_argument("--serve", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve[0], Path(options.serve[1]))
        return
    machine = one_core()
    with tempfile.TemporaryDirectory(prefix="kg-speed-") as name:
        hands = annotated([ROOT / "tests" / "cases" / "articles"])
        shared = ROOT.parent / "shared" / "gold"
        gold = annotated(shared.glob("*/"))
        texts = {
            "gold": gold,
            "gold, simplified script": [page for page in gold if not is_traditional(page["text"])],
            "real page": annotated([shared / "seed"]),
            "other hands": hands,
            "invented": invented(options.chars),
        }
        table, sizes = [], []
        for text, pages in texts.items():
            found = articles(Path(name), pages)
            if not found:
                continue
            warm = articles(Path(name), hands[:WARM])
            found = found[WARM:] if pages is hands else found
            size = sum(len(article.text) for article in found)
            sizes.append(f"{text} {size:,} characters")
            said = rows(size * passes(found), race(Path(name), warm, found))
            table += [(f"{text}: {label}", *rest) for label, *rest in said]
    kg, jieba = start_up(STARTS["kg"]), start_up(STARTS["jieba"])
    about = (
        f"`python -m bench.speed` · {today()} · commit {commit()} · {machine} · "
        f"{', '.join(sizes)} · processor time"
    )
    starts = (
        f"Start-up, processor time: kg to the first article done {kg:.2f} s, "
        f"`import jieba; jieba.initialize()` from its cache {jieba:.2f} s."
    )
    tell(about, table, starts)


if __name__ == "__main__":
    main()
