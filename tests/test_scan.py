"""What a scan holds: folded text, sentences, marks."""

import re
from pathlib import Path

import pytest

from kg.gazetteer import gazetteer
from kg.language.lexicon import Entry, Lexicon, lexicon
from kg.language.text import fold, sentences, simplify
from kg.language.tokens import Tokens

KG = Path(__file__).parents[1] / "kg"


def test_marks_come_in_order_of_place_the_longest_first():
    words = Lexicon([Entry(term, "topic", "") for term in ("防溺水", "防溺", "溺水", "安全")])
    marks = words.marks("防溺水安全，溺水")["topic"]
    assert [(m.start, m.end) for m in marks] == [(0, 3), (0, 2), (1, 3), (3, 5), (6, 8)]


def test_a_term_of_several_classes_has_a_mark_in_each():
    words = Lexicon([Entry("巡逻", "topic", "patrol"), Entry("巡逻", "act.deed", "")])
    assert {klass: len(marks) for klass, marks in words.marks("巡逻").items()} == {
        "topic": 1,
        "act.deed": 1,
    }


def test_every_class_that_is_asked_for_marks_is_looked_for():
    asked = re.compile(r"(?:marks|mark(?:s|ed)\.get)\(((?:\"[a-z.]+\"(?:, )?)+)")
    sources = (path.read_text(encoding="utf-8") for path in KG.rglob("*.py"))
    classes = {c for text in sources for m in asked.finditer(text) for c in m[1].split('"')[1::2]}
    assert len(classes) > 20
    for klass in classes & lexicon().classes:
        term = max(lexicon().terms(klass), key=len)
        assert lexicon().marks(fold(term)).get(klass), klass


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("共３０人,到场!", "共30人，到场！"),
        ("22:40到场,奖3,000元", "22:40到场，奖3,000元"),
        ("「平安」\u3000·・", "“平安” ··"),
        ('"一"和"二"', "“一”和“二”"),
        ('“一"和“二"，"三"', "“一”和“二”，“三”"),
        ("巡查.民警检查3.5吨.(张三)", "巡查。民警检查3.5吨。（张三）"),
        ("库尔班.艾山走了. 他说。", "库尔班.艾山走了。 他说。"),
        ("巡查。抓获3人.民警又走访.", "巡查。抓获3人。民警又走访。"),
        ("长期在外务工.3月2日返乡,重3.5吨", "长期在外务工。3月2日返乡，重3.5吨"),
        ("走访完毕.400余户受益.", "走访完毕。400余户受益。"),
        ("巡查。按版本.3发布", "巡查。按版本.3发布"),
        ("祯□派出所", "祯囗派出所"),
        ("□本报记者", "□本报记者"),
        ("文丨甲\uff3b编辑\uff3d", "文｜甲[编辑]"),
        ("乾縣天氣乾燥，於潛鎮在開會", "乾县天气干燥，於潜镇在开会"),
    ],
)
def test_folding_keeps_the_length(text: str, folded: str):
    assert fold(text) == folded
    assert len(text) == len(folded)


def test_only_a_traditional_text_is_simplified():
    assert simplify("警察學會開會") == "警察学会开会"
    simple = "民警在瞭望塔上巡逻，" * 10
    assert simplify(simple) == simple


def test_a_sentence_keeps_the_signs_that_close_it():
    text = "他说：“走！”\n\n到了……好吗？！是。"
    parts = [text[s.start : s.end] for s in sentences(text)]
    assert parts == ["他说：“走！”", "到了……", "好吗？！", "是。"]


def test_words_cover_the_text_and_end_at_breaks():
    text = "民警走访群众。\n会同县里的人"
    words = Tokens(text, [4]).between(0, len(text))
    assert "".join(word.text for word in words) == text
    assert Tokens(text, [3]).is_edge(3)
    clipped = Tokens(text).between(1, 3)
    assert (clipped[0].start, clipped[-1].end) == (1, 3)


def test_the_gazetteer_knows_towns_with_and_without_their_ending():
    assert gazetteer().is_name("桃花江镇") == bool(gazetteer().named("桃花江镇"))
    assert gazetteer().is_name("呼和浩特")
    assert gazetteer().is_name("没有这里") == bool(gazetteer().named("没有这里"))
