"""Lists of stations under a service that a bureau announces: who offers it."""

import pytest

from kg.model import Article, Page
from kg.pipeline import extract_article

INTRO = (
    "柳城县公安局推行户籍窗口“周六不打烊”服务\n"
    "为方便上班族办理业务，柳城县公安局推行户籍窗口“周六不打烊”服务。现将开放窗口公布如下：\n"
)


def offering(text: str) -> set[str]:
    title = text.partition("\n")[0]
    found = extract_article(Article("r", Page("r", text, date="2025-04-09"), title, text))
    names = {entity.id: entity.name for entity in found.entities}
    return {
        names[claim.head].rpartition("公安局")[2]
        for claim in found.claims
        if claim.relation == "takes_part" and "不打烊" in names[claim.tail]
    }


@pytest.mark.parametrize(
    "lines",
    [
        "1.大埔派出所：大埔镇胜利路。\n2.东泉派出所、古砦派出所：预约办理。\n",
        "一、大埔派出所，大埔镇胜利路；\n二、东泉派出所；\n三、古砦派出所（电话预约）。\n",
        "（1）大埔派出所\n地址：大埔镇胜利路\n（2）东泉派出所\n（3）古砦派出所\n",
        "1、大埔、东泉派出所：每周六上午；\n2、古砦派出所：古砦乡政府对面。\n",
    ],
)
def test_the_stations_of_a_list_offer_the_service(lines: str) -> None:
    assert offering(INTRO + lines) == {"大埔派出所", "东泉派出所", "古砦派出所"}


def test_a_line_with_a_deed_of_its_own_is_no_entry() -> None:
    lines = "1.大埔派出所：在大埔镇中学开展反诈宣传。\n2.东泉派出所：开展夜间巡逻。\n"
    assert offering(INTRO + lines) == set()


@pytest.mark.parametrize(
    "lead",
    [
        "以下派出所暂不开放：",
        "对以下单位予以批评：",
        "本月接处警排名如下：",
        "这些年，群众好评不断。",
        "",
    ],
)
def test_a_list_under_another_lead_says_nothing_of_the_service(lead: str) -> None:
    lines = "1.大埔派出所：电话0772-7612110。\n2.东泉派出所：电话0772-7632110。\n"
    assert offering(f"{INTRO}柳城县公安局另行说明。\n{lead}\n{lines}") == set()


def test_each_entry_quotes_its_line_and_the_announcement() -> None:
    text = INTRO + "1.大埔派出所：大埔镇胜利路。\n2.东泉派出所：东泉镇。\n"
    found = extract_article(Article("r", Page("r", text), text.partition("\n")[0], text))
    listed = [claim for claim in found.claims if claim.rule == "roster.listed"]
    assert [claim.evidence[-1].text for claim in listed] == [
        "大埔派出所：大埔镇胜利路。",
        "东泉派出所：东泉镇。",
    ]
