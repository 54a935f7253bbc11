"""Which persons an article names: Han and other names, bylines, anonymised persons."""

import csv
from pathlib import Path

import pytest

from kg.language.lexicon import lexicon
from kg.language.name_context import follow
from kg.language.naming import bare_score, han_limits, readings, split_names
from kg.language.scan import scan
from kg.model import Article, Page
from kg.recognise import person, unit
from kg.recognise.candidate import Candidate

CASES = Path(__file__).parent / "cases" / "persons.csv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def candidates(text: str) -> list[Candidate]:
    made = scan(Article("a", Page("p", text), "标题", text))
    return person.recognise(made, unit.recognise(made, []))


def persons(text: str) -> list[str]:
    """The names in a text that follows a headline and a sentence."""
    whole = f"标题\n前一句话说完了。\n{text}"
    return [whole[c.start : c.end] for c in candidates(whole)]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"][:20])
def test_persons(case: dict[str, str]) -> None:
    expected = [name for key in ("names", "anonymous") for name in case[key].split("|") if name]
    assert sorted(persons(case["text"])) == sorted(expected)


def test_the_cases_are_many_and_of_many_peoples() -> None:
    text = "\n".join(case["text"] for case in cases())
    assert len(cases()) > 150
    places = ("美姑", "喀什", "西双版纳", "那曲", "延吉", "新巴尔虎")
    assert all(place in text for place in places)


def test_a_name_once_found_is_found_again() -> None:
    text = "民警王晓燕走进校园。课后，孩子们围住王晓燕。“明年还来吗？”王晓燕笑了。"
    assert persons(text) == ["王晓燕"] * 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("老窦的灯\n民警窦立春值守边卡。牧民拨通了老窦的号码。", ["老窦", "窦立春", "老窦"]),
        ("民警张启航走村。“老张实在。”村民说。", ["张启航", "老张"]),
        ("民警窦立春值守边卡。老丁说路滑。", ["窦立春"]),
        ("民警师正阳到小学找老师。", ["师正阳"]),
        ("民警李拓、李磊进了小李庄村，找来老李。", ["李拓", "李磊"]),
    ],
)
def test_a_familiar_name_is_a_person_named_in_full(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "民警闻讯赶到河边。",
        "民警把老人扶上车。",
        "司机盛赞民警。",
        "老人苏醒过来。",
        "民警康复归队。",
        "村民施救及时。",
        "民警陈述案情。",
    ],
)
def test_a_word_that_begins_with_a_surname_is_no_person(text: str) -> None:
    assert persons(text) == []


def test_a_method_named_for_a_person_names_nobody() -> None:
    assert persons("民警布和摸索出“布和调解法”。") == ["布和"]


def test_anonymised_persons_are_marked() -> None:
    whole = "标题\n村民李某与王女士起了争执，民警张大伟赶到。"
    marks = {whole[c.start : c.end]: c.attributes.get("anonymous", "") for c in candidates(whole)}
    assert marks == {"李某": "yes", "王女士": "yes", "张大伟": ""}


def test_traditional_script_is_read_where_it_stands() -> None:
    text = "標題\n派出所民警陳麗華帶領學生參觀，講解員對學生說明禁毒知識。"
    assert [text[c.start : c.end] for c in candidates(text)] == ["陳麗華"]


@pytest.mark.parametrize(
    ("glued", "names"),
    [
        ("郭成徐勇刘彩玲", ["郭成", "徐勇", "刘彩玲"]),
        ("张耀占白厚和", ["张耀占", "白厚和"]),
        ("孙晓鲁张建设", ["孙晓鲁", "张建设"]),
        ("阿木古楞苏和", ["阿木古楞", "苏和"]),
        ("乌云巴根", ["乌云巴根"]),
        ("欧阳俊熙", ["欧阳俊熙"]),
    ],
)
def test_glued_names_come_apart(glued: str, names: list[str]) -> None:
    assert [glued[start:end] for start, end in split_names(glued)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("李明正在巡逻", "李明"),
        ("段继红和县局民警", "段继红"),
        ("赵辉带领队员", "赵辉"),
        ("尕让扎西下牧场", "尕让扎西"),
        ("阿依古丽·买买提向游客", "阿依古丽·买买提"),
        ("辛玥有一只帆布包", "辛玥"),
    ],
)
def test_the_likeliest_reading_ends_where_the_name_ends(text: str, name: str) -> None:
    assert text[: readings(text, 0)[0].end] == name


def test_who_wrote_and_who_took_the_picture_are_two() -> None:
    assert persons("警营开放日\n民警为学生讲解。\n李松林文 高岩摄") == ["李松林", "高岩"]


def test_words_are_unlikely_names() -> None:
    assert bare_score("王建国") > bare_score("王建") > 1 > bare_score("高度")


def test_posts_tell_what_kind_they_are() -> None:
    posts = lexicon().terms("per.post")
    assert set(posts.values()) == {"leader", "officer", "civil", "press"}
    assert (posts["教导员"], posts["辅警"], posts["牧民"], posts["通讯员"]) == (
        "leader",
        "officer",
        "civil",
        "press",
    )


@pytest.mark.parametrize("given", ["建国", "向群", "说明", "卓玛", "王涵", "，说", "文", ""])
@pytest.mark.parametrize("surname", ["张", "欧", "王", "白", "欧阳"])
def test_signs_limit_what_a_han_name_scores(surname: str, given: str) -> None:
    """No Han name scores more than its signs allow, what follows it left out."""
    text = f"{surname}{given}介绍，民警走访了群众。"
    short, long = han_limits(text[:4])
    for reading in readings(text, 0):
        if reading.kind == "han":
            most = short if reading.end == 2 else long
            assert reading.score - follow(text, reading.end) < most + 0.01


def test_a_name_cut_off_behind_its_dot_leaves_the_others_whole() -> None:
    assert "王晓燕" in persons("宣传到此结束。（王晓燕 阿卜杜拉·）")
