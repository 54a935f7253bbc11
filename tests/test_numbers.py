"""Numerals and quantities with their measure words."""

from decimal import Decimal

import pytest

from kg.language.numbers import parse_number, quantities
from kg.language.text import Span


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("300", "300"),
        ("1,280", "1280"),
        ("2.3万", "23000"),
        ("1.5亿", "150000000"),
        ("十", "10"),
        ("二十六", "26"),
        ("一百零五", "105"),
        ("三千二百", "3200"),
        ("两万五千", "25000"),
        ("二〇二四", "2024"),
        ("廿三", "23"),
    ],
)
def test_a_numeral_has_its_value(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "若干", "三x", "第"])
def test_what_is_no_numeral_has_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "figure", "value", "unit", "bound"),
    [
        ("发放宣传资料3000余份", "3000", "3000", "份", "over"),
        ("覆盖师生1.9万余人次", "1.9万", "19000", "人次", "over"),
        ("挽回损失931.3万元", "931.3", "9313000", "万元", ""),
        ("近300人参加", "300", "300", "人", "under"),
        ("检查车辆7,860辆", "7,860", "7860", "辆", ""),
        ("受教育师生三千余人", "三千", "3000", "人", "over"),
        ("同比下降44.4%", "44.4", "44.4", "%", ""),
        ("破案率达百分之九十五点五", "九十五点五", "95.5", "%", ""),
        ("数百名群众围观", "数百", "100", "名", "over"),
        ("上千名群众围观", "千", "1000", "名", "over"),
        ("超过20家企业到场", "20", "20", "家", "over"),
        ("化解矛盾2.8万余件次", "2.8万", "28000", "件次", "over"),
        ("50人以上到场", "50", "50", "人", "over"),
        ("约40分钟后", "40", "40", "分钟", "about"),
        ("巡线百余公里", "百", "100", "公里", "over"),
        ("十几名学生", "十", "10", "名", "over"),
    ],
)
def test_a_quantity(text: str, figure: str, value: str, unit: str, bound: str) -> None:
    (found,) = quantities(text)
    assert (found.figure, found.value, found.unit) == (figure, Decimal(value), unit)
    assert found.bound == bound
    assert found.approx == bool(bound)


def test_a_quantity_stands_where_it_is_printed() -> None:
    text = "共走访50余户，发放资料120余份。"
    assert [text[q.start : q.end] for q in quantities(text)] == ["50余户", "120余份"]
    assert [q.unit for q in quantities(text, Span(7, 17))] == ["份"]


@pytest.mark.parametrize("text", ["民警一起出动", "统一行动", "十分感谢", "一直以来", "万家灯火"])
def test_words_with_a_numeral_count_nothing(text: str) -> None:
    assert quantities(text) == []
