"""Fit the model that decides which nouns for people are groups, and write data/models/groups.csv.

Usage: python scripts/train.py [FOLDER…] [--check]; without a folder: what tests/cases holds

A folder holds annotated articles (.ann) or paragraphs (.txt, one a line, {G:…} and {G?:…} for groups).
The sentences of tests/cases/groups.csv are settled cases: each of them counts twice.
The samples are the nouns that the recogniser considers; what an annotator leaves open is no sample.
It is a logistic regression with an L1 penalty, so that few features keep a weight. Before it is fitted
to all samples it is fitted without each tenth of the annotators and tried on these: the figures are
printed beside those of the rules alone. --check writes nothing. It needs scikit-learn.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg import recognise
from kg.evaluate import Document, paragraph, read_annotation, read_paragraphs
from kg.language.scan import scan
from kg.model import Article, Page
from kg.recognise import group
from kg.recognise.candidate import Candidate
from kg.recognise.group_model import BIAS, WEIGHTS, Noun, settled

CASES = Path(__file__).parents[1] / "tests" / "cases"
SENTENCES = "groups"
SETTLED = 2.0  # what a settled case weighs
FOLDS = 10
PENALTY = 0.7  # inverse strength: the best of 0.3, 0.5, 0.7, 1 and 2 over the folds
LEAST = 2  # samples in which a feature occurs


@dataclass(frozen=True)
class Sample:
    """A noun for people with what an annotator says of it."""

    hand: str
    noun: Noun
    signs: set[str]
    right: bool


def main() -> int:
    given = [Path(name) for name in sys.argv[1:] if not name.startswith("--")]
    found = list(samples(given or [CASES / "articles", CASES / "paragraphs"]))
    hands = sorted({one.hand for one in found})
    print(f"{len(found)} nouns of {len(hands)} annotators, {sum(s.right for s in found)} groups")
    print(f"{'fold':8}{'rules P':>9}{'R':>7}{'F1':>7}{'model P':>10}{'R':>7}{'F1':>7}")
    said: list[tuple[Sample, bool]] = []
    for fold in range(FOLDS):
        held = set(hands[fold::FOLDS])
        model = fit([one for one in found if one.hand not in held])
        part = [(one, decide(model, one)) for one in found if one.hand in held]
        print(row(str(fold + 1), part))
        said += part
    print(row("all", said))
    if "--check" not in sys.argv:
        write(fit(found))
    return 0


def samples(folders: Sequence[Path]) -> Iterator[Sample]:
    """Yield the nouns of all annotated texts that an annotator decided."""
    for document in documents(folders):
        marks = {
            (m.start, m.end): m.optional or document.nodes[m.entity].optional
            for m in document.marks
            if m.type == "GROUP"
        }
        for noun, signs in considered(document):
            left_open = marks.get((noun.start, noun.end))
            if not left_open:
                yield Sample(document.name.partition("-")[0], noun, signs, left_open is not None)


def documents(folders: Sequence[Path]) -> Iterator[Document]:
    for folder in folders:
        for path in sorted(folder.rglob("*.ann")):
            yield read_annotation(path)
        for path in sorted(folder.rglob("*.txt")):
            yield from read_paragraphs(path)
    yield from sentences()


def sentences() -> Iterator[Document]:
    """Yield the settled cases: sentences with their groups in 【】."""
    with (CASES / "groups.csv").open(encoding="utf-8", newline="") as file:
        lines = [
            row["sentence"].replace("【", "{G:").replace("】", "}") for row in csv.DictReader(file)
        ]
    for number, line in enumerate(lines, start=1):
        yield paragraph(f"{SENTENCES}-{number}", line)


def considered(document: Document) -> list[tuple[Noun, set[str]]]:
    page = Page(document.name, document.text, "plain")
    title = document.text.split("\n", 1)[0]
    scanned = scan(Article(document.name, page, title, document.text))
    found: list[Candidate] = []
    for name, recogniser in zip(recognise.ORDER, recognise.recognisers(), strict=True):
        if name == "group":
            break
        found.extend(recogniser(scanned, found))
    return group.considered(scanned, found)


@dataclass(frozen=True)
class Model:
    """A fitted regression and the names of its features."""

    names: DictVectorizer
    regression: LogisticRegression


def fit(found: Sequence[Sample]) -> Model:
    count: dict[str, int] = {}
    for one in found:
        for sign in one.signs:
            count[sign] = count.get(sign, 0) + 1
    rows = [{sign: 1 for sign in sorted(one.signs) if count[sign] >= LEAST} for one in found]
    names = DictVectorizer()
    regression = LogisticRegression(
        C=PENALTY, l1_ratio=1.0, solver="liblinear", max_iter=1000, random_state=0
    )
    table = names.fit_transform(rows)
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    weights = [SETTLED if one.hand == SENTENCES else 1.0 for one in found]
    regression.fit(table, np.array([one.right for one in found]), sample_weight=weights)
    return Model(names, regression)


def decide(model: Model, one: Sample) -> bool:
    signs = model.names.transform([dict.fromkeys(one.signs, 1)])
    return settled(one.noun, float(model.regression.decision_function(signs)[0]))


def row(name: str, said: Sequence[tuple[Sample, bool]]) -> str:
    """Return a line of the table: precision, recall and F1 of the rules and of the model."""
    rules = figures([(one.right, one.noun.taken) for one, _ in said])
    model = figures([(one.right, taken) for one, taken in said])
    return f"{name:8}{rules[0]:9.3f}{rules[1]:7.3f}{rules[2]:7.3f}{model[0]:10.3f}{model[1]:7.3f}{model[2]:7.3f}"


def figures(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    hits = sum(right and taken for right, taken in pairs)
    precision = hits / max(1, sum(taken for _, taken in pairs))
    recall = hits / max(1, sum(right for right, _ in pairs))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def write(model: Model) -> None:
    weights = dict(zip(model.names.get_feature_names_out(), model.regression.coef_[0], strict=True))
    rows = [(name, f"{weight:.3f}") for name, weight in sorted(weights.items())]
    kept = [(name, weight) for name, weight in rows if float(weight)]
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("feature", "weight"))
        lines.writerow((BIAS, f"{model.regression.intercept_[0]:.3f}"))
        lines.writerows(kept)
    print(f"{len(kept)} weights in {WEIGHTS.name}")


if __name__ == "__main__":
    sys.exit(main())
