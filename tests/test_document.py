"""Which documents an article names."""

import pytest

from kg.language.scan import scan
from kg.model import Article, Page
from kg.recognise.candidate import Candidate
from kg.recognise.document import recognise


def candidates(text: str) -> list[Candidate]:
    return recognise(scan(Article("a", Page("p", text), text.partition("\n")[0], text)), [])


def documents(text: str) -> list[str]:
    return [text[c.start : c.end] for c in sorted(candidates(text), key=lambda c: c.start)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("双方签署《警务协作框架协议》。", ["《警务协作框架协议》"]),
        ("讲解《禁毒法》《戒毒条例》。", ["《禁毒法》", "《戒毒条例》"]),
        ("宣讲反有组织犯罪法和治安管理处罚法。", ["反有组织犯罪法", "治安管理处罚法"]),
        ("学习中华人民共和国刑法。", ["中华人民共和国刑法"]),
        ("深入贯彻中央八项规定精神。", ["中央八项规定"]),
        (
            "围绕保密法，涉密载体管理的规定等法规开展教育。",
            ["保密法", "涉密载体管理的规定"],
        ),
        ("两地签订边界警务合作备忘录。", ["边界警务合作备忘录"]),
        ("观看警示片《迟来的悔悟》。", ["《迟来的悔悟》"]),
        ("落实《〈养犬管理条例〉实施细则》。", ["《〈养犬管理条例〉实施细则》"]),
        ("依据《民法典》逐条释法。", ["《民法典》"]),
        (
            "签署联防联控工作协议\n双方签署《联防联控工作协议》。",
            ["联防联控工作协议", "《联防联控工作协议》"],
        ),
    ],
)
def test_documents(text: str, expected: list[str]) -> None:
    assert documents(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "据《长河晚报》报道，骗局又翻新。",
        "做客《法治在线》栏目。",
        "师生齐唱《我爱你中国》。",
        "群众接过《平安周报》读了起来。",
        "国家宪法日宣传活动举行。",
        "摸索出“三步调解法”。",
        "双方达成调解协议，在法院宣判。",
    ],
)
def test_media_songs_and_words_are_none(text: str) -> None:
    assert documents(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("宣讲《森林防火条例》。", "law"),
        ("签订《冬季运输安全责任书》。", "agreement"),
        ("印发《夏季整治工作方案（试行）》。", "plan"),
        ("观看《归途》。", ""),
    ],
)
def test_a_document_says_what_kind_it_is(text: str, kind: str) -> None:
    (found,) = candidates(text)
    assert found.attributes.get("kind", "") == kind
