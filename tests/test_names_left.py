"""Where names of unknown extent begin, what a text's words are, what no name may reach into."""

import pytest

from kg.gazetteer import gazetteer
from kg.language.names_left import NameReader
from kg.language.regions import Places
from kg.language.taken import Taken
from kg.language.text import Span
from kg.language.tokens import Tokens


def start_of(text: str, head: str) -> str:
    """Return what is read before ``head``."""
    places = Places(text, gazetteer())
    reader = NameReader(text, Tokens(text), places)
    end = text.rindex(head)
    return text[reader.start(end, 0) : end]


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("民警走进石家磨村", "村", "石家磨"),
        ("民警沿解放路巡逻", "路", "解放"),
        ("在和平路设点", "路", "和平"),
        ("与玉合村村委会", "村委会", "玉合村"),
        ("对雷公岛至西沙岛", "岛", "西沙"),
        ("前王楼村的麦田", "村", "前王楼"),
        ("将老人送到呼和陶勒盖嘎查", "嘎查", "呼和陶勒盖"),
        ("小事不出嘎查", "嘎查", ""),
        ("民警在村口", "村", ""),
    ],
)
def test_a_name_ends_on_its_left_at_what_no_name_holds(text: str, head: str, name: str) -> None:
    assert start_of(text, head) == name


def test_words_keep_their_places_and_are_cut_at_breaks() -> None:
    text = "新坝镇立新村设摊"
    words = Tokens(text, [3]).between(0, len(text))
    assert "".join(word.text for word in words) == text
    assert all(text[word.start : word.end] == word.text for word in words)
    assert Tokens(text, [3]).is_edge(3)


def test_words_are_the_same_whatever_is_asked_for_first() -> None:
    text = "民警到新坝镇，立新村设摊。\n（鸭绿江畔）"
    whole = Tokens(text, [6]).between(0, len(text))
    late = Tokens(text, [6])
    assert [late.at(word.start) for word in reversed(whole)] == whole[::-1]
    edges = {word.start for word in whole} | {len(text)}
    assert edges == {at for at in range(len(text) + 1) if Tokens(text, [6]).is_edge(at)}


def test_words_of_a_window_are_clipped() -> None:
    tokens = Tokens("鸭绿江畔")
    assert [word.text for word in tokens.between(0, 2)] == ["鸭绿"]
    assert tokens.between(2, 2) == []


def test_a_verb_is_cut_off_a_level() -> None:
    assert [word.text for word in Tokens("会同县残联").between(0, 3)] == ["会同", "县"]


def test_taken_parts_of_a_text() -> None:
    taken = Taken(10, [Span(2, 4), Span(6, 8)])
    assert taken.touches(3, 5)
    assert not taken.touches(4, 6)
    assert [taken.end_before(at) for at in (1, 4, 7, 9)] == [0, 4, 4, 8]
