"""Groups in sentences of our own: whom an activity is for, not everybody who is named."""

import pytest

from kg.recognise import group
from kg.recognise.candidate import CERTAIN, Candidate
from tests.test_activity import marked, rows, scanned


@pytest.mark.parametrize("row", rows("groups.csv"), ids=lambda row: row["sentence"][:24])
def test_sentence_holds_the_groups_marked_in_it(row: dict[str, str]) -> None:
    text, asked, _ = marked(row["sentence"])
    found = group.recognise(scanned(text), [])
    assert {(text[c.start : c.end]) for c in found} == {text[a:b] for a, b in asked}


def test_noun_before_a_persons_name_is_no_group() -> None:
    text = "牧民巴特尔送来锦旗。"
    person = Candidate("PER", 2, 5, "person.post", CERTAIN)
    assert not group.recognise(scanned(text), [person])


def test_noun_inside_a_name_is_no_group() -> None:
    text = "民警走进老年大学，与市志愿者协会签约。"
    start = text.index("市志愿者协会")
    name = Candidate("ORG", start, start + 6, "organisation", CERTAIN)
    assert not group.recognise(scanned(text), [name])
