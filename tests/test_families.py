"""Reprints form families with one origin; reports of one event by different hands are candidates."""

import pytest

from kg.across.link import link
from kg.across.reprints import print_of
from kg.graph import KnowledgeGraph, assemble
from kg.model import Article, Extraction, Reprint
from kg.pipeline import extract_article
from tests.line import article, extract

BODY = """6月3日，柳河县公安局水上派出所在柳河码头开展防溺水宣传活动。民警把救生绳系在栏杆上，教孩子们打结。
“水面看着静，底下有暗流。”田小满说，他在河边守了十一年，知道哪一处石头滑、哪一处回水深。
孩子们把写着求救电话的纸船放进浅水，又一只只捞回来，谁的纸船跑远了，谁就要背一遍口诀。
傍晚收队时，渔民送来一篓青杏，民警付了钱，分给岸边的老人。今年以来，该所走访渔户86家，排查隐患31处。"""
OTHER = """6月3日，柳河县公安局水上派出所民警来到柳河码头，防溺水宣传活动就在趸船上举行。
记者看到，十几名学生围着一只旧木船听讲，船帮上还留着去年涨水的印子。"""


def told(*articles: Article) -> KnowledgeGraph:
    return link(assemble(extract(one) for one in articles))


def reprints(*articles: Article) -> list[tuple[str, str]]:
    outlets = {one.id: one.page.outlet for one in articles}
    return [(outlets[one.article], outlets[one.origin]) for one in told(*articles).reprints]


# ── reprints ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        f"码头上的救生课\n{BODY}",
        f"码头上的救生课\n本网讯 {BODY}（编辑：某某）",
        f"码头上的救生课\n{BODY.replace('，', ',').replace('“', '「').replace('”', '」')}",
        f"码头上的救生课\n{BODY.rpartition(chr(10))[0]}",
        f"码头上的救生课\n{BODY}\n防溺水要记牢：不私自下水，不擅自与同伴结伴游泳，不到陌生水域，遇险要呼救。",
    ],
    ids=["new title", "new frame", "other marks", "cut from below", "advice added"],
)
def test_a_text_printed_again_is_a_reprint(text: str) -> None:
    first = article(f"河湾课堂\n{BODY}", "a.txt", "示例报", "2025-06-05")
    again = article(text, "b.txt", "另一报", "2025-06-06")
    assert reprints(again, first) == [("另一报", "示例报")]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"码头新事\n{OTHER}", "2025-06-05"),
        (f"河湾课堂\n{BODY}", "2025-09-05"),
        (
            "河湾课堂\n"
            + BODY.replace("柳河县", "青石县")
            .replace("水上派出所", "城关派出所")
            .replace("柳河码头", "青石广场"),
            "2025-06-05",
        ),
        (
            "河湾课堂\n"
            + BODY.replace("86", "120").replace("31", "45").replace("6月3日", "5月9日"),
            "2025-06-05",
        ),
    ],
    ids=["its own words", "months later", "other names", "other numbers"],
)
def test_what_only_resembles_it_is_none(text: str, date: str) -> None:
    first = article(f"河湾课堂\n{BODY}", "a.txt", "示例报", "2025-06-05")
    assert reprints(first, article(text, "b.txt", "另一报", date)) == []


def test_the_origin_is_the_named_source_else_the_earliest() -> None:
    early = article(f"甲题\n{BODY}", "a.txt", "甲报", "2025-06-04")
    source = article(f"乙题\n{BODY}", "b.txt", "乙报", "2025-06-05")
    plain = article(f"丙题\n{BODY}", "c.txt", "丙报", "2025-06-06")
    naming = article(f"丙题\n{BODY}", "c.txt", "丙报", "2025-06-06", via="乙报")
    assert reprints(early, source, plain) == [("丙报", "甲报"), ("乙报", "甲报")]
    assert reprints(early, source, naming) == [("丙报", "乙报"), ("甲报", "乙报")]
    reasons = {one.article: one.reason for one in told(early, source, naming).reprints}
    assert reasons[naming.id].startswith("names 乙报 as its source; ")


