"""Measure each rule on annotated articles and write data/ontology/confidence.csv.

Usage: python scripts/measure_rules.py [FOLDER…] [--check]; without a folder: tests/cases/articles

A claim is right if its annotation has a relation of that name between the paired ends, for an outcome
if it has the number. What the annotation leaves open counts for nothing. A rule with few claims gets
no row of its own; its family's row stands for it. --check writes nothing.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.evaluate import read_annotation
from kg.evaluate.annotation import Document, from_extraction
from kg.evaluate.pairing import lay_over, pair_nodes
from kg.evaluate.score import UNDIRECTED
from kg.export.confidence import COLUMNS, TABLE
from kg.language.numbers import parse_number
from kg.model import Article, Claim, Extraction, Page
from kg.pipeline import extract_article

LEAST = 15  # claims that a row of its own takes
HIGH, MEDIUM = 0.9, 0.75
Tally = Counter[tuple[str, str, bool]]


def main() -> int:
    given = [Path(name) for name in sys.argv[1:] if not name.startswith("--")]
    folders = given or [Path(__file__).parents[1] / "tests" / "cases" / "articles"]
    tally: Tally = Counter()
    for path in sorted(one for folder in folders for one in folder.rglob("*.ann")):
        gold = read_annotation(path)
        judge(gold, extract_article(article(gold, path)), numbers(path), tally)
    rows = list(table(tally))
    for row in rows:
        print(*row, sep="\t")
    if "--check" not in sys.argv:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    return 0


def article(gold: Document, path: Path) -> Article:
    """Return an annotated document as the splitter would hand it on."""
    said = dict(
        line.split(": ", 1)
        for line in path.read_text(encoding="utf-8").split("\n---")[0].splitlines()
        if ": " in line
    )
    outlet, number, section, *_ = [*said.get("source", "").split(), "", "", ""]
    page = Page(path.name, gold.text, "plain", outlet, said.get("date", ""), number, section)
    title = gold.text.split("\n", 1)[0]
    return Article(gold.name, page, title, gold.text, said.get("dateline", ""))


def numbers(path: Path) -> set[tuple[str, str]]:
    """Return head and number of each outcome that an annotation has."""
    found = re.findall(
        r"(?m)^outcome\s+(\w+).*?\bvalue=([^;\s]+)", path.read_text(encoding="utf-8")
    )
    return {(head, number(value)) for head, value in found}


def number(value: str) -> str:
    parsed = parse_number(value)
    return value if parsed is None else str(parsed.normalize())


def judge(
    gold: Document, extraction: Extraction, outcomes: set[tuple[str, str]], tally: Tally
) -> None:
    """Count the claims of one article as right or wrong."""
    overlay = lay_over(gold, from_extraction(extraction))
    pairing = pair_nodes(overlay)
    links = {(link.relation, link.head, link.tail) for link in gold.links}
    links |= {(r, tail, head) for r, head, tail in links if r in UNDIRECTED}
    optional = {
        (link.relation, link.head, link.tail)
        for link in gold.links
        if link.optional or {link.head, link.tail} & pairing.optional
    }
    for claim in extraction.claims:
        head, tail = pairing.gold_of.get(claim.head, ""), pairing.gold_of.get(claim.tail, "")
        ends = {end for end in (claim.head, claim.tail) if end}
        if ends & pairing.forgiven or {head, tail} & pairing.optional:
            continue
        if claim.relation == "outcome":
            right = (head, number(claim.attributes.get("value", ""))) in outcomes
        elif (claim.relation, head, tail) in optional:
            continue
        else:
            right = (claim.relation, head, tail) in links
        for rule in rules(claim):
            tally[claim.relation, rule, right] += 1


def rules(claim: Claim) -> tuple[str, str]:
    return claim.rule, claim.rule.partition(".")[0]


def table(tally: Tally) -> Iterator[tuple[str, str, str, str, int]]:
    """Yield a row for each family of rules, and for each rule with enough claims."""
    for relation, rule in sorted({(relation, rule) for relation, rule, _ in tally}):
        right, wrong = tally[relation, rule, True], tally[relation, rule, False]
        if "." not in rule or right + wrong >= LEAST:
            share = round(right / (right + wrong), 2)  # as it is printed
            level = "high" if share >= HIGH else "medium" if share >= MEDIUM else "low"
            yield relation, rule, level, f"{share:.2f}", right + wrong


if __name__ == "__main__":
    sys.exit(main())
