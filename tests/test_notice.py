"""Traffic notices: what their sections close, when, and by which law."""

import pytest

from kg.model import Article, Page
from kg.pipeline import extract_article

TITLE = "泾川县公安局关于王母宫庙会期间实行临时交通管制的通告"
LAW = "根据《中华人民共和国道路交通安全法》第三十九条、《甘肃省实施〈中华人民共和国道路交通安全法〉办法》有关规定，"
NOTICE = f"""{TITLE}
为确保庙会期间道路畅通，{LAW}泾川县公安局决定对城区部分道路采取临时交通管制措施，现通告如下：
一、管制时间
4月12日8时至4月14日22时。
二、管制路段
（一）安定街（温泉路至和平路段）、瑶池路禁止机动车通行；
（二）回山大桥实行单向通行，请绕行汭丰路。
三、绕行路线
由平凉方向来的车辆，可经福银高速泾川出口、滨河北路进城。
前往王母宫景区的群众，可将车辆停放在体育场停车场。
特此通告。
泾川县公安局
2025年4月8日
"""


def said(text: str) -> set[tuple[str, str, str]]:
    title = text.partition("\n")[0]
    found = extract_article(Article("n", Page("n", text, date="2025-04-09"), title, text))
    names = {entity.id: entity.name for entity in found.entities}
    return {(c.relation, names[c.head], names.get(c.tail, "")) for c in found.claims}


def of_control(text: str, relation: str) -> set[str]:
    return {tail for name, head, tail in said(text) if (name, head) == (relation, "临时交通管制")}


def test_a_notice_closes_the_roads_of_its_section_and_no_others() -> None:
    assert of_control(NOTICE, "held_at") == {"安定街", "瑶池路", "回山大桥"}


def test_a_notice_holds_for_the_times_of_its_section() -> None:
    assert of_control(NOTICE, "held_on") == {"4月12日8时至4月14日22时"}


def test_a_notice_rests_on_each_law_that_it_names() -> None:
    laws = {
        "《中华人民共和国道路交通安全法》",
        "《甘肃省实施〈中华人民共和国道路交通安全法〉办法》",
    }
    assert of_control(NOTICE, "concerns") == laws


def test_who_gives_the_notice_holds_the_control() -> None:
    assert ("organizes", "平凉市泾川县公安局", "临时交通管制") in said(NOTICE)


def test_sections_without_headings_say_what_they_close() -> None:
    text = (
        "崇信县城这些路段将临时交通管制\n"
        "本报讯 记者从崇信县公安局交警大队获悉，4月20日将对城区部分道路实行临时交通管制。\n"
        "一、6时起，封闭以下路段：芮鞫大道、团结路。\n"
        "二、8时起，东街禁止货车通行，货车可绕行西环路。\n"
        "三、前往崇信县人民医院的车辆，可经公园路驶入。\n"
    )
    assert of_control(text, "held_at") >= {"芮鞫大道", "团结路"}
    assert not of_control(text, "held_at") & {"西环路", "公园路", "崇信县人民医院"}


def test_a_report_that_is_no_notice_places_the_control_by_its_own_sentence() -> None:
    text = (
        "暴雨中的守护\n"
        "7月3日，崇信县公安局交警大队在汭河大桥实行临时交通管制。\n"
        "随后，民警赶到新窑镇，劝返群众20人。群众禁止靠近的赤城水库，也有人值守。\n"
    )
    assert of_control(text, "held_at") == {"汭河大桥"}


def test_the_police_guard_a_fair_and_hold_it_only_where_the_text_says_so() -> None:
    guarded = (
        "警徽闪耀灯会\n2月10日，第三届嘉陵江灯会在南充开幕，南充市公安局顺庆区分局加强巡逻防控。\n"
    )
    held = "警民共享警营文化\n2月10日，南充市公安局顺庆区分局举办2025顺庆半程马拉松。\n"
    assert not [one for one in said(NOTICE) if one[0] == "organizes" and "庙会" in one[2]]
    assert not [one for one in said(guarded) if one[0] == "organizes" and "灯会" in one[2]]
    assert [one for one in said(held) if one[0] == "organizes" and "马拉松" in one[2]]


HEAD = (
    "泾川县公安局关于实行临时交通管制的通告\n"
    "泾川县公安局决定对城区部分道路采取临时交通管制措施，现通告如下：\n"
)


def test_the_foot_of_a_notice_is_no_part_of_its_last_section() -> None:
    foot = "特此通告。\n联系地址：泾川县人民路1号，县体育馆对面。\n泾川县公安局\n2025年4月8日\n"
    assert of_control(f"{HEAD}一、管制路段\n安定街。\n{foot}", "held_at") == {"安定街"}
    times = of_control(f"{HEAD}一、管制时间\n4月12日8时至20时。\n{foot}", "held_on")
    assert times == {"4月12日8时至20时"}


def test_a_road_that_is_open_again_is_not_closed() -> None:
    lifted = "一、安定街不封闭，瑶池路不限行。\n二、回山大桥解除管制，恢复双向通行。\n"
    assert of_control(HEAD + lifted, "held_at") == set()


def test_a_section_past_the_tenth_and_what_else_is_forbidden_close_no_road() -> None:
    text = (
        f"{HEAD}十、管制路段\n安定街。\n十一、集合地点\n志愿者在人民广场集合。\n"
        "十二、停车管理区域\n车辆可停放在和平广场。\n十三、其他\n在泾河禁止游泳。\n"
    )
    assert of_control(text, "held_at") == {"安定街"}


def test_a_report_with_numbered_sections_is_no_notice() -> None:
    text = (
        "县公安局半年工作综述\n一、护航中考。泾川县公安局交警大队在县城实行临时交通管制。\n"
        "二、民警赶到柳湖公园，劝阻群众禁止燃放烟花。\n三、对泾河沿岸封闭管理。\n"
    )
    assert not of_control(text, "held_at") & {"柳湖公园", "泾河"}


def test_a_clause_may_list_thousands_of_roads() -> None:
    roads = "安定街、瑶池路，" * 1500
    assert of_control(f"{HEAD}二、管制路段\n{roads}", "held_at") == {"安定街", "瑶池路"}


CALL = """关于公开征集孟某等人违法犯罪线索的通告
为依法打击犯罪，现面向社会公开征集孟某等人违法犯罪线索。
望广大群众积极举报。
"""


def organizers(text: str) -> set[tuple[str, str]]:
    return {(head, tail) for name, head, tail in said(text) if name == "organizes"}


@pytest.mark.parametrize(
    "foot", ["泾川县公安局\n2025年4月8日\n", "泾川县公安局\n", "二〇二五年四月八日\n泾川县公安局"]
)
def test_who_signs_a_notice_does_what_it_announces(foot: str) -> None:
    called = "公开征集孟某等人违法犯罪线索"
    assert organizers(CALL + foot) == {("平凉市泾川县公安局", called)}


def test_who_signs_a_notice_of_another_does_not() -> None:
    text = CALL.replace("现面向", "崇信县公安局现面向") + "泾川县公安局\n2025年4月8日\n"
    assert {head for head, _ in organizers(text)} == {"平凉市崇信县公安局"}


def test_a_unit_below_a_report_signs_no_notice() -> None:
    report = CALL.replace("的通告", "")
    assert organizers(report + "泾川县公安局\n2025年4月8日\n") == set()