def test_a_family_is_one_whatever_the_order() -> None:
    pages = [
        article(
            f"第{n}题\n{BODY if n % 2 else OTHER + BODY}", f"{n}.txt", f"第{n}报", f"2025-06-0{n}"
        )
        for n in range(1, 6)
    ]
    found = told(*pages).reprints
    assert len(found) == 4 and len({one.origin for one in found}) == 1
    assert told(*reversed(pages)).reprints == found
    assert all(isinstance(one, Reprint) and one.reason for one in found)


def test_short_texts_are_no_reprints() -> None:
    one = article("题\n注意安全。", "a.txt", "甲报")
    assert reprints(one, article("题\n注意安全。", "b.txt", "乙报")) == []
    assert len(print_of(extract(one)).shingles) < 10


# ── one event ────────────────────────────────────────────────────────────────────────────────


def same(one: str, two: str) -> list[str]:
    """Return the reasons of the candidates between two articles."""
    left = article(f"河湾课堂\n{one}", "a.txt", "示例报")
    right = article(f"码头新事\n{two}", "b.txt", "另一报")
    return [found.reason for found in told(left, right).same_events]


ONE = "6月3日，柳河县公安局水上派出所在柳河码头开展防溺水宣传活动。"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (
            "柳河县公安局水上派出所6月3日到柳河码头举行防溺水宣传活动。",
            "unit 柳河县公安局水上派出所; day 2025-06-03; kind publicity; place 柳河码头",
        ),
        (
            "6月3日，柳河县公安局水上派出所开展防溺水宣传活动。",
            "unit 柳河县公安局水上派出所; day 2025-06-03; kind publicity",
        ),
        ("6月4日，柳河县公安局水上派出所在柳河码头开展防溺水宣传活动。", None),
        ("6月3日，柳河县公安局水上派出所在桥东小学开展防溺水宣传活动。", None),
        ("6月3日，青石县公安局城关派出所在柳河码头开展防溺水宣传活动。", None),
        ("6月3日，柳河县公安局水上派出所在柳河码头开展夜间巡逻。", None),
        ("柳河县公安局水上派出所在柳河码头开展防溺水宣传活动。", None),
    ],
    ids=[
        "all agrees",
        "no place",
        "next day",
        "elsewhere",
        "another unit",
        "another kind",
        "undated",
    ],
)
def test_unit_day_kind_and_place_make_a_candidate(other: str, reason: str | None) -> None:
    assert same(ONE, other) == ([reason] if reason else [])


def test_one_text_printed_twice_is_no_second_report() -> None:
    left = article(f"河湾课堂\n{BODY}", "a.txt", "示例报")
    right = article(f"码头新事\n{BODY}", "b.txt", "另一报")
    graph = told(left, right)
    assert graph.reprints and not graph.same_events


def test_a_third_hand_meets_both_prints() -> None:
    pages = [
        article(f"河湾课堂\n{BODY}", "a.txt", "示例报"),
        article(f"码头新事\n{BODY}", "b.txt", "另一报"),
        article(f"趸船上的课\n{OTHER}", "c.txt", "第三报"),
    ]
    extractions: list[Extraction] = [extract(one) for one in pages]
    assert len(link(assemble(extractions)).same_events) == 2


def test_a_campaign_is_one_node_and_no_candidate() -> None:
    text = "6月3日，柳河县公安局在柳河码头开展“清波”行动。"
    graph = told(article(f"甲\n{text}", "a.txt", "甲报"), article(f"乙\n{text}", "b.txt", "乙报"))
    assert [key for key in graph.entities if "清波" in key] == ["activity-清波行动"]
    assert not graph.same_events


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        (("2024-06-05", "“净网”专项行动"), ("2025-06-05", "“净网”专项行动"), 1),
        (("2025-06-05", "“净网2024”专项行动"), ("2025-06-05", "“净网2025”专项行动"), 2),
    ],
)
def test_a_named_campaign_is_one_for_all_years_unless_it_names_one(
    one: tuple[str, str], two: tuple[str, str], count: int
) -> None:
    found = set()
    for date, name in (one, two):
        text = f"守护\n6月3日，四川省绵阳市三台县公安局开展{name}，抓获嫌疑人3名。"
        read = extract_article(article(text, f"{date}.txt", "某报", date))
        found |= {entity.id for entity in read.entities if "净网" in entity.name}
    assert len(found) == count
