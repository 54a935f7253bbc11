"""The 25 hardest phenomena of the genre, each in sentences where its rule fires and where not.

A row of ``cases/phenomena.csv`` is a text and what must (``holds``) and must not (``fails``) be
read in it. Its columns ``text``, ``holds`` and ``fails`` may hold ``\\n`` and ``\\u3000``. A row
with an encoding in ``file`` is written to a file and opened like any page; others are one article,
a single line one under a plain title. Items are separated by «; »:

    UNIT 东城区派出所        a named mention of this type with exactly this text
    UNIT ~ 该局              a nominal mention
    UNIT = 甲市乙县公安局    an entity of this canonical name
    same 该局 = 乙县公安局   a mention of the first text is linked to an entity of the second name
    organizes 甲 → 乙        a claim between entities of these names, aliases or wordings that is
                             told as a fact; with ``@planned`` a claim of that status
    has_post 甲 → 乙 : 局长  with the post as printed, or one of several joined by 、
    outcome 甲 → 300 份      a number that the activity brought
    when 近日 = /2025-06-05  the first and last day of a time, either may be missing
    credit author 张三       a name in a byline
    dateline 陕坝, title = 甲, text 甲, articles = 2

``[2] UNIT 甲`` is about the second article only. ``*`` and ``?`` stand for any characters and for
one; the wording of an activity, a method or a group may overlap by half, as in the scorer.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from kg.model import FACTUAL, RELATIONS, STATUSES, TYPES, Claim, Entity, Extraction
from kg.pipeline import extract_article, open_source
from tests.line import article

CASES = Path(__file__).parent / "cases" / "phenomena.csv"
TITLE = "警务简讯"
LOOSE = ("ACT", "METHOD", "GROUP")
SCOPED = re.compile(r"(?:\[(\d+)\] )?(.+)", re.S)
CLAIM = re.compile(r"(\w+) (.+?) → (.+?)(?: : (.+?))?(?: @(\w+))?")
KINDS = {*TYPES, *RELATIONS, "same", "when", "credit", "dateline", "title", "text", "articles"}


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbered() -> Iterator[tuple[str, dict[str, str]]]:
    count: Counter[str] = Counter()
    for row in rows():
        count[row["phenomenon"]] += 1
        yield f"{int(row['phenomenon']):02}-{count[row['phenomenon']]}", row


def plain(cell: str) -> str:
    return cell.replace("\\n", "\n").replace("\\u3000", "\u3000")


def items(cell: str) -> list[str]:
    return [item.strip() for item in plain(cell).split("; ") if item.strip()]


def scoped(item: str) -> tuple[str, str]:
    """Return the number of the article that an item is about, or nothing, and the check itself."""
    number, check = SCOPED.fullmatch(item).groups("")
    return number, check


def extractions(row: dict[str, str], folder: Path) -> list[Extraction]:
    text = plain(row["text"])
    if not row["file"]:
        whole = text if "\n" in text else f"{TITLE}\n{text}"
        return [extract_article(article(whole))]
    path = folder / "page.txt"
    path.write_bytes(text.encode(row["file"]))
    source = open_source(path)
    assert not [problem for problem in source.problems if problem.fatal]
    return [extract_article(one) for one in source.articles]


def holds(item: str, read: list[Extraction]) -> bool:
    scope, check = scoped(item)
    kind, _, rest = check.partition(" ")
    assert kind in KINDS, f"«{item}» is no check"
    if kind == "articles":
        return len(read) == int(rest.removeprefix("= "))
    within = read[int(scope) - 1 : int(scope)] if scope else read
    return any(_holds(kind, rest, check, one) for one in within)


def _holds(kind: str, rest: str, check: str, one: Extraction) -> bool:
    if kind in TYPES:
        return _mentioned(kind, rest, one)
    if kind in RELATIONS:
        return any(_claimed(check, claim, one) for claim in one.claims)
    if kind in {"same", "when"}:
        left, right = rest.split(" = ")
        linked = [_entity(m.entity, one) for m in one.mentions if fnmatchcase(m.text, left)]
        if kind == "same":
            return any(named(right, entity, one) for entity in linked)
        return any(right == days(entity) for entity in linked)
    article = one.article
    return {
        "credit": any(fnmatchcase(f"{c.role} {c.name}", rest) for c in article.byline),
        "dateline": fnmatchcase(article.dateline, rest),
        "title": fnmatchcase(article.title, rest.removeprefix("= ")),
        "text": fnmatchcase(article.text, f"*{rest}*"),
    }[kind]


def _mentioned(kind: str, rest: str, one: Extraction) -> bool:
    if rest.startswith("= "):
        name = rest.removeprefix("= ")
        return any(e.type == kind and fnmatchcase(e.name, name) for e in one.entities)
    nominal, text = rest.startswith("~ "), rest.removeprefix("~ ")
    return any(
        m.type == kind and m.nominal == nominal and fnmatchcase(m.text, text) for m in one.mentions
    )


def _claimed(check: str, claim: Claim, one: Extraction) -> bool:
    found = CLAIM.fullmatch(check)
    assert found, f"«{check}» is no claim"
    relation, head, tail, post, status = found.groups()
    assert status is None or status in STATUSES
    if claim.relation != relation:
        return False
    if claim.status not in ([status] if status else FACTUAL):
        return False
    if post and post not in claim.attributes["post"].split("、"):
        return False
    first = _entity(claim.head, one)
    if relation == "outcome":
        number = f"{claim.attributes['value']} {claim.attributes.get('unit', '')}"
        return named(head, first, one) and fnmatchcase(number, tail)
    ends = [(first, _entity(claim.tail, one))]
    if relation == "cooperates_with":
        ends.append(ends[0][::-1])
    return any(named(head, a, one) and named(tail, b, one) for a, b in ends)


def _entity(key: str, one: Extraction) -> Entity:
    return next(entity for entity in one.entities if entity.id == key)


def named(name: str, entity: Entity, one: Extraction) -> bool:
    """Whether an entity goes by a name: its own, an alias, or a wording in the article."""
    wordings = {m.text for m in one.mentions if m.entity == entity.id}
    names = {entity.name, *entity.aliases, *wordings}
    if any(fnmatchcase(known, name) for known in names):
        return True
    return entity.type in LOOSE and any(
        (known in name or name in known)
        and min(len(known), len(name)) * 2 >= max(len(known), len(name))
        for known in names
    )


def days(entity: Entity) -> str:
    return f"{entity.attributes.get('start', '')}/{entity.attributes.get('end', '')}"


def shown(item: str, read: list[Extraction]) -> str:
    """Return what was found of the kind that an item is about."""
    kind = scoped(item)[1].split(" ")[0]
    return " | ".join(line for one in read for line in _shown(kind, one)) or "nothing"


def _shown(kind: str, one: Extraction) -> Iterator[str]:
    if kind in TYPES or kind in {"same", "when"}:
        for mention in one.mentions:
            if kind in {mention.type, "same"} or (kind == "when" and mention.type == "TIME"):
                entity = _entity(mention.entity, one)
                sign = "~" if mention.nominal else ":"
                at = f" ({days(entity)})" if mention.type == "TIME" else ""
                yield f"{mention.type}{sign}{mention.text} = {entity.name}{at}"
    elif kind in RELATIONS:
        for claim in one.claims:
            if claim.relation == kind:
                tail = _entity(claim.tail, one).name if claim.tail else dict(claim.attributes)
                post = f" : {claim.attributes['post']}" if kind == "has_post" else ""
                yield f"{_entity(claim.head, one).name} → {tail}{post} @{claim.status}"
    else:
        byline = "; ".join(f"{credit.role}={credit.name}" for credit in one.article.byline)
        yield f"«{one.article.text}» dateline={one.article.dateline} {byline}"


def faults(row: dict[str, str], read: list[Extraction]) -> list[str]:
    missing = [item for item in items(row["holds"]) if not holds(item, read)]
    forbidden = [item for item in items(row["fails"]) if holds(item, read)]
    return [
        *(f"missing «{item}», found {shown(item, read)}" for item in missing),
        *(f"forbidden «{item}», found {shown(item, read)}" for item in forbidden),
    ]


@pytest.mark.parametrize("row", [pytest.param(row, id=key) for key, row in numbered()])
def test_phenomenon(row: dict[str, str], tmp_path: Path) -> None:
    found = faults(row, extractions(row, tmp_path))
    assert not found, "\n".join([row["note"], plain(row["text"]), *found])


def test_every_phenomenon_is_shown_and_has_look_alikes() -> None:
    shown_in = Counter(int(row["phenomenon"]) for row in rows())
    alike = Counter(int(row["phenomenon"]) for row in rows() if "look-alike" in row["note"])
    refused = Counter(int(row["phenomenon"]) for row in rows() if items(row["fails"]))
    assert set(shown_in) == set(range(1, 26))
    assert {key: shown_in[key] for key in shown_in if shown_in[key] < 6} == {}
    assert {key: refused[key] for key in shown_in if refused[key] < 2} == {}
    assert {key: alike[key] for key in shown_in if alike[key] < 2} == {}


def test_no_check_is_empty() -> None:
    """What is mistyped, or names a wording that is not in the text, would never be found."""
    for row in rows():
        text = plain(row["text"]).replace("\n", "")
        for item in [*items(row["holds"]), *items(row["fails"])]:
            kind, _, rest = scoped(item)[1].partition(" ")
            assert kind in KINDS, item
            assert kind not in RELATIONS or CLAIM.fullmatch(scoped(item)[1]), item
            if kind in TYPES and not rest.startswith("= "):
                assert all(part in text for part in rest.removeprefix("~ ").split("*")), item


def test_a_check_can_fail() -> None:
    (one,) = extractions({"text": "6月1日，柳河县公安局开展夜间巡逻。", "file": ""}, Path())
    true = [
        "UNIT 柳河县公安局",
        "UNIT = 通化市柳河县公安局",
        "same 柳河县公安局 = 通化市柳河县公安局",
        "organizes 柳河县公安局 → 夜间巡逻",
        "when 6月1日 = 2025-06-01/2025-06-01",
        "articles = 1",
        "[1] ACT 夜间巡逻",
        f"title = {TITLE}",
        "text 开展?间巡逻",
    ]
    false = [
        "UNIT ~ 柳河县公安局",
        "UNIT = 柳河县公安局",
        "same 柳河县公安局 = 通化市公安局",
        "organizes 柳河县公安局 → 夜间巡逻 @planned",
        "when 6月1日 = 2025-06-01/",
        "articles = 2",
        "[2] ACT 夜间巡逻",
        "credit author *",
        "outcome * → *",
    ]
    assert [item for item in true if not holds(item, [one])] == []
    assert [item for item in false if holds(item, [one])] == []
