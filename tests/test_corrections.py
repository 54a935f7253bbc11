"""What people decide: the file, where it applies, what it does, and what it says of itself."""

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from kg.corrections.anchor import anchor_of, spans_of
from kg.corrections.plan import correct
from kg.corrections.table import (
    COLUMNS,
    append_correction,
    key_of,
    read_corrections,
    report,
    standing,
)
from kg.export import export
from kg.graph import KnowledgeGraph, assemble, claim_key
from kg.model import Correction, Extraction, Ruling
from kg.validate import validate
from tests.line import article, extract

RIVER = article(
    "河湾课堂\n6月3日，柳河县公安局水上派出所在柳河码头开展防溺水宣传活动。所长田小满参加了夜间巡逻。\n"
    "柳河县公安局要求各所，县局还将派人到柳河码头查看。"
)
SQUARE = article(
    "广场上\n6月4日，青石县公安局在青石广场开展防溺水宣传活动。县局派周望川带队。",
    "b.txt",
    "另一报",
)
STATION, BUREAU = "unit-柳河县公安局水上派出所", "unit-柳河县公安局"


def graph_of(*rows: Correction) -> KnowledgeGraph:
    graph, _ = correct(assemble([extract(RIVER), extract(SQUARE)]), rows)
    return graph


def of(graph: KnowledgeGraph, title: str) -> Extraction:
    return next(one for one in graph.extractions if one.article.title == title)


def ruling(row: Correction) -> Ruling:
    (one,) = graph_of(row).rulings
    return one


def here(action: str, quote: str, target: str = "", value: str = "") -> Correction:
    return Correction(action, anchor_of(extract(RIVER)), quote, target, value, "甲", "2025-07-01")


def relations(extraction: Extraction) -> set[tuple[str, str, str]]:
    return {(one.relation, one.head, one.tail) for one in extraction.claims}


# ── the file ─────────────────────────────────────────────────────────────────────────────────


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    rows = [
        here("merge", "县局", BUREAU),
        replace(here("note", '他说"好",\n又说\\n'), why="原文如此, 待查"),
    ]
    path = tmp_path / "corrections.csv"
    for row in rows:
        append_correction(path, row)
    found, problems = read_corrections(path)
    assert [replace(row, line=0) for row in found] == rows
    assert [row.line for row in found] == [2, 3]
    assert not problems
    assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("join,a,b,c", "unknown action «join»; known: merge, "),
        ("merge,a,b", "merge needs target"),
        ("retype,a,b,,POLICE", "no type «POLICE»; known: UNIT, "),
        ("add,a,b,nothing", "«nothing» is neither a type nor a relation"),
        ("note,,,,,,gestern,x", "when is no date: «gestern» (2025-06-05)"),
        (
            "note,a,b,c,d,e,2025-01-01,x,y,z",
            "10 cells for 8 columns: a comma in a text needs quotes",
        ),
        ('merge,a,"b,c', "unexpected end of data"),
        ("reject,a", "reject needs quote or target"),
    ],
)
def test_a_bad_line_is_named_and_the_others_count(tmp_path: Path, line: str, cause: str) -> None:
    path = tmp_path / "corrections.csv"
    text = f"{','.join(COLUMNS)}\n# a remark\n\n{line}\nrename,,unit-x,,甲局,,,\n"
    path.write_text(text, encoding="utf-8")
    rows, problems = read_corrections(path)
    assert [(row.action, row.value) for row in rows] == [("rename", "甲局")]
    assert [one.source for one in problems] == [f"{path}:4"]
    assert problems[0].reason.startswith(cause) and not problems[0].fatal
    append_correction(path, here("merge", "县局", BUREAU))
    assert path.read_text(encoding="utf-8").startswith(text), "nothing is lost"


def test_a_file_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_bytes("action,quote,value,who\r\nrename,unit-x,甲局,田小满\r\n".encode("gb18030"))
    (row,), problems = read_corrections(path)
    assert (row.value, row.who, problems) == ("甲局", "田小满", [])
    path.write_bytes("\ufeffaction,quote,value\r\nrename,unit-x,甲局".encode())
    append_correction(path, here("merge", "县局", BUREAU))
    assert [row.action for row in read_corrections(path)[0]] == ["rename", "merge"]
    path.write_bytes("action,quote,value\r\nrename,unit-x,甲局".encode("gb18030"))
    append_correction(path, here("merge", "县局", BUREAU))
    assert [row.quote for row in read_corrections(path)[0]] == ["unit-x", "县局"]


def test_undo_takes_back_one_row_and_a_row_counts_once() -> None:
    one, two = here("merge", "县局", BUREAU), here("rename", "县局", value="甲局")
    assert standing([one, two, one]) == [one, two]
    assert standing([one, two, Correction("undo", target=key_of(one))]) == [two]
    assert standing([one, Correction("undo", target=key_of(one)), one]) == [one]


