"""Terms: where those of a list stand in a text, whichever library looks for them."""

from hypothesis import given
from hypothesis import strategies as st

from kg.terms import Terms, by_bytes, by_signs

SIGNS = st.text("公安局派出所a𠮷é", max_size=12)
LISTS = st.sets(st.text("公安局派出所a𠮷é", min_size=1, max_size=4), min_size=1, max_size=9)


def test_terms_that_overlap_are_all_found_the_longest_first() -> None:
    terms = Terms(["公安局", "县公安局", "县", "局", "县"])
    found = [terms.listed[number] for _, _, number in terms.find("达县公安局")]
    assert found == ["县公安局", "县", "公安局", "局"]


@given(LISTS, SIGNS)
def test_each_place_of_each_term_is_found_once(wanted: set[str], text: str) -> None:
    terms = Terms(wanted)
    every = [
        (start, end, terms.listed.index(text[start:end]))
        for start in range(len(text))
        for end in range(len(text), start, -1)
        if text[start:end] in wanted
    ]
    assert terms.find(text) == every


@given(LISTS, SIGNS)
def test_both_libraries_find_the_same(wanted: set[str], text: str) -> None:
    listed = sorted(wanted)
    assert sorted(by_bytes(listed)(text)) == sorted(by_signs(listed)(text))
