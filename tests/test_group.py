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


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("民警为游客讲解防火知识。“记住了。”来自合肥的游客郑梅说。", "郑梅", 2),
        ("派出所慰问12户护边员。护边员哈斯捧着奖牌。", "哈斯", 2),
        ("民警为游客讲解防火知识。茶农覃兰路过听了一会儿。", "覃兰", 1),
        ("村民覃兰报警。民警为茶农送去种子。", "覃兰", 1),
    ],
)
def test_noun_before_a_persons_name_counts_where_it_is_a_group_elsewhere(
    text: str, name: str, count: int
) -> None:
    start = text.index(name)
    person = Candidate("PER", start, start + 2, "person.post", CERTAIN)
    assert len(group.recognise(scanned(text), [person])) == count


def test_noun_stands_alone_behind_the_name_of_a_community() -> None:
    text = "民警为福和社区居民讲课。"
    place = Candidate("LOC", 3, 7, "place", CERTAIN)
    (found,) = group.recognise(scanned(text), [place])
    assert text[found.start : found.end] == "居民"