# ── where ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("quote", "spans"),
    [
        ("县局", [(0, 2), (5, 7)]),
        ("，[县局]", [(5, 7)]),
        ("[县局]说", [(0, 2)]),
        ("[去]", [(8, 9)]),
        ("市局", []),
        ("[x]", [(9, 12)]),
    ],
)
def test_brackets_mark_what_is_meant(quote: str, spans: list[tuple[int, int]]) -> None:
    assert spans_of("县局说好，县局就去[x]", quote) == spans


def test_an_article_is_found_by_id_by_hash_and_by_both() -> None:
    key, _, digest = anchor_of(extract(RIVER)).partition("@")
    for anchor in (key, digest, f"@{digest}", f"{key}@{digest}", f"article-{key}@{digest[:8]}"):
        assert ruling(Correction("rename", anchor, "田小满", value="田晓满")).conflict == ""


# ── what each action does ────────────────────────────────────────────────────────────────────


def test_merge_joins_two_entities_everywhere_under_the_name_of_the_target() -> None:
    graph = graph_of(here("merge", "县局", BUREAU))
    assert "unit-县局" not in graph.entities
    bureau = graph.entities[BUREAU]
    assert bureau.name == "柳河县公安局" and "县局" in bureau.aliases
    assert bureau.attributes["merged"] == "unit-县局"
    named = {one.entity for one in of(graph, "广场上").mentions if one.text == "县局"}
    assert named == {BUREAU}, "a merge is about the entity, wherever it occurs"


def test_not_same_keeps_what_one_article_names_apart() -> None:
    row = Correction("not-same", anchor_of(extract(SQUARE)), "县局", "unit-县局", "青石")
    graph = graph_of(row, here("merge", "县局", BUREAU))
    assert {one.entity for one in of(graph, "广场上").mentions if one.text == "县局"} == {
        "unit-县局-青石"
    }
    assert {one.entity for one in of(graph, "河湾课堂").mentions if one.text == "县局"} == {BUREAU}


def test_split_gives_a_mention_an_entity_of_its_own_with_the_claims_of_its_sentence() -> None:
    graph = graph_of(here("split", "所在[柳河码头]开展", value="柳河老码头"))
    places = {one.start: one.entity for one in of(graph, "河湾课堂").mentions if one.type == "LOC"}
    assert sorted(set(places.values())) == ["loc-柳河码头", f"loc-{RIVER.id}-柳河老码头"]
    held = {tail for relation, _, tail in relations(of(graph, "河湾课堂")) if relation == "held_at"}
    assert held == {f"loc-{RIVER.id}-柳河老码头"}


def test_retype_changes_type_and_drops_what_no_longer_fits() -> None:
    graph = graph_of(here("retype", "所在[柳河码头]", value="GROUP"))
    assert graph.entities["group-柳河码头"].type == "GROUP"
    assert "loc-柳河码头" not in graph.entities
    assert {one.type for one in of(graph, "河湾课堂").mentions if one.text == "柳河码头"} == {
        "GROUP"
    }
    assert "held_at" not in {one.relation for one in of(graph, "河湾课堂").claims}


def test_rename_keeps_the_old_name_as_an_alias() -> None:
    graph = graph_of(here("rename", "柳河县公安局水上派出所", value="柳河县公安局水警派出所"))
    entity = graph.entities[STATION]
    assert entity.name == "柳河县公安局水警派出所"
    assert "柳河县公安局水上派出所" in entity.aliases


def test_reject_of_a_mention_takes_the_entity_and_its_claims() -> None:
    graph = graph_of(here("reject", "夜间巡逻"))
    key = f"activity-{RIVER.id}-夜间巡逻"
    assert key in graph_of().entities and key not in graph.entities
    assert not [one for one in of(graph, "河湾课堂").claims if key in (one.head, one.tail)]


def test_reject_of_a_claim_leaves_its_ends() -> None:
    before = of(graph_of(), "河湾课堂")
    claim = next(one for one in before.claims if one.relation == "held_at")
    for row in (
        here("reject", "在柳河码头开展", "held_at"),
        here("reject", "", "held_at", "防溺水宣传活动>柳河码头"),
        here("reject", "", claim_key(before.article, claim)),
    ):
        after = of(graph_of(row), "河湾课堂")
        assert relations(before) - relations(after) == {("held_at", claim.head, claim.tail)}
        assert after.entities == before.entities


