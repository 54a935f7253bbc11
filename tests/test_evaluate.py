"""The figures of kg.evaluate: by hand on small documents, and equal to the guide's own scorer."""

import contextlib
import io
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import Document, evaluate, read_annotation
from kg.evaluate.annotation import Link, Mark, Node
from kg.evaluate.gallery import write_gallery

ANNOTATED = """doc: t-1
title: 夜巡
---
{t1:昨夜},{u1:青河县公安局}在{l1:人民广场}开展{a1:夜间巡逻},{u1~该局}还{a2?:发放资料}。
---
u1 UNIT 阿勒泰地区青河县公安局 | 青河县公安局
l1 LOC 人民广场
t1 TIME 昨夜
a1 ACT 夜间巡逻 ; kind=patrol
a2? ACT 发放资料
---
organizes u1 a1
held_on a1 t1
held_at a1 l1 ?
outcome a1 ; what=发放资料 ; value=10 ; unit=份
"""


@pytest.fixture
def gold(tmp_path: Path) -> Document:
    path = tmp_path / "t-1.ann"
    path.write_text(ANNOTATED, encoding="utf-8")
    return read_annotation(path)


def test_markup_is_removed_and_offsets_point_into_the_text(gold: Document) -> None:
    assert gold.text == "昨夜,青河县公安局在人民广场开展夜间巡逻,该局还发放资料。"
    assert [gold.text[m.start : m.end] for m in gold.marks] == [
        "昨夜",
        "青河县公安局",
        "人民广场",
        "夜间巡逻",
        "该局",
        "发放资料",
    ]
    assert [m.nominal for m in gold.marks] == [False, False, False, False, True, False]
    assert gold.nodes["a2"].optional
    assert [link.relation for link in gold.links] == ["organizes", "held_on", "held_at"]


def test_a_document_agrees_with_itself(gold: Document) -> None:
    report = evaluate([gold], [gold])
    assert report.matched == 1
    assert not report.errors
    asked = {row: counts.asked for row, counts in report.rows.items() if counts.asked}
    assert all(report.value(row) == 1 for row in asked)
    # 发放资料 and the venue are optional, the outcome is not a link
    assert asked["mention all"] == 4
    assert asked["entity all"] == 4
    assert asked["relation all"] == 2
    assert asked["coreference"] == 1


def test_what_is_missed_and_wrong_is_counted_and_named(gold: Document) -> None:
    text = gold.text
    guess = Document(
        "g",
        text,
        (
            Mark("UNIT", 3, 9, "x"),
            Mark("LOC", 10, 14, "y"),
            Mark("LOC", 0, 2, "z"),  # a time, taken for a place
        ),
        {
            "x": Node("x", "UNIT", "青河县公安局"),
            "y": Node("y", "LOC", "人民广场"),
            "z": Node("z", "LOC", "昨夜"),
        },
        (Link("located_in", "x", "y"),),
    )
    report = evaluate([gold], [guess])
    place = report.rows["mention LOC"]
    assert (place.found, place.wrong, place.missed) == (1, 1, 0)
    assert report.value("canonical") == 0
    said = {(error.kind, error.what, error.text) for error in report.errors}
    assert ("wrong", "mention LOC", "昨夜") in said
    assert ("missed", "mention ACT", "夜间巡逻") in said
    assert ("missed", "relation organizes", "阿勒泰地区青河县公安局 → 夜间巡逻") in said
    assert ("wrong", "relation located_in", "阿勒泰地区青河县公安局 → 人民广场") in said
    assert ("wrong", "canonical", "青河县公安局 for 阿勒泰地区青河县公安局") in said


def test_an_article_that_nobody_read_is_all_missed(gold: Document) -> None:
    report = evaluate([gold], [])
    assert report.matched == 0
    assert report.rows["mention all"].missed == 4
    assert report.value("mention all") == 0


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("doc: x\n---\ntext", "2 parts"),
        ("doc: x\n---\n{u1:甲\n---\nu1 UNIT 甲\n---\n", "never closes"),
        ("doc: x\n---\n{u1:甲}\n---\n---\n", "no entity line for u1"),
        ("doc: x\n---\n甲\n---\nu1 LOC 甲\n---\n", "not an entity"),
        ("doc: x\n---\n甲\n---\n---\norganizes u1\n", "not a relation"),
    ],
)
def test_a_broken_annotation_names_file_and_cause(tmp_path: Path, broken: str, said: str) -> None:
    path = tmp_path / "broken.ann"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        read_annotation(path)
    assert "broken.ann" in str(caught.value)


