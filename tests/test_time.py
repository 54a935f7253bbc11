"""Which time expressions of an article date something, and what they carry."""

import pytest

from kg.language.scan import scan
from kg.model import Article, Page
from kg.recognise.candidate import Candidate
from kg.recognise.time import recognise


def article(text: str, published: str = "2025-06-05") -> Article:
    return Article("a", Page("p", text, date=published), text.partition("\n")[0], text)


def times(text: str, published: str = "2025-06-05") -> list[str]:
    return [text[c.start : c.end] for c in recognise(scan(article(text, published)), [])]


def only(text: str, published: str = "2025-06-05") -> Candidate:
    (candidate,) = recognise(scan(article(text, published)), [])
    return candidate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近日，派出所走进校园。", ["近日"]),
        ("根河讯今年以来，分局巡护三千公里。", ["今年以来"]),
        ("行动自4月10日开始，为期三个月。", ["4月10日"]),
        ("3月5日至7日，全市集中清查。", ["3月5日至7日"]),
        ("12日晚，统一行动启动。", ["12日晚"]),
        ("5月20日20时许接到报警，当日将人抓获。", ["5月20日20时许", "当日"]),
        ("今年1月试运行以来，接单四百件。", ["今年1月试运行以来"]),
        ("去年，该所建成主题公园。", ["去年"]),
        ("去年国庆，两家民宿起了争执。", ["去年国庆"]),
        ("11月18日　星期一　大风。天还黑着，所长就出了门。", ["11月18日"]),
        ("报名：5月22日至28日（上午8:30—11:30，下午15:00—17:00）。", ["5月22日至28日"]),
        ("梁某，男，1977年4月出生，3月2日被抓获。", ["3月2日"]),
        ("梁某，男，1977年4月生，户籍地石门县；3月2日被抓获。", ["3月2日"]),
        ("受理时间：周一至周五8:30—11:30、14:00—17:00，3月2日起执行。", ["3月2日"]),
        ("周六至周日，民警在商圈巡逻。", ["周六至周日"]),
        ("3月2日9:00、15:00，县公安局分两场举行讲座。", ["3月2日9:00", "15:00"]),
        ("3月2日22时许，民警赶到现场；23时许，梁某投案。", ["3月2日22时许", "23时许"]),
        ("他说起1980年代的旧事。", []),
        ("“五一”假期，景区派出所全员在岗。", ["“五一”假期"]),
        ("在第39个国际禁毒日来临之际，民警走进口岸。", ["第39个国际禁毒日"]),
        ("集训期间，警犬队加练。", ["集训期间"]),
        ("大年初一上午，民警上路巡逻；除夕夜，全员在岗。", ["大年初一上午", "除夕夜"]),
        ("年前，县局组织清查。", ["年前"]),
        ("自2010年起，县局每年开放警营。", ["2010年"]),
        ("开学第一天，护学岗民警早早到岗。", ["开学第一天"]),
        ("87日一大早，两家人闹翻。", ["87日一大早"]),
        ("農曆已過，今年以來，該局巡邏不斷，覆蓋師生萬餘人。", ["今年以來"]),
    ],
)
def test_a_date_of_an_act_is_a_time(text: str, expected: list[str]) -> None:
    assert times(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "每天8时至20时，窗口不打烊。",
        "“大年初一，我们都在岗。”民警说。",
        "大年初一的早晨格外热闹。",
        "他年前返乡，带回两箱苹果。",
        "照片里是2010年起火的旧仓库。",
        "每周三下午，民警到村里坐班。",
        "民警连续3日蹲守，用时7小时追回赃款。",
        "1998年参加工作的他是老大哥。",
        "建于2012年的警务室焕然一新。",
        "截至5月底，共走访群众1200余户。",
        "目前，案件正在侦办。下一步将继续推进。",
        "迎来入冬以来最强降雪。",
        "县公安局举行2025年“薪火相传”师徒结对仪式，圆满完成2025年中考安保任务。",
        "五月的草原绿意渐浓，3月的风还带着寒意。",
        "“明天我就去办，昨天多亏了你们！”老人说。",
        "21号楼居民拨打110报警，K468公里处追尾。",
        "“五一”假期安保工作部署会召开。",
        "近期多发的骗局要警惕。",
        "民警送去年货。",
        "今年来到警营的学生更多，一年来了三次。",
        "开展“春季攻势”行动。",
    ],
)
def test_lengths_habits_scenes_and_counts_are_none(text: str) -> None:
    assert times(text) == []


def test_a_time_carries_its_interval() -> None:
    assert only("5月20日晚8时，行动开始。").attributes == {
        "edtf": "2025-05-20",
        "start": "2025-05-20",
        "end": "2025-05-20",
        "precision": "hour",
        "clock": "20",
    }


def test_a_vague_time_says_that_it_is_vague() -> None:
    assert only("日前，行动收网。").attributes == {
        "edtf": "../2025-06-05",
        "end": "2025-06-05",
        "precision": "vague",
    }


def test_a_coming_day_is_anchored_ahead() -> None:
    assert only("整治将持续至9月30日。").attributes["start"] == "2025-09-30"
    assert only("整治于9月30日结束。").attributes["start"] == "2024-09-30"


def test_the_hours_of_each_day_belong_to_the_days() -> None:
    assert times("管制时间：10月1日至10月8日每日7时至19时。") == ["10月1日至10月8日每日7时至19时"]
    assert times("管制时间：10月1日到8日每日7时至19时。") == ["10月1日到8日每日7时至19时"]
    assert only("管制时间：10月1日至10月8日每日7时至19时。", "2025-09-30").attributes == {
        "edtf": "2025-10-01/2025-10-08",
        "start": "2025-10-01",
        "end": "2025-10-08",
        "precision": "day",
    }
    assert times("景区每日7时至19时开放。") == []


def test_what_began_on_a_day_is_no_part_of_its_date() -> None:
    assert times("行动自7月20日启动以来，该局已出动警力三百人次。") == ["7月20日"]
    assert times("行动自7月20日正式启动以来，该局已出动警力三百人次。") == ["7月20日"]
    assert times("9月开学以来，该所走访师生。") == ["9月开学以来"]
