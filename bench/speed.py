"""How fast is the line from article to claims, beside jieba on the same text in the same run?

    python bench/speed.py [PAGES…] [--rounds N]

Prints a table: characters a second (median of the rounds) and the ratio to ``jieba.posseg``, which
does far less (it tags words) and is what a line of this kind would otherwise start from. The three
take turns in every round, so that a busy machine slows all alike. Loading is not counted.
"""

import argparse
import logging
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kg.model import Article
from kg.pipeline import extract_article, open_source
from kg.read import discover

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


def contestants() -> dict[str, Callable[[Article], object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 warns about its own source
        import jieba
        import jieba.posseg
    jieba.setLogLevel(logging.WARNING)
    return {
        "jieba.posseg": lambda article: list(jieba.posseg.cut(article.text)),
        "jieba.cut": lambda article: list(jieba.cut(article.text)),
        "kg: article → claims": extract_article,
    }


def seconds(work: Callable[[Article], object], articles: list[Article]) -> float:
    start = time.perf_counter()
    for article in articles:
        work(article)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("pages", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    articles = [a for path in discover(options.pages) for a in open_source(path).articles]
    size = sum(len(article.text) for article in articles)
    work = contestants()
    for function in work.values():
        seconds(function, articles[:2])  # loads dictionaries and lexicons
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(options.rounds):
        for name, function in work.items():
            times[name].append(seconds(function, articles))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    table = Table("", "characters/s", "× posseg", "spread")
    for name, taken in medians.items():
        spread = (max(times[name]) - min(times[name])) / taken
        ratio = medians["jieba.posseg"] / taken
        table.add_row(name, f"{size / taken:,.0f}", f"{ratio:.2f}", f"±{spread / 2:.0%}")
    Console().print(f"{len(articles)} articles, {size:,} characters, {options.rounds} rounds")
    Console().print(table)


if __name__ == "__main__":
    main()
