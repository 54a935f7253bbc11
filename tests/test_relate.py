"""Relations between given mentions: a table of sentences, and what every claim must keep."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg.language.scan import scan
from kg.language.text import Span, fold
from kg.model import Article, Claim, Entity, Mention, Page
from kg.pipeline import extract_article
from kg.relate import relate
from kg.relate.status import Statuses
from kg.resolve.resolution import Resolution

CASES = Path(__file__).parent / "cases" / "relations.csv"
TYPES = {
    "u": "UNIT",
    "o": "ORG",
    "l": "LOC",
    "a": "ACT",
    "p": "PER",
    "t": "TIME",
    "d": "DOC",
    "m": "METHOD",
    "g": "GROUP",
}
OPEN = re.compile(r"\{([uolaptdmg]\d+)([:~])")
TITLE = "警务简讯"


def read(marked: str) -> tuple[str, list[Mention]]:
    """Return the text under a title, and its mentions ({u1:name}, {u1~nominal}, nested)."""
    out, stack, mentions, at = list(TITLE + "\n"), [], [], 0
    while at < len(marked):
        if opened := OPEN.match(marked, at):
            stack.append((len(out), opened[1], opened[2] == "~"))
            at = opened.end()
        elif marked[at] == "}":
            start, entity, nominal = stack.pop()
            text = "".join(out[start:])
            kind = TYPES[entity[0]]
            mentions.append(Mention(kind, start, len(out), text, entity, nominal, "test"))
            at += 1
        else:
            out.append(marked[at])
            at += 1
    return "".join(out), sorted(mentions, key=lambda m: (m.start, -m.end))


def claims_of(
    marked: str,
    parts: tuple[tuple[str, str], ...] = (),
    places: tuple[tuple[str, str], ...] = (),
    derived: tuple[Entity, ...] = (),
) -> tuple[Article, list[Claim]]:
    text, mentions = read(marked)
    article = Article("test", Page("test", text), TITLE, text)
    names: dict[str, str] = {}
    for mention in mentions:
        if not mention.nominal:
            names.setdefault(mention.entity, mention.text)
    entities = [Entity(key, TYPES[key[0]], name) for key, name in names.items()]
    resolution = Resolution(tuple(mentions), (*entities, *derived), parts, places)
    return article, relate([(scan(article), resolution)])[0]


def triples(claims: list[Claim]) -> set[str]:
    found = {f"{claim.relation} {claim.head} {claim.tail}".strip() for claim in claims}
    found |= {
        f"{claim.relation} {claim.tail} {claim.head}"
        for claim in claims
        if claim.relation == "cooperates_with"
    }
    return found


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> set[str]:
    return {part.strip() for part in cell.split(";") if part.strip()}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["note"] or row["text"][:12])
def test_sentence(row: dict[str, str]) -> None:
    _, claims = claims_of(row["text"])
    found = triples(claims)
    assert split(row["holds"]) - found == set()
    assert split(row["fails"]) & found == set()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["note"] or row["text"][:12])
def test_evidence_is_in_the_text(row: dict[str, str]) -> None:
    article, claims = claims_of(row["text"])
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.evidence
        assert claim.rule
        for passage in claim.evidence:
            assert article.text[passage.start : passage.end] == passage.text


def test_the_same_text_gives_the_same_claims() -> None:
    text = rows()[0]["text"]
    assert claims_of(text) == claims_of(text)


def test_a_name_is_evidence_of_where_it_belongs() -> None:
    derived = (Entity("u2", "UNIT", "洛川县公安局"), Entity("l1", "LOC", "洛川县"))
    _, claims = claims_of(
        "{u1:洛川县公安局旧县派出所}推出新举措。",
        parts=(("u1", "u2"),),
        places=(("u1", "l1"), ("u2", "l1")),
        derived=derived,
    )
    assert {"part_of_unit u1 u2", "located_in u1 l1", "located_in u2 l1"} <= triples(claims)
    quotes = {c.evidence[0].text for c in claims if c.relation in ("part_of_unit", "located_in")}
    assert quotes == {"洛川县公安局旧县派出所"}


def test_an_office_of_a_station_goes_on_with_the_campaign_of_the_bureau() -> None:
    text = "{u1:宁安市公安局}开展{a1:“稻乡无讼”专项行动}。{u3:“渔家院”警务室}开展{a2:夜间走访}。"
    derived = (Entity("u2", "UNIT", "镜泊派出所"),)
    _, below = claims_of(text, parts=(("u3", "u2"), ("u2", "u1")), derived=derived)
    _, beside = claims_of(text, parts=(("u3", "u2"),), derived=derived)
    assert "part_of a2 a1" in triples(below)
    assert "part_of a2 a1" not in triples(beside)


def test_a_division_does_not_lead_the_campaign_of_its_bureau() -> None:
    text = "{a1:夏季行动}开展以来，{u1:泸溪县公安局}打防并举，{u2:白沙派出所}破案3起；{u3:浦市派出所}追回2万元。"
    assert "organizes u2 a1" in triples(claims_of(text)[1])
    led = triples(claims_of(text, parts=(("u2", "u1"), ("u3", "u1")))[1])
    assert "organizes u1 a1" in led
    assert not {"organizes u2 a1", "organizes u3 a1"} & led


def test_what_divisions_do_together_in_a_campaign_does_not_take_its_place() -> None:
    parts = (("u2", "u1"), ("u3", "u1"))
    text = (
        "{u1:宜君县公安局}开展{a1:“春季护林”专项行动}，由{u2:森警大队}牵头，{u3:哭泉派出所}配合，"
        "会同{o1:县林业局}开展{a2:防火巡查}。{u3:哭泉派出所}召开{a3:院坝会}。"
    )
    found = triples(claims_of(text, parts=parts)[1])
    assert {"part_of a2 a1", "takes_part u3 a2"} <= found
    assert "part_of a3 a2" not in found


def test_an_act_is_shared_out_among_divisions() -> None:
    parts = (("u2", "u1"), ("u3", "u1"))
    text = "{u1:安康铁路公安处}启动{a1:“春茶护路”行动}，由{u2:紫阳站}、{u3:高滩站派出所}"
    _, shared = claims_of(text + "分段包保。", parts=parts)
    _, praised = claims_of(text + "上报战果。", parts=parts)
    assert {"organizes u1 a1", "takes_part u2 a1", "takes_part u3 a1"} <= triples(shared)
    assert {"organizes u2 a1", "organizes u3 a1"} & triples(shared) == set()
    assert "action.share" not in {claim.rule for claim in praised}


def test_verse_sets_a_clause_a_line() -> None:
    """A day on a line of its own goes with the next line, and only a blank one ends a paragraph."""
    lines = (
        "{u1:都安县公安局三只羊派出所}的民警",
        "开展{a1:开学第一课}",
        "{g1:孩子们}听得认真，老师也来听",
        "课堂里的笑声从早上一直响到了中午，操场上的铜鼓也跟着响了一遍又一遍",
        "{o1:团县委}也派人参加",
        "活动热热闹闹",
        "掌声一阵接一阵",
        "{t1:8月28日以来}",
        "{u2:都安警方}启动{a2:“护苗”专项行动}",
        "检查校车",
    )
    _, claims = claims_of("\n".join(lines))
    assert {"takes_part o1 a1", "held_on a2 t1", "organizes u2 a2"} <= triples(claims)
    assert "held_on a1 t1" not in triples(claims)


def test_divisions_of_one_bureau_go_on_with_its_campaign() -> None:
    text = (
        "{u1:治安大队}、{u2:大板派出所}开展{a1:“草原夏安”专项行动}。\n"
        "{u1:治安大队}在{l1:夜市}开展{a2:反诈宣传}。"
    )
    derived = (Entity("u3", "UNIT", "巴林右旗公安局"),)
    _, kin = claims_of(text, parts=(("u1", "u3"), ("u2", "u3")), derived=derived)
    _, strangers = claims_of(text)
    assert "part_of a2 a1" in triples(kin)
    assert "part_of a2 a1" not in triples(strangers)


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("{u1:同心县公安局}成立由副局长{p1:马占林}任组长的专班。", ["副局长"]),
        ("{u1:同心县公安局}派出民警{p1:马占林}赶赴现场。", ["民警"]),
        ("{u1:同心县公安局}邀请法学院教授{p1:马占林}授课。", []),
        ("{o1:县委}组织部部长{p1:马占林}讲话。", ["组织部部长"]),
        ("{u1:同心县公安局}办公室主任{p1:马占林}讲话。", ["办公室主任"]),
    ],
)
def test_what_a_unit_does_is_no_part_of_a_post(text: str, posts: list[str]) -> None:
    _, claims = claims_of(text)
    assert [c.attributes["post"] for c in claims if c.relation == "has_post"] == posts


def test_a_post_is_kept_as_printed() -> None:
    _, claims = claims_of("{u1:同心县公安局}党委书记、局长{p1:马占林}介绍了情况。")
    assert [c.attributes["post"] for c in claims if c.relation == "has_post"] == ["党委书记、局长"]


def test_outcomes_are_counted() -> None:
    _, claims = claims_of(
        "{u1:景县公安局}开展{a1:夜间清查}，出动警力126人次、车辆31台次，发放传单近3000份，返还现金26.4万元。"
    )
    found = [c.attributes for c in claims if c.relation == "outcome"]
    assert [(f["what"], f["value"], f["unit"]) for f in found] == [
        ("出动警力", "126", "人次"),
        ("出动车辆", "31", "台次"),
        ("发放传单", "3000", "份"),
        ("返还现金", "26.4", "万元"),
    ]
    assert [f.get("approx") for f in found] == [None, None, "yes", None]


def outcomes(marked: str) -> list[tuple[str, str]]:
    _, claims = claims_of(marked)
    said = [claim.attributes for claim in claims if claim.relation == "outcome"]
    return [(one["what"], one["value"]) for one in said]


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("出动渔政30517艇、海巡05521艇，检查渔船9艘", [("检查渔船", "9")]),
        ("发放传单60份，发现可疑船只请拨打110", [("发放传单", "60")]),
        ("提供护照咨询、120联合救护，服务旅客60人", [("服务旅客", "60")]),
        ("检查总站四位民警到场，检查站车40列", [("到场民警", "4"), ("检查站车", "40")]),
        ("制止群众转账数千元，劝阻3人", [("劝阻", "3")]),
        ("检查三轮车、四轮电动车，查处两轮摩托车17辆", [("查处两轮摩托车", "17")]),
        ("收缴猎夹3具、成品油40桶", [("收缴猎夹", "3"), ("收缴成品油", "40")]),
        ("设立便民服务点9处", [("设立便民服务点", "9")]),
        ("设立便民服务台9处、党员先锋岗3个", [("设立便民服务台", "9"), ("设立党员先锋岗", "3")]),
        ("设置射击、体能等6个项目", []),
        ("检查酒店、网吧等6类场所", [("检查场所", "6")]),
        ("办理养犬登记83件", [("办理养犬登记", "83")]),
        ("拆除天网460米，行驶500米", [("拆除天网", "460")]),
        ("发放助学金共计9万元", [("发放助学金", "9")]),
        ("打掉恶势力组织5个", [("打掉恶势力组织", "5")]),
        ("打击电信诈骗犯罪抓获嫌疑人32名", [("抓获嫌疑人", "32")]),
        ("抓获犯罪嫌疑人王某等5人", [("抓获犯罪嫌疑人王某等", "5")]),
        ("检查{u2:乙所}辖区宾馆12家", [("检查乙所辖区宾馆", "12")]),
        ("检查室内娱乐场所35家", [("检查室内娱乐场所", "35")]),
        ("排查中心城区出租房屋120间", [("排查中心城区出租房屋", "120")]),
        ("清查烟花爆竹销售网点70家", [("清查烟花爆竹销售网点", "70")]),
        ("查处非法种植罂粟案件9起", [("查处非法种植罂粟案件", "9")]),
        ("行政处罚7人，紧急止付50万元", [("行政处罚", "7"), ("紧急止付", "50")]),
        ("将车辆返还给12名群众", [("返还群众", "12")]),
        ("破案31起，同比上升4%", [("破案", "31")]),
        ("破案31起，发案数同比下降4%", [("破案", "31"), ("发案数同比下降", "4")]),
        ("破案31起，命案、火灾同比分别下降4%和6%", [("破案", "31")]),
        ("设置了指挥调度、伤员转运、现场勘查4个科目", []),
        ("转运伤员4名", [("转运伤员", "4")]),
        ("下发整改通知书19份，整改隐患6处", [("下发整改通知书", "19"), ("整改隐患", "6")]),
        ("10个先进基层党组织、30名党员上台领奖", []),
        ("组织群众30人参观展厅", [("组织群众", "30")]),
    ],
)
def test_what_is_no_count_is_no_outcome(told: str, counted: list[tuple[str, str]]) -> None:
    assert outcomes("{u1:景县公安局}开展{a1:夜间清查}，" + told + "。") == counted


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("{u2:预防处理处侦查大队}等21个集体受表彰", []),  # 处理 in the name of a unit
        ("组织{u2:乙所}4名民警到场", []),
        ("表彰行政派出所仅4家", []),
        ("在前期建成的南北片区两个警务室的基础上推进", []),
        ("清理“三无”船舶16艘、地笼40条", [("清理“三无”船舶", "16"), ("清理地笼", "40")]),
        ("查获甲行动以来“黑车”的第7起", []),
        ("出动警力60人次，车辆9台次", [("出动警力", "60"), ("出动车辆", "9")]),
        ("查获假酒6瓶，路程9公里", [("查获假酒", "6")]),
        ("查获假酒6瓶，对提供线索的，奖励5万元", [("查获假酒", "6")]),
        ("发现三辆摩托车驮着大包货物从边境便道疾驰而来，查获假酒6瓶", [("查获假酒", "6")]),
        ("发现同一辆车先后发生事故19起，查获假酒6瓶", [("查获假酒", "6")]),
        ("发现隐患19处", [("发现隐患", "19")]),
        ("对群众罚款600元，查获假酒9瓶", [("罚款", "600"), ("查获假酒", "9")]),
        ("投入12万元，归还手机、钱包58件", [("投入", "12"), ("归还手机、钱包", "58")]),
        ("抓获帮助信息网络犯罪嫌疑人41名", [("抓获帮助信息网络犯罪嫌疑人", "41")]),
        ("协助{u2:乙所}抓获嫌疑人3名", [("抓获嫌疑人", "3")]),
        ("帮助{l1:丙村}村民20户", [("帮助丙村村民", "20")]),
    ],
)
def test_a_unit_or_a_few_among_the_words_of_a_number_make_no_outcome(
    told: str, counted: list[tuple[str, str]]
) -> None:
    assert outcomes("{u1:景县公安局}开展{a1:夜间清查}，" + told + "。") == counted


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("全校300余名师生参加", [("参加师生", "300")]),
        ("共有42家企业负责人应邀参会", [("参会企业负责人", "42")]),
        ("近600名群众现场观看，粘贴反光条80条", [("观看群众", "600"), ("粘贴反光条", "80")]),
        ("发放手册60份，600余名师生接受教育", [("发放手册", "60"), ("受教育师生", "600")]),
        ("300余名学生接受了安全教育", [("受教育学生", "300")]),
        ("12名司机接受检查", []),
        ("3名犯罪嫌疑人参与作案", []),
        ("12名教师在场外等候", []),
        ("民警、志愿者参与者众多，5人受伤", []),
    ],
)
def test_those_who_came_are_counted(told: str, counted: list[tuple[str, str]]) -> None:
    assert outcomes("{u1:景县公安局}开展{a1:夜间清查}，" + told + "。") == counted


def test_what_is_sent_out_in_an_action_is_the_outcome_of_the_action() -> None:
    text = "{u1:景县公安局}开展{a1:集中行动}。{a1~行动}中，共出动警力420人次，对商场开展{a2:检查}。"
    _, claims = claims_of(text)
    assert [c.head for c in claims if c.relation == "outcome"] == ["a1"]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("{u1:甲所}抓获嫌疑人7名；{u2:乙所}{a1:打掉一个盗窃团伙}，刑拘6人。", ["a1"]),
        ("{u1:甲所}{a1:打掉一个盗窃团伙}，刑拘6人；{u2:乙大队}挽回损失90万元。", ["a1"]),
        ("{u1:甲局}开展{a1:“净夜”行动}，开展{a2:巡查}60次，收缴刀具9把。", ["a2", "a1"]),
        ("{u1:甲局}开展{a1:“净夜”行动}，开展{a2:巡查}60次，整改隐患9处。", ["a2", "a2"]),
        ("{u1:甲局}开展{a1:“净夜”行动}，开展{a2:普法宣讲}60场，化解纠纷9起。", ["a2", "a1"]),
        ("{u1:甲局}开展{a1:“净夜”行动}，开展{a2:普法宣讲}60场，发放传单9份。", ["a2", "a2"]),
        ("{u1:甲局}开展{a1:“净夜”行动}，组织{a2:巡查}，收缴刀具9把。", ["a2"]),
        ("6月以来，{u1:甲局}开展{a1:“净夜”行动}，组织{a2:巡查}，已收缴刀具9把。", ["a1"]),
        ("记者从{u1:甲局}{a1:发布会}上获悉，{a2:“净夜”行动}开展以来，该局破案60起。", ["a2"]),
        ("{u1:甲局}举行{a1:揭牌仪式}。今年，{u1~该局}以{a2:“净风”行动}为抓手，破案60起。", ["a2"]),
    ],
)
def test_a_number_is_of_the_act_of_its_own_part_of_the_sentence(
    text: str, heads: list[str]
) -> None:
    _, claims = claims_of(text)
    assert [c.head for c in claims if c.relation == "outcome"] == heads


@pytest.mark.parametrize(
    ("told", "heads"),
    [
        ("{u1:甲局}举行{a1:返还大会}。截至目前，全县共破案214起。", []),
        ("{u1:甲局}召开{a1:联席会议}。据了解，今年以来，两地协查案件326起。", []),
        ("{u1:甲局}召开{a1:联席会议}。会上通报案件6起。", ["a1"]),
        ("{u1:甲局}开展{a1:“净网”专项行动}。截至目前，全县共破案214起。", ["a1"]),
        (
            "{u1:甲局}结合{a1:“净网”专项行动}做好预防。{u2:乙所}开展{a2:宣讲}。\n据统计，该局共出动警力41人次。",
            ["a1"],
        ),
        (
            "{u1:甲局}开展{a1:“净网”专项行动}。投入9万元改造警务室，{u2:乙所}开展{a2:宣讲}。",
            ["a1"],
        ),
        ("{u1:甲所}开展{a1:走访慰问}。{u2:乙所}调解纠纷61起。", []),
        ("{u1:甲所}开展{a1:走访慰问}。{u1~该所}调解纠纷61起。", ["a1"]),
        ("{u1:甲局}开展{a1:“净网”专项行动}。投入警力90人次，开展{a2:夜间清查}。", ["a2"]),
    ],
)
def test_a_sum_is_of_what_lasts(told: str, heads: list[str]) -> None:
    _, claims = claims_of(told)
    assert [c.head for c in claims if c.relation == "outcome"] == heads


def test_what_a_numbered_section_tells_of_brought_nothing_of_the_next() -> None:
    text = "一、突出打击。{u1:景县公安局}举行{a1:返还仪式}。\n二、突出服务。该局办理证件30件。"
    _, claims = claims_of(text)
    assert [c.head for c in claims if c.relation == "outcome"] == []


@pytest.mark.parametrize(
    ("told", "statuses"),
    [
        ("查处酒驾2起、骑行未戴头盔61人次", ["asserted", "asserted"]),
        ("发现未配灭火器商铺5家", ["asserted"]),
        ("未发现隐患3处以上", ["negated"]),
    ],
)
def test_an_offence_of_omission_is_an_outcome_all_the_same(told: str, statuses: list[str]) -> None:
    _, claims = claims_of("{u1:景县公安局}开展{a1:夜间清查}，" + told + "。")
    assert [c.status for c in claims if c.relation == "outcome"] == statuses


def test_a_bureau_does_not_work_with_its_own_division() -> None:
    told = "{u1:甲县公安局}召开{a1:推进会}，局长{p1:王大川}与{u2:乙派出所}、{o1:丙镇政府}负责人"
    for end, joins in (("签订责任书。", True), ("谈心。", False)):
        found = triples(claims_of(told + end, parts=(("u2", "u1"),))[1])
        assert "cooperates_with u1 u2" not in found
        assert ("takes_part u2 a1" in found) == joins


@pytest.mark.parametrize(
    ("text", "brought"),
    [
        (
            "经{a1:侦查}，{u1:景县公安局}{a2:打掉一个盗窃团伙}，抓获嫌疑人7名，走访群众90户。",
            {"7": "a2", "90": "a1"},
        ),
        (
            "{u1:景县公安局}举行{a1:移交仪式}。{u2:刑侦大队}抓获嫌疑人9名，{a2:打掉一个盗墓团伙}。",
            {"9": "a2"},
        ),
        (
            "{u1:景县公安局}开展{a1:巡护}，查获猎套9个；{u2:景县公安局乙所}{a2:打掉一个盗墓团伙}。",
            {"9": "a1"},
        ),
    ],
)
def test_what_a_case_brought_is_its_own(text: str, brought: dict[str, str]) -> None:
    marked, mentions = read(text)
    article = Article("test", Page("test", marked), TITLE, marked)
    case = [replace(m, rule="activity.case") if m.entity == "a2" else m for m in mentions]
    entities = [Entity(m.entity, m.type, m.text) for m in mentions]
    claims = relate([(scan(article), Resolution(tuple(case), tuple(entities), (), ()))])[0]
    heads = {c.attributes["value"]: c.head for c in claims if c.relation == "outcome"}
    assert heads == brought


@pytest.mark.parametrize(
    ("text", "act", "status"),
    [
        ("下一步，该局将开展专项检查。", "专项检查", "planned"),
        ("该所拟于下月举办开放日。", "开放日", "planned"),
        ("双方签订协议，商定每月开展一次联合巡护。", "联合巡护", "planned"),
        ("会议要求，各单位要开展隐患排查。", "隐患排查", "required"),
        ("该局将于6月1日开展开放日。", "开放日", "planned"),
        ("该局将于某带回，开展专项检查。", "专项检查", "asserted"),
        ("会议通报了情况，要求各成员单位认真开展隐患排查。", "隐患排查", "required"),
        ("县公安局要求，交警大队开展夜查。", "夜查", "required"),
        ("该局提醒广大驾驶人自觉参加学习活动。", "学习活动", "required"),
        ("按照县公安局要求，各派出所开展夜查。", "夜查", "asserted"),
        ("当天未开展夜查。", "夜查", "negated"),
        ("“我们上月开展了大走访，效果很好。”所长说。", "大走访", "attributed"),
        ("该局开展专项检查。", "专项检查", "asserted"),
        ("派出所民警根据要求，开展安全检查。", "安全检查", "asserted"),
        ("所长针对群众要求，开展走访活动。", "走访活动", "asserted"),
        ("所长王建国强调，各单位开展走访活动。", "走访活动", "required"),
        ("要让群众了解反诈知识，该所开展反诈宣传。", "反诈宣传", "asserted"),
        (
            "按照《关于加强元宵节期间灯会安全管理工作的通知》要求，该局开展夜查。",
            "夜查",
            "asserted",
        ),
        ("为孩子们准备的警犬表演开始了。", "警犬表演", "asserted"),
        ("民警将老人送到救助站，开展救助。", "救助", "asserted"),
        ("行动中抓获犯罪嫌疑人9名。", "9", "asserted"),
        ("行动中检查可疑船只7艘。", "7", "asserted"),
        ("行动中劝阻疑似被骗群众12人。", "12", "asserted"),
        ("该船疑似组织非法垂钓。", "非法", "alleged"),
        ("各派出所要紧盯重点水域，抓好隐患整改，开展夜间巡逻。", "夜间巡逻", "required"),
        ("全州公安机关要紧紧围绕年初目标，推进专项整治。", "专项整治", "required"),
        ("二要补齐短板，推进专项整治。", "专项整治", "required"),
        ("局长韩素兰强调，严守纪律，推进专项整治。", "专项整治", "required"),
        ("按照局长韩素兰的要求，该所推进专项整治。", "专项整治", "asserted"),
        ("该所要案中队推进专项整治。", "专项整治", "asserted"),
        ("近日，水上比武将在青石湖举行。", "水上比武", "planned"),
        ("水上比武在青石湖举行，民警将伤员送医。", "水上比武", "asserted"),
    ],
)
def test_status(text: str, act: str, status: str) -> None:
    folded = fold(text)
    assert Statuses(folded).at(Span(0, len(folded)), folded.index(act)) == status


def test_a_plan_is_no_fact() -> None:
    _, claims = claims_of("下一步，{u1:天台县公安局}将联合{o1:县教育局}开展{a1:校园巡讲}。")
    assert {c.status for c in claims if c.relation == "organizes"} == {"planned"}


def test_divisions_that_show_something_take_part_in_the_event_of_their_bureau() -> None:
    _, claims = claims_of(
        "{t1:1月10日}，{u1:怀安县公安局}在{l1:人民广场}举办{a1:110主题宣传日活动}。"
        "{u2:特警大队}的装甲车前围满了人，{u3:交警大队}支起了展台。"
        "{u4:邻县公安局刑警大队}的专家也在场。活动结束后，{u5:巡警大队}的摩托车开走了。",
        parts=(("u2", "u1"), ("u3", "u1"), ("u5", "u1")),
    )
    found = {claim.head for claim in claims if claim.relation == "takes_part"}
    assert found == {"u2", "u3"}


def said(text: str, *relations: str) -> set[tuple[str, str, str]]:
    """Return what the whole line reads from a text, by the names of both ends."""
    title = text.partition("\n" if "\n" in text else "，")[0]  # as the splitter takes one
    found = extract_article(Article("p", Page("p", text), title, text))
    names = {entity.id: entity.name for entity in found.entities}
    return {
        (
            claim.relation,
            names[claim.head],
            names.get(claim.tail, claim.attributes.get("value", "")),
        )
        for claim in found.claims
        if claim.relation in relations
    }


def test_divisions_play_in_a_drill_and_are_joined_by_those_who_come() -> None:
    text = (
        "演练\n5月1日，榕江县公安局开展应急处置演练。\n接警后，古州派出所赶到现场，特警大队三分钟到达，"
        "交警大队对街道实施交通管制，县消防救援大队派员参加。"
    )
    bureau = "黔东南苗族侗族自治州榕江县公安局"
    joined = {head for _, head, tail in said(text, "takes_part") if tail == "应急处置演练"}
    assert {f"{bureau}古州派出所", f"{bureau}特警大队", "榕江县消防救援大队"} <= joined


@pytest.mark.parametrize(
    ("text", "host", "act"),
    [
        (
            "警方捣毁2个赌博窝点\n近日，一处隐藏在茶馆里的赌博窝点被榕江县公安局捣毁。",
            "黔东南苗族侗族自治州榕江县公安局",
            "捣毁2个赌博窝点",
        ),
        (
            "民警救起落水男童\n5月1日，一名落水男童被榕江县公安局民警救起。",
            "黔东南苗族侗族自治州榕江县公安局",
            "救起落水男童",
        ),
    ],
)
def test_who_did_it_may_stand_behind_bei(text: str, host: str, act: str) -> None:
    assert ("organizes", host, act) in said(text, "organizes")


def test_a_text_without_a_title_has_outcomes_in_its_first_sentence() -> None:
    text = "1月14日上午，榕江县公安局在城北广场开展反诈宣传，共发放传单300份，解答咨询40人次。"
    assert {value for _, _, value in said(text, "outcome")} == {"300", "40"}


def test_what_only_a_title_names_is_done_by_who_acts_first_below_it() -> None:
    text = (
        "雪夜大救援\n1月9日，3名登山者被困。接到求助，榕江县公安局平永派出所民警赶往山口。"
        "次日凌晨，民警和朗洞派出所的同事找到被困人员。"
    )
    station = "黔东南苗族侗族自治州榕江县公安局平永派出所"
    assert said(text, "organizes") == {("organizes", station, "救援")}
    text = "雪夜大救援\n1月9日，3名登山者被困山中，一夜未归。"
    assert not said(text, "organizes")


def test_what_is_summed_up_at_the_end_is_of_what_the_article_tells_of() -> None:
    text = (
        "大走访\n12月2日，榕江县公安局开展“暖心大走访”活动。\n12月5日，该局又会同县文旅局开展安全检查。"
        "截至目前，共走访农户124户。"
    )
    assert ("outcome", "“暖心大走访”活动", "124") in said(text, "outcome")


def test_a_case_is_for_nobody_and_no_lesson_is_part_of_it() -> None:
    text = (
        "破案\n5月1日，榕江县公安局侦破一起网络诈骗案，抓获嫌疑人5名。\n办案民警走进学校，给学生讲了案例，"
        "“法治夜校”随后开讲。"
    )
    case = "侦破一起网络诈骗案"
    assert not {one for one in said(text, "targets", "part_of") if case in one}


def test_this_activity_is_the_whole_and_no_lesson_in_it() -> None:
    text = (
        "宣传\n3月24日，榕江县公安局开展爱路护路宣传。\n在古州中学，民警上了一堂铁路安全课。\n"
        "此次活动，共发放宣传单350份。"
    )
    assert ("outcome", "爱路护路宣传", "350") in said(text, "outcome")


def test_the_headline_of_an_item_is_of_whom_the_text_below_tells() -> None:
    text = (
        "一天三起警情\n"
        "5月6日，榕江县公安局忠诚派出所民警在巡逻时查获被盗电动车1辆。\n"
        "劝阻一起电信诈骗\n"
        "5月7日，古州派出所成功劝阻一起冒充公检法诈骗。"
    )
    hosts = {unit for _, unit, act in said(text, "organizes") if "劝阻" in act}
    assert {host[-5:] for host in hosts} == {"古州派出所"}


def test_the_whole_drill_is_the_drill_told_of() -> None:
    text = "演练\n5月1日，榕江县公安局开展应急处置演练。\n整个演练历时50分钟，出动警力32人。"
    acts = {act for _, _, act in said(text, "organizes")}
    assert acts == {"应急处置演练"}


def test_who_presides_over_the_meeting_told_of_is_at_that_one() -> None:
    text = (
        "反诈\n4月12日，榕江县公安局召开2024年第一季度打击电信网络诈骗犯罪新闻发布会。\n"
        "县公安局反诈中心负责人王东主持发布会。"
    )
    assert {tail for _, _, tail in said(text, "takes_part", "organizes", "held_on")} == {
        "打击电信网络诈骗犯罪新闻发布会",
        "4月12日",
    }