@pytest.mark.parametrize("seed", range(3))
def test_figures_equal_those_of_the_guide(shared: Path, scorer: ModuleType, seed: int) -> None:
    """Every row, on damaged copies of the annotated documents (marks, names, text, links)."""
    files = sorted((shared / "gold" / "dev").glob("*.ann"))[seed::5]
    files += sorted((shared / "gold" / "seed").glob("*.ann"))
    golds = [read_annotation(file) for file in files]
    dice = random.Random(seed)
    guesses = [damage(gold, dice) for gold in golds]
    report = evaluate(golds, guesses)
    with contextlib.redirect_stdout(io.StringIO()):
        theirs = scorer.report([scorer.parse(f) for f in files], [as_json(g) for g in guesses])
    ours = {row: report.value(row) for row in theirs}
    assert ours == pytest.approx(theirs)
    assert 0.2 < ours["mention all"] < 0.95, "the damage makes the comparison worth something"


def damage(gold: Document, dice: random.Random) -> Document:
    marks = []
    for mark in gold.marks:
        shift = dice.choice((0, 0, 0, 0, 1, -1, 2))
        start = max(0, min(mark.start + shift, mark.end - 1))
        kind = mark.type if dice.random() < 0.95 else dice.choice(("ORG", "LOC", "ACT"))
        if dice.random() < 0.85:
            marks.append(Mark(kind, start, mark.end, mark.entity, mark.nominal))
    nodes = {
        node.id: Node(node.id, node.type, dice.choice((node.name, *node.aliases)), node.aliases[:1])
        for node in gold.nodes.values()
        if dice.random() < 0.9
    }
    links = [Link(link.relation, link.head, link.tail) for link in gold.links]
    links = [link for link in links if dice.random() < 0.8]
    if len(links) > 2:
        links.append(Link("organizes", links[0].head, links[-1].tail))
    # a lost character and added white space, as another reader of the page would have them
    at = dice.randrange(len(gold.text) // 2, len(gold.text))
    moved = [
        Mark(m.type, m.start + 2 * (m.start > at), m.end + 2 * (m.end > at), m.entity, m.nominal)
        for m in marks
    ]
    text = gold.text[: at + 1] + "\n " + gold.text[at + 1 :]
    text = text[:5] + "〓" + text[6:]
    return Document(gold.name, text, tuple(moved), nodes, tuple(links))


def as_json(guess: Document) -> dict[str, Any]:
    return {
        "title": "",
        "text": guess.text,
        "mentions": [
            {
                "type": m.type,
                "start": m.start,
                "end": m.end,
                "entity": m.entity,
                "nominal": m.nominal,
            }
            for m in guess.marks
        ],
        "entities": [
            {"id": n.id, "type": n.type, "name": n.name, "aliases": list(n.aliases)}
            for n in guess.nodes.values()
        ],
        "relations": [{"type": k.relation, "head": k.head, "tail": k.tail} for k in guess.links],
    }


def test_the_gallery_shows_errors_where_they_stand(gold: Document, tmp_path: Path) -> None:
    guess = Document(
        "g",
        gold.text.replace("。", "<b>"),
        (Mark("LOC", 0, 2, "<z>"), Mark("UNIT", 3, 9, "u")),
        {"<z>": Node("<z>", "LOC", "昨夜"), "u": Node("u", "UNIT", "青河县公安局")},
    )
    page = tmp_path / "errors.html"
    write_gallery([gold], [guess], evaluate([gold], [guess]), page)
    html = page.read_text(encoding="utf-8")
    assert '<mark class="missed" title="t1">昨夜<small>TIME</small></mark>' in html
    assert '<mark class="wrong" title="&lt;z&gt;">昨夜<small>LOC</small></mark>' in html
    assert '<mark class="" title="u">青河县公安局<small>UNIT</small></mark>' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
