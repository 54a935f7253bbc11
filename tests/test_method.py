"""Methods in sentences of our own: named ways of working, not metaphors, slogans or campaigns."""

import pytest

from kg.recognise import method
from tests.test_activity import marked, rows, scanned


@pytest.mark.parametrize("row", rows("methods.csv"), ids=lambda row: row["sentence"][:24])
def test_sentence_holds_the_methods_marked_in_it(row: dict[str, str]) -> None:
    text, asked, _ = marked(row["sentence"])
    found = method.recognise(scanned(text), [])
    assert {text[c.start : c.end] for c in found} == {text[a:b] for a, b in asked}


def test_formula_is_found_again_without_its_head() -> None:
    text = "派出所推行“三色管理”工作法。半年来，“三色管理”让隐患一目了然。"
    found = [text[c.start : c.end] for c in method.recognise(scanned(text), [])]
    assert found == ["“三色管理”工作法", "“三色管理”"]


def test_formulas_in_a_list_share_the_head_of_the_last() -> None:
    text = "建立“警医联动”“警保联动”机制。"
    found = [text[c.start : c.end] for c in method.recognise(scanned(text), [])]
    assert found == ["“警医联动”", "“警保联动”机制"]


def test_formula_that_names_what_follows_belongs_to_it() -> None:
    text = "他总结出“一问二记三回访”的“暖心调解法”。"
    (found,) = method.recognise(scanned(text), [])
    assert text[found.start : found.end] == "“一问二记三回访”的“暖心调解法”"