def test_add_puts_in_an_entity_and_a_claim() -> None:
    graph = graph_of(
        here("add", "[各所]，", "GROUP", "柳河各所"),
        here(
            "add", "所长田小满参加了夜间巡逻", "has_post", "田小满>柳河县公安局水上派出所;post=所长"
        ),
    )
    river = of(graph, "河湾课堂")
    assert [one.text for one in river.mentions if one.type == "GROUP"] == ["各所"]
    assert graph.entities[f"group-{RIVER.id}-柳河各所"].aliases == ("各所",)
    (claim,) = [one for one in river.claims if one.relation == "has_post"]
    assert (claim.tail, claim.attributes, claim.rule) == (STATION, {"post": "所长"}, "correction")
    assert claim.evidence[0].text == "所长田小满参加了夜间巡逻"


# ── conflicts ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("row", "conflict"),
    [
        (here("merge", "市局", BUREAU), f"{RIVER.id} says otherwise: «市局» is not in it"),
        (here("merge", "县局", "unit-无"), "no entity unit-无"),
        (here("merge", "田小满", BUREAU), "is a PER, unit-柳河县公安局 a UNIT: retype first"),
        (here("merge", "柳河县", BUREAU), "the quote is no mention"),
        (here("merge", "县局", "unit-县局"), "are one already"),
        (here("retype", "田小满", value="PER"), "is a PER already"),
        (here("reject", "夜间巡逻", "signs"), "no such claim: signs"),
        (here("add", "柳河码头", "ORG"), "stands 2 times in the article: quote more words"),
        (
            here("add", "夜间巡逻", "organizes", "田小满>夜间巡逻"),
            "organizes cannot lead from per-",
        ),
        (here("add", "夜间巡逻", "organizes", "无名>夜间巡逻"), "«无名» names no entities"),
        (
            Correction("rename", "另一篇@0123456789ab", "x", value="y"),
            "no article 另一篇@0123456789ab",
        ),
        (Correction("rename", "", "unit-无", value="y"), "no entity unit-无: without an article"),
    ],
)
def test_what_cannot_be_applied_says_why_and_changes_nothing(
    row: Correction, conflict: str
) -> None:
    graph = graph_of(row)
    assert conflict in graph.rulings[0].conflict
    assert graph.extractions == graph_of().extractions
    (problem,) = report(
        Path("corrections.csv"), [replace(graph.rulings[0], correction=replace(row, line=7))]
    )
    assert str(problem).startswith(f"corrections.csv:7: {row.action}: ")


def test_a_changed_text_is_reported_and_only_a_quote_that_still_stands_counts() -> None:
    before = extract(article(RIVER.text.replace("查看", "察看")))
    anchor = anchor_of(before)
    kept = ruling(Correction("rename", anchor, "田小满", value="田晓满"))
    assert (kept.conflict, kept.notice) == ("", f"{RIVER.id} has changed; «田小满» is still there")
    gone = ruling(Correction("rename", anchor, "派人到柳河码头察看", value="x"))
    assert gone.conflict == f"{RIVER.id} has changed: «派人到柳河码头察看» is not in it"
    twice = ruling(Correction("reject", anchor, "柳河码头"))
    assert twice.conflict == f"{RIVER.id} has changed: «柳河码头» is not alone in it"


# ── provenance ───────────────────────────────────────────────────────────────────────────────


def test_corrections_are_provenance_in_a_graph_of_their_own(tmp_path: Path) -> None:
    rows = (
        replace(here("merge", "县局", BUREAU), why="同一单位"),
        here("reject", "市局"),
        here("note", "田小满"),
    )
    graph = graph_of(*rows)
    export(graph, tmp_path)
    assert validate(tmp_path) == []
    store = Store()
    store.load(path=str(tmp_path / "graph.nq"), format=RdfFormat.N_QUADS)
    answer = store.query(
        """SELECT ?action ?why ?day ?who ?what ?conflict WHERE { GRAPH jwd:corrections {
           ?one a jw:Correction ; jw:action ?action ; dct:date ?day ;
             prov:wasAssociatedWith/rdfs:label ?who
           OPTIONAL { ?one rdfs:comment ?why } OPTIONAL { ?one jw:corrects ?what }
           OPTIONAL { ?one jw:conflict ?conflict } } } ORDER BY ?action""",
        prefixes={
            "jw": "https://jingwu.example/def/",
            "jwd": "https://jingwu.example/id/",
            "dct": "http://purl.org/dc/terms/",
            "prov": "http://www.w3.org/ns/prov#",
            "rdfs": str(rdflib.RDFS),
        },
    )
    found = [tuple(str(getattr(cell, "value", "")) for cell in row) for row in answer]  # type: ignore[union-attr]
    about = "https://jingwu.example/id/"
    assert [row[:4] for row in found] == [
        ("merge", "同一单位", "2025-07-01", "甲"),
        ("note", "", "2025-07-01", "甲"),
        ("reject", "", "2025-07-01", "甲"),
    ]
    assert found[0][4] == f"{about}unit-县局"
    assert found[1][4].startswith(about) and found[2][5].endswith("«市局» is not in it")
