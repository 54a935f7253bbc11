"""The whole line, scored by the guide's own scorer against the floors of floors.json.

A floor is only ever raised: lower one and you say that the line may get worse.
"""

import contextlib
import difflib
import io
import json
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg import evaluate
from kg.export.jsonl import record
from kg.pipeline import extract_source, open_source
from kg.read import discover

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
SAME_TEXT = 0.99  # share of a gold text's characters, white space aside, that the splitter keeps


def lines(pages: list[Path]) -> list[dict[str, Any]]:
    """Return what ``kg extract`` prints, as parsed JSON."""
    readings = [extract_source(open_source(path)) for path in discover(pages)]
    assert not [problem for reading in readings for problem in reading.problems]
    found = [extraction for reading in readings for extraction in reading.extractions]
    return [json.loads(json.dumps(record(one))) for one in found]


def figures(scorer: ModuleType, gold: Path, said: list[dict[str, Any]]) -> dict[str, float]:
    golds = [scorer.parse(path) for path in sorted(gold.glob("*.ann"))]
    with contextlib.redirect_stdout(io.StringIO()):
        rows: dict[str, float] = scorer.report(golds, said)
    return rows


def below(name: str, rows: dict[str, float]) -> dict[str, tuple[float, float]]:
    return {row: (rows[row], floor) for row, floor in FLOORS[name].items() if rows[row] < floor}


@pytest.fixture(scope="module")
def seed(shared: Path) -> list[dict[str, Any]]:
    return lines(sorted((shared / "seeds").glob("*.txt")))


def test_the_newspaper_page_becomes_its_articles(
    shared: Path, scorer: ModuleType, seed: list[dict[str, Any]]
) -> None:
    golds = [scorer.parse(path) for path in sorted((shared / "gold" / "seed").glob("*.ann"))]
    assert len(seed) == len(golds)
    partner = scorer.match_documents(golds, seed)
    for index, gold in enumerate(golds):
        ours = scorer.squeeze(seed[partner[index]]["text"])[0]
        theirs = scorer.squeeze(gold["text"])[0]
        blocks = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
        kept = sum(block.size for block in blocks)
        assert kept >= SAME_TEXT * max(len(ours), len(theirs)), gold["header"]["doc"]


def test_the_newspaper_page_stays_above_its_floors(
    shared: Path, scorer: ModuleType, seed: list[dict[str, Any]]
) -> None:
    assert not below("seed", figures(scorer, shared / "gold" / "seed", seed))


def test_the_annotated_articles_stay_above_their_floors(
    shared: Path, scorer: ModuleType, tmp_path: Path
) -> None:
    gold = shared / "gold" / "dev"
    for path in sorted(gold.glob("*.ann")):
        text = scorer.parse(path)["text"]
        (tmp_path / f"{path.stem}.txt").write_text(text + "\n", encoding="utf-8")
    assert not below("dev", figures(scorer, gold, lines([tmp_path])))


@pytest.mark.parametrize(
    ("name", "hands"),
    [
        ("articles", ("own", "held", "final")),
        ("fresh", ("fresh", "plain")),
        ("modelled", ("fine", "true", "real", "last")),
        (
            "newest",
            (
                "news",
                "sure",
                "deep",
                "wide",
                "mark",
                "seal",
                "oath",
                "tide",
                "lamp",
                "kiln",
                "moss",
                "reed",
                "fern",
            ),
        ),
        ("freshest", ("jade", "wren", "dune", "onyx", "opal", "pine")),
        ("latest", ("flax", "teak", "cork", "reef", "loom", "vale", "birch", "coral", "maple")),
        (
            "recent",
            (
                "ash",
                "iris",
                "elm",
                "sage",
                "gale",
                "mint",
                "husk",
                "nova",
                "thorn",
                "quill",
                "peak",
                "rune",
                "wick",
                "frost",
                "lotus",
                "ember",
            ),
        ),
        (
            "present",
            (
                "agate",
                "basil",
                "cedar",
                "dawn",
                "echo",
                "fawn",
                "gull",
                "hazel",
                "isle",
                "kelp",
                "lark",
                "mesa",
                "nest",
                "olive",
                "pearl",
                "quartz",
                "raven",
                "stone",
                "tansy",
                "umber",
                "violet",
                "wheat",
                "yarrow",
                "zinc",
                "aspen",
                "briar",
                "clove",
            ),
        ),
        (
            "current",
            (
                "dove",
                "glen",
                "heron",
                "ivory",
                "juno",
                "knoll",
                "plum",
                "nutmeg",
                "oak",
                "mango",
                "rowan",
                "lilac",
                "sorrel",
                "tulip",
                "willow",
                "viola",
                "yew",
                "zephyr",
                "acorn",
                "bluff",
                "cove",
                "delta",
                "fjord",
                "grove",
                "brook",
                "elder",
                "larch",
                "lupin",
                "marsh",
                "ridge",
                "cress",
                "ilex",
                "osier",
                "tamar",
                "sumac",
                "poppy",
                "hemp",
                "mocha",
            ),
        ),
        # written with the habits of portals, accounts and bulletins
        ("messy", ("alder", "barley", "clover", "dill", "fennel", "ginger", "heath", "indigo")),
    ],
)
def test_articles_of_other_hands_stay_above_their_floors(
    root: Path, tmp_path: Path, name: str, hands: tuple[str, ...]
) -> None:
    """Scored by our own scorer, which test_evaluate.py holds equal to the guide's."""
    golds = [
        evaluate.read_annotation(path)
        for path in sorted((root / "tests/cases/articles").glob("*.ann"))
        if path.stem.partition("-")[0] in hands
    ]
    assert not below(name, scores(golds, tmp_path, FLOORS[name]))


def test_paragraphs_with_places_and_groups_stay_above_their_floors(
    root: Path, tmp_path: Path
) -> None:
    """Single paragraphs, denser in places and people than articles, with nothing else marked."""
    golds = [
        gold
        for path in sorted((root / "tests/cases/paragraphs").glob("*.txt"))
        for gold in evaluate.read_paragraphs(path)
    ]
    assert not below("paragraphs", scores(golds, tmp_path, FLOORS["paragraphs"]))


def scores(golds: list[evaluate.Document], folder: Path, rows: Iterable[str]) -> dict[str, float]:
    """Return what the line makes of the texts alone, scored by our own scorer."""
    for gold in golds:
        (folder / f"{gold.name}.txt").write_text(gold.text + "\n", encoding="utf-8")
    guesses = [
        evaluate.from_extraction(one)
        for path in discover([folder])
        for one in extract_source(open_source(path)).extractions
    ]
    report = evaluate.evaluate(golds, guesses)
    return {row: report.value(row) for row in rows}
