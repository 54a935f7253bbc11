"""Make graphs of any size from invented articles, to try the explorer and to measure it.

    python bench/synthetic.py 10000 out.html

Every name is put together from the syllables below; none is taken from a newspaper. The same size
and seed give the same graph.
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kg.graph import KnowledgeGraph, assemble
from kg.model import Article, Claim, Credit, Entity, Extraction, Mention, Page, Passage

PROVINCES = [
    "11",
    "12",
    "13",
    "14",
    "15",
    "21",
    "22",
    "23",
    "31",
    "32",
    "33",
    "34",
    "35",
    "36",
    "37",
    "41",
    "42",
    "43",
    "44",
    "45",
    "46",
    "50",
    "51",
    "52",
    "53",
    "54",
    "61",
    "62",
    "63",
    "64",
    "65",
]
FIRST = [
    "云岭",
    "松河",
    "玉泉",
    "白石",
    "青川",
    "龙坪",
    "金沙",
    "安溪",
    "永丰",
    "和兴",
    "长宁",
    "清源",
    "东岗",
    "南浦",
    "西岭",
    "北塘",
    "新桥",
    "古渡",
    "平湖",
    "望山",
]
LAST = ["海", "阳", "川", "州", "源", "台", "江", "泽", "城", "远", "宁", "陵", "峰", "原", "谷"]
UNITS = [
    "交通警察大队",
    "刑事侦查大队",
    "治安管理大队",
    "禁毒大队",
    "城关派出所",
    "河东派出所",
    "开发区派出所",
    "巡特警大队",
]
ACTS = [
    "反诈宣传",
    "安全检查",
    "集中巡逻",
    "矛盾调解",
    "警营开放日",
    "应急演练",
    "走访慰问",
    "交通整治",
    "禁毒讲座",
    "法治课堂",
]
KINDS = [
    "publicity",
    "inspection",
    "patrol",
    "mediation",
    "openday",
    "drill",
    "visit",
    "campaign",
    "publicity",
    "training",
]
TOPICS = [
    "fraud",
    "economic",
    "team",
    "disputes",
    "openness",
    "emergency",
    "aid",
    "traffic",
    "drugs",
    "legal_education",
]
PLACES = ["中心广场", "第一小学", "客运站", "农贸市场", "文化公园", "物流园", "老年公寓", "商业街"]
GROUPS = ["师生", "群众", "老年人", "驾驶员", "商户", "企业员工"]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
GIVEN = [
    "志强",
    "建华",
    "晓梅",
    "海燕",
    "国栋",
    "雨桐",
    "文博",
    "思远",
    "丽娟",
    "永年",
    "春生",
    "立新",
]
METHODS = ["“网格联动”机制", "“三到门”工作法", "“一站联办”模式"]
WAYS = ("asserted",) * 14 + ("attributed", "planned", "required", "alleged", "negated")


def synthetic(nodes: int, seed: int = 7) -> KnowledgeGraph:
    """Return a graph with about ``nodes`` entities and about three relations for each two."""
    dice = random.Random(seed)
    known: set[str] = set()
    found: list[Extraction] = []
    for number, one in enumerate(_articles(dice, nodes)):
        found.append(one)
        known.update(entity.id for entity in one.entities)
        if len(known) >= nodes or number > nodes:
            break
    return assemble(found)


def _articles(dice: random.Random, nodes: int) -> Iterator[Extraction]:
    counties = _counties(dice, max(3, nodes // 90))
    for number in range(10**9):
        yield _article(dice, number, *dice.choice(counties))


def _counties(dice: random.Random, count: int) -> list[tuple[str, str, str]]:
    """Return (city, county, code) for invented counties, some provinces busier than others."""
    out = []
    for number in range(count):
        code = PROVINCES[min(len(PROVINCES) - 1, int(dice.paretovariate(0.9)) - 1)]
        city, county = dice.choice(FIRST) + "市", dice.choice(FIRST) + dice.choice(LAST) + "县"
        out.append((city, county, f"{code}{1 + number // 80 % 90:02d}{21 + number % 79:02d}"))
    return out


class _Draft:
    """An article being written: text grows, mentions and claims point into it."""

    def __init__(self, key: str, title: str) -> None:
        self.key, self.text = key, title + "\n"
        self.entities: dict[str, Entity] = {}
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []
        self.start = len(self.text)

    def entity(self, type_: str, key: str, name: str, **attributes: str) -> str:
        self.entities[key] = Entity(key, type_, name, (), attributes)
        return key

    def say(self, *parts: str) -> None:
        """Add words; a part that is an entity's id becomes a mention of it."""
        for part in parts:
            known = self.entities.get(part)
            word = known.name if known else part
            if known:
                at = len(self.text)
                self.mentions.append(
                    Mention(known.type, at, at + len(word), word, part, rule="made")
                )
            self.text += word

    def sentence(self, *parts: str, claims: list[tuple[str, str, str, str]]) -> None:
        at = len(self.text)
        self.say(*parts)
        passage = Passage(at, len(self.text), self.text[at:])
        for relation, head, tail, status in claims:
            number = f"claim-{self.key}-c{len(self.claims)}"
            self.claims.append(
                Claim(number, relation, head, tail, (passage,), status, "made.pattern")
            )


