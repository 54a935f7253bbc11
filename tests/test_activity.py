"""Activities in sentences of our own: what is one, what only looks like one, of what kind it is."""

import csv
import re
from pathlib import Path

import pytest

from kg.language.activity_signs import rejoin
from kg.language.scan import Scan, scan
from kg.model import Article, Page
from kg.pipeline import extract_article
from kg.recognise import activity, method, unit
from kg.recognise.activity_topics import Topics, kind_of
from kg.recognise.candidate import Candidate

CASES = Path(__file__).parent / "cases"


def scanned(text: str, title: str = "") -> Scan:
    return scan(Article("", Page("", text), title, text))


def marked(sentence: str) -> tuple[str, set[tuple[int, int]], list[tuple[int, int]]]:
    """Return the plain text of a case, the spans asked for (【】) and those allowed («»)."""
    spans: dict[str, list[tuple[int, int]]] = {"【": [], "«": []}
    plain, opened = "", []
    for sign in sentence:
        if sign in spans:
            opened.append((sign, len(plain)))
        elif sign in "】»":
            kind, start = opened.pop()
            spans[kind].append((start, len(plain)))
        else:
            plain += sign
    return plain, set(spans["【"]), spans["«"]


def activities(text: str, title: str = "") -> list[Candidate]:
    scan_ = scanned(text, title)
    found = unit.recognise(scan_, [])
    found += method.recognise(scan_, found)
    return activity.recognise(scan_, found)


def names(text: str, title: str = "") -> list[str]:
    return [text[c.start : c.end] for c in activities(text, title) if not c.nominal]


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_name_of_a_column_in_a_title_is_no_activity() -> None:
    def told(title: str) -> list[str]:
        text = f"{title}\n刘某把假币花出，派出所依法处罚。"
        return [text[one.start : one.end] for one in activities(text, title)]

    assert told("收到假币怎么办 以案说法") == []
    assert told("民警走进集市 以案说法") == []
    assert told("民警入户走访 化解邻里心结") == ["入户走访"]


def test_a_title_tells_of_a_control_without_a_verb() -> None:
    title = "10月1日起清水城区这些路段临时管制"
    assert names(f"{title}\n请提前规划路线。", title) == ["临时管制"]
    title = "庙会期间部分道路交通管制 请绕行"
    assert "交通管制" in names(f"{title}\n请提前规划路线。", title)
    title = "某县公安局加强道路交通管理工作"
    assert "交通管理" not in names(f"{title}\n请提前规划路线。", title)


@pytest.mark.parametrize("row", rows("activities.csv"), ids=lambda row: row["sentence"][:24])
def test_sentence_holds_the_activities_marked_in_it(row: dict[str, str]) -> None:
    text, asked, allowed = marked(row["sentence"])
    found = {(c.start, c.end): c for c in activities(text) if not c.nominal}
    sure = {
        span
        for span in found
        if not any(span[0] < end and start < span[1] for start, end in allowed)
    }
    assert {text[a:b] for a, b in sure} == {text[a:b] for a, b in asked}
    assert sure == asked
    assert [found[span].attributes["kind"] for span in sorted(sure)] == row["kinds"].split()


def test_cases_are_many_and_include_sentences_without_activities() -> None:
    sentences = [row["sentence"] for row in rows("activities.csv")]
    assert len(sentences) == len(set(sentences)) > 200
    assert sum("【" not in sentence for sentence in sentences) > 50


def test_repeated_wording_without_content_points_back() -> None:
    text = "派出所举办“护苗行动”启动仪式。仪式上，民警作了讲解。此次活动受到好评。"
    back = [text[c.start : c.end] for c in activities(text) if c.nominal]
    assert back == ["仪式", "此次活动"]


def test_name_is_found_again_where_nothing_introduces_it() -> None:
    text = "支队启动“清风守护”专项行动。三个月来，“清风守护”专项行动取得实效。"
    assert names(text).count("“清风守护”专项行动") == 2


def test_main_act_of_case_news_is_its_verb_phrase() -> None:
    title = "某县警方端掉一个制售假药窝点"
    (act,) = [c for c in activities(title, title) if not c.nominal]
    assert title[act.start : act.end] == "端掉一个制售假药窝点"
    assert act.attributes["main"] == "yes"
    assert act.attributes["kind"] == "investigation"


def test_list_keeps_the_verb_that_introduced_it() -> None:
    text = "民警开展安全检查、反诈宣传和矛盾排查等工作。"
    found = [c for c in activities(text) if not c.nominal]
    assert [text[c.start : c.end] for c in found] == ["安全检查", "反诈宣传", "矛盾排查"]
    assert {c.attributes["trigger"] for c in found} == {"开展"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("反诈宣传进校园活动", "publicity"),
        ("辅警业务培训班", "training"),
        ("节前走访慰问", "visit"),
        ("夜间联合巡逻", "patrol"),
        ("消防安全检查", "inspection"),
        ("婚恋纠纷调解", "mediation"),
        ("升警旗仪式", "ceremony"),
        ("警情研判会", "meeting"),
        ("警营开放日", "openday"),
        ("“秋风”专项行动", "campaign"),
        ("循线侦查", "investigation"),
        ("山地搜救", "rescue"),
        ("上门办证服务", "service"),
        ("主题党日活动", "party"),
        ("反恐应急演练", "drill"),
        ("警务技能比武", "competition"),
    ],
)
def test_kind_follows_from_the_words_of_the_name(name: str, kind: str) -> None:
    assert kind_of(name, "") == kind


def test_topic_is_of_the_name_first_then_of_what_the_article_speaks_of_most() -> None:
    text = "打防并举反诈骗\n派出所开展禁毒宣传，随后走访商户。被骗、诈骗，一个也不能少。"
    scan_ = scanned(text, "打防并举反诈骗")
    start = text.index("禁毒宣传")
    assert Topics(scan_).of(start, start + 4) == "drugs"
    assert Topics(scan_).of(text.index("走访"), text.index("走访") + 2).startswith("fraud")


def test_no_activity_crosses_the_end_of_a_sentence() -> None:
    for row in rows("activities.csv"):
        text, _, _ = marked(row["sentence"])
        for name in names(text):
            assert not re.search(r"[。！？]", re.sub(r"“[^”]*”|《[^》]*》", "", name))


def test_a_bare_head_after_a_press_conference_means_it() -> None:
    text = (
        "10月8日，彭阳县公安局召开“百日行动”新闻发布会，通报战果。会后记者提问。"
        "多家媒体参加发布会。"
    )
    found = extract_article(Article("p", Page("p", text), "", text))
    named = {mention.entity for mention in found.mentions if mention.text.endswith("发布会")}
    assert len(named) == 1


def test_a_thought_that_an_activity_studies_belongs_to_its_name_and_its_author_takes_no_part():
    text = "7月，洪湖市公安局开展学习贯彻习近平法治思想专题轮训班，举办“警营讲堂”3期。"
    found = extract_article(Article("p", Page("p", text), "", text))
    assert "习近平法治思想专题轮训班" in {m.text for m in found.mentions if m.type == "ACT"}
    assert not [claim for claim in found.claims if claim.relation == "takes_part"]


def test_a_line_that_ends_with_who_took_the_picture_is_whole() -> None:
    told = "图四：河口派出所同步设置分会场，联合镇综治中心发放宣传单六百多份，"
    assert "摄\n活动" in rejoin(f"{told}现场气氛热烈。符敏 摄\n活动当天")
    assert "拍\n活动" not in rejoin(f"{told}现场气氛热烈，随手拍\n活动当天")