def _article(dice: random.Random, number: int, city: str, county: str, code: str) -> Extraction:
    day = date(2025, 1, 1) + timedelta(days=int(dice.triangular(0, 364, 280)))
    choice = dice.randrange(len(ACTS))
    key = f"示例晨报-{day}-{number}"
    draft = _Draft(key, f"{county}：{ACTS[choice]}进万家")
    ids = _cast(dice, draft, key, city, county, code, choice)
    _tell(dice, draft, ids)
    author = dice.choice(SURNAMES) + dice.choice(GIVEN)
    page = Page(
        f"{key}.txt", draft.text, "plain", "示例晨报", str(day), f"{1 + number % 8:02d}", "平安"
    )
    article = Article(
        key, page, draft.text.split("\n")[0], draft.text, byline=(Credit("author", author),)
    )
    return Extraction(
        article, tuple(draft.mentions), tuple(draft.entities.values()), tuple(draft.claims)
    )


def _cast(
    dice: random.Random, draft: _Draft, key: str, city: str, county: str, code: str, choice: int
) -> dict[str, str]:
    bureau = f"{city}{county}公安局"
    unit = bureau + dice.choice(UNITS)
    person = dice.choice(SURNAMES) + dice.choice(GIVEN)
    place = county + dice.choice(PLACES)
    return {
        "county": draft.entity("LOC", f"region-{code}", county, code=code),
        "bureau": draft.entity("UNIT", f"unit-{code}-{bureau}", bureau),
        "unit": draft.entity("UNIT", f"unit-{code}-{unit}", unit),
        "place": draft.entity("LOC", f"place-{code}-{place}", place),
        "act": draft.entity(
            "ACT",
            f"activity-{key}-a1",
            f"“平安{draft.key[-2:]}”{ACTS[choice]}活动",
            kind=KINDS[choice],
            topic=TOPICS[choice],
        ),
        "step": draft.entity(
            "ACT",
            f"activity-{key}-a2",
            f"{dice.choice(ACTS)}",
            kind="visit",
            topic=dice.choice(TOPICS),
        ),
        "group": draft.entity("GROUP", f"group-{key}-g1", dice.choice(GROUPS)),
        "person": draft.entity("PER", f"person-{code}-{person}", person),
        "time": draft.entity(
            "TIME", f"time-{key}-t1", f"{1 + dice.randrange(12)}月{1 + dice.randrange(28)}日"
        ),
        "method": draft.entity("METHOD", f"method-{(name := dice.choice(METHODS))}", name),
        "firm": draft.entity(
            "ORG",
            f"org-{code}-{(firm := county + dice.choice(('教育局', '司法局', '商业银行', '志愿者协会')))}",
            firm,
        ),
    }


def _tell(dice: random.Random, draft: _Draft, ids: dict[str, str]) -> None:
    c, status = ids, dice.choice(WAYS)
    opening = {
        "planned": "将开展",
        "required": "被要求开展",
        "alleged": "据传开展了",
        "negated": "没有开展",
    }.get(status, "开展")
    draft.sentence(
        c["time"],
        "，",
        c["bureau"],
        c["unit"],
        "在",
        c["place"],
        opening,
        c["act"],
        "。",
        claims=[
            ("held_on", c["act"], c["time"], status),
            ("organizes", c["unit"], c["act"], status),
            ("held_at", c["act"], c["place"], status),
            ("part_of_unit", c["unit"], c["bureau"], "asserted"),
            ("located_in", c["bureau"], c["county"], "asserted"),
            ("located_in", c["place"], c["county"], "asserted"),
        ],
    )
    draft.sentence(
        "活动中，",
        c["firm"],
        "与",
        c["bureau"],
        "合作，为",
        c["group"],
        "提供",
        c["step"],
        "。\n",
        claims=[
            ("cooperates_with", c["bureau"], c["firm"], "asserted"),
            ("targets", c["step"], c["group"], "asserted"),
            ("part_of", c["step"], c["act"], "asserted"),
            ("takes_part", c["firm"], c["act"], "asserted"),
        ],
    )
    draft.sentence(
        "“推行",
        c["method"],
        "以来，群众更放心了。”",
        c["unit"],
        "负责人",
        c["person"],
        "说。",
        claims=[
            ("uses_method", c["unit"], c["method"], "attributed"),
            ("has_post", c["person"], c["unit"], "asserted"),
        ],
    )


if __name__ == "__main__":
    from kg.export.html import write_html

    graph = synthetic(int(sys.argv[1]))
    write_html(graph, Path(sys.argv[2]))
    claims = sum(1 for _ in graph.claims())
    print(
        f"{len(graph.entities)} entities, {claims} claims, {Path(sys.argv[2]).stat().st_size / 1e6:.2f} MB"
    )
