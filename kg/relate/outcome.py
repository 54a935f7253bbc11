"""Numbers that report what an activity brought."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.numbers import Quantity, has_number, quantities
from kg.language.text import Span
from kg.language.words import tagged
from kg.model import Mention
from kg.relate import roles, turnout
from kg.relate.act import FRAMEWORK, SETTING, Act, is_campaign, is_meeting, is_step
from kg.relate.claims import Claims
from kg.relate.reading import Reading, Sentence
from kg.relate.scene import Scene
from kg.relate.tally import counted_in
from kg.relate.words import last_part, pattern

_COVERING: Final = ("TIME", "LOC", "UNIT", "ORG", "DOC", "METHOD", "PER")
_CLAUSE: Final = r"[，。；：！？\s“”（）]"
_MONEY: Final = ("万元", "亿元", "万余元")
# What stands behind the number (抓获3名嫌疑人), up to the next sign or number.
_OBJECT: Final = r"^(?:各类|涉嫌)?[一-鿿A-Za-z]{2,12}?(?=[，。；：、！？\s0-9“”（）]|等|$)"
# A verb that opens the name of a place or body counts nothing: 检查总站四位民警, 教育机构5家.
_OFFICE: Final = (
    r"台(?!账|式|机)|岗|窗口|亭|总?站(?![车台])|(?<=教育)(?:机构|部门|基地)|中心(?!城|小学|校|区|镇|幼)|室(?![内外])|局"
    r"|点(?!位|多)|所(?![有辖属])|员(?!工)|队(?![伍员])"
)
# … nor does 组织 in 恶势力组织5个, and what is sown or organised against the law is a case:
# 查处非法种植毒品原植物案件9起.
_VERB: Final = rf"(?<!势力)(?<!非法)(?:行政|治安|紧急)?(?!(?:(?<=犯罪)|(?<=党))组织)<result>(?!信息网络犯罪|(?<=整改)通知书|{_OFFICE})"
_PHRASE: Final = rf"{_VERB}(?!时|得|的)(?:(?!{_VERB})[^，。；0-9]){{0,20}}$"
# 电诈发案数、损失数同比分别下降23.6%和31.2%: how much has changed, what of, if it is one thing
_CHANGE: Final = r"(?P<which>分别)?(?:下降|上升|增长|减少|降低|提升|提高)了?(?:[0-9.]+%和)?$"
_SHARES: Final = ("%", "个百分点")
_BARE_CHANGE: Final = r"^(?:分?别?同比|环比|比[去上][年月])*$"
_SECTION: Final = re.compile(
    r"\n\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
)
_SET_OF: Final = r"(?:设置|设立|开设)了?[^，。；0-9]*、[^，。；0-9]*$"
_LONGEST: Final = 16
# 今年以来，全县共破案214起 · 一季度，全州破获刑事案件412起
_MONTHS: Final = r"以来|今年|截[至止]|目前|去年|年度|全年|[一二三四]季度|[上下]半年|[0-9]月?[至-][0-9]+月|前[0-9一二三]+个?月"
_YEARS: Final = r"年来|[0-9]{4}年，|以来|今年|去年|全年|年度"  # 从警12年来
_ENDS: Final = ("", *"，。；、！？\n ”）")
_QUOTED: Final = r"<result>了?“[^“”，。；]{1,8}”$"
_ITEM: Final = "个"
_IN_ALL: Final = ("共计", "合计", "总计", "累计", "总共", "达到", "组成", "组建")
_KINDS: Final = ("个", "项", "类", "种", "大")
_AMONG: Final = "其中"
# 发现|3辆摩托车驶来, 发现一辆面包车先后发生事故|19起
_TOLD: Final = r"^发现(?:$|[^，]*(?:先后|发生|有人|正在))"
_RULED: Final = ("奖励", "罚款", "给予", "处")
_RULE: Final = r"(?:对|凡|凡是|如|若|能够?)[^，。；]{2,40}的，[^，。；]*$"
_FAR: Final = 80
_SENT: Final = (
    "出动",
    "投入",
    "派出",
    "抽调",
    "调集",
    "设置",
    "设立",
    "布设",
    "增派",
)  # who goes out, told before what they do


class Outcomes:
    """Adds the outcomes of activities, sentence after sentence."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self.reading = reading
        self.claims = claims
        self.sentence: Sentence | None = None

    def relate(self, scene: Scene) -> None:
        """Add the numbers of a sentence, of which this is the last scene."""
        span = scene.sentence.span
        if scene.main is None and scene.summed is None and not scene.told:
            return
        text, start, end = self.reading.text, span.start, span.end
        if start >= self.reading.scan.title_end and has_number(text, start, end):
            # No number before the first verb of results is an outcome, but of those who came.
            verb = pattern("<result>").search(text, start, end)
            if pattern(turnout.CAME).search(text, start, end):
                self._sentence(scene, Span(start, end))
            elif verb is not None and has_number(text, verb.start(), end):
                self._sentence(scene, Span(verb.start(), end))

    def _sentence(self, scene: Scene, span: Span) -> None:
        """Add the numbers of the rest of a sentence, which begins with a verb of results."""
        verb = ""
        items = scene.sentence.items
        covered = [one.mention for one in items if one.type in _COVERING or _is_case(one.mention)]
        idle = lexicon().terms("rel.idle_unit")
        for quantity in quantities(self.reading.text, span, covered):
            if quantity.figure == "一" or quantity.unit in idle or _touches(quantity, covered):
                continue
            if not _is_count(self.reading.text, quantity):
                continue
            what = turnout.came(self.reading.text, quantity)
            if not what:
                what, verb = self._what(quantity, span, verb)
                what = _bare(what) if what else what
            if what and (_names(what, quantity, covered) or self._is_no_result(what, quantity)):
                what = verb = ""
            if what and (act := self._act(scene, quantity, what)) is not None:
                self._add(scene, act, what, quantity)

    def _is_no_result(self, what: str, quantity: Quantity) -> bool:
        """Return whether a number is told of something seen, or a rule sets it (对…的，奖励5万元)."""
        if pattern(_TOLD).match(what):
            return True
        start = max(0, quantity.start - _FAR)
        told = what.startswith(_RULED) and pattern(_RULE)
        return bool(told and told.search(self.reading.text, start, quantity.start))

    def _what(self, quantity: Quantity, span: Span, verb: str) -> tuple[str, str]:
        """Return what was counted, and the verb for a next item of the list (出动警力、车辆)."""
        clause = last_part(self.reading.text, span.start, quantity.start, _CLAUSE)
        changed = pattern(_CHANGE).search(clause) if quantity.unit in _SHARES else None
        if changed:
            whose = not changed["which"] and clause[: changed.start()]
            bare = not whose or pattern(_BARE_CHANGE).match(whose) or len(clause) > _LONGEST
            return ("" if bare else clause), verb
        parts = quantity.unit in _KINDS and pattern(_SET_OF).search(clause)
        if parts and pattern(_OBJECT).match(self.reading.text[quantity.end : span.end]):
            return "", verb  # 设置指挥调度、现场勘查4个|科目: the parts of an act
        found = pattern(_PHRASE).search(clause)
        if found:
            phrase = found[0]
            head = pattern(r"^(?:行政|治安|紧急)?<result>").match(phrase)
            if head and phrase in (head[0] + "给", head[0] + "了"):  # 返还给|12名群众
                phrase = head[0]
            verb = head[0] if head else verb
            if phrase == verb:
                behind = pattern(_OBJECT).match(self.reading.text[quantity.end : span.end])
                return (verb + behind[0] if behind else _whole(clause, verb)), verb
            if "、" in phrase and phrase.endswith("等") and quantity.unit in _KINDS:
                # 检查酒店、网吧等6类|场所
                behind = pattern(_OBJECT).match(self.reading.text[quantity.end : span.end])
                return (verb + behind[0] if behind else phrase), verb
            return phrase, verb
        return self._listed(clause, quantity.start - len(clause), span.start, verb)

    def _listed(self, clause: str, at: int, start: int, verb: str) -> tuple[str, str]:
        """Return what a clause counts that has no verb of results, and the verb for the next item.

        It may begin in quotes (清理“三无”|船舶16艘), or go on with a list (出动警力9人，车辆4台).
        """
        quoted = self.reading.text[at - 1 : at] == "”" and self._quoted(at, start)
        if quoted and pattern(r"^(?!.*(?:以来|的|第$))").match(clause):
            verb, _, listed = quoted[0].partition("“")[0], *clause.rpartition("、")[1:]
            counted = pattern(r"[0-9]").search(clause)
            return (verb + listed if counted else quoted[0] + clause), verb
        last = clause.rsplit("、", 1)[-1].removeprefix(_AMONG)
        if not verb or not 0 < len(last) <= _LONGEST:
            return "", verb
        words = tagged(clause)
        if "、" in clause or last != clause:
            # 投入12万元，归还|手机、钱包58件: it has a verb of its own
            own = words[0][1] == "v" and len(words[0][0]) > 1
            own = own and pattern(r"[0-9]").search(clause) is None
            return (words[0][0] if own else verb) + last, verb
        bare = len(words) == 1 and words[0][1] == "n" and self.reading.text[at - 1] == "，"
        return (verb + last if bare and verb in _SENT else ""), verb

    def _quoted(self, end: int, start: int) -> re.Match[str] | None:
        """Return the verb and the quoted words that end at ``end``: 清理“三无”|船舶16艘."""
        return pattern(_QUOTED).search(self.reading.text, max(start, end - _LONGEST), end)

    def _act(self, scene: Scene, quantity: Quantity, what: str) -> Act | None:
        """Return the activity that a number is the outcome of."""
        for act in scene.told:
            mention = act.item.mention
            if mention.end == quantity.start or mention.start == quantity.end:
                return act
        before = [act for act in scene.told if act.item.mention.start < quantity.start]
        before = [act for act in before if not self._is_anothers(scene, act, quantity)]
        if before and _is_case(before[-1].item.mention) and pattern(r"^<seized>").match(what):
            return before[-1]  # 打掉一个盗窃团伙，抓获…
        whole = [act for act in before if not (is_step(act) or _is_case(act.item.mention))]
        if whole:
            told = self.reading.text[scene.sentence.span.start : quantity.start]
            return counted_in(whole, scene.frame.around, what, told) or whole[-1]
        if not before:
            around = self._ends_in(scene, quantity, what) or self._around(scene, quantity, what)
            if around is not None:
                return around
        if scene.main is not None and not self._is_over(scene, scene.main, quantity):
            other = self._is_longer(scene, scene.main) or self._is_of_others(
                scene, scene.main, quantity
            )
            return None if other else scene.main
        return next(reversed(before), None)

    def _around(self, scene: Scene, quantity: Quantity, what: str) -> Act | None:
        """Return the activity inside which something is counted before any is told of."""
        around, start = scene.frame.around, quantity.start
        settings = [one for one in around if one.usage == SETTING]
        used = [one for one in around if one.usage == FRAMEWORK and is_campaign(one)]
        used = [one for one in used if one.item.mention.end < start]
        told = used and settings and is_meeting(settings[0])  # 会上获悉，甲行动开展以来，破获…
        if settings and settings[0].item.mention.start < start and not told:
            return settings[0]  # 行动中，出动…
        if used:
            return used[-1]  # 以甲行动为抓手，破获…
        if scene.whole and what.startswith(_SENT):
            end = scene.whole[0].item.mention.start
            parted = "；" in self.reading.text[quantity.end : end]
            parted = parted or self._acts_between(scene, quantity.end, end)
            return None if parted else scene.whole[0]
        summed = scene.summed
        held = summed is not None and is_meeting(summed) and self._is_longer(scene, summed)
        return None if held else summed

    def _ends_in(self, scene: Scene, quantity: Quantity, what: str) -> Act | None:
        """Return the case that a sentence ends in: 查获猎套64个，|抓获嫌疑人王某."""
        for act in scene.told[:1]:
            start = act.item.mention.start
            between = self.reading.text[quantity.end : start]
            if _is_case(act.item.mention) and pattern(r"^<seized>").match(what):
                parted = "；" in between or self._acts_between(scene, quantity.end, start)
                return None if parted else act
        return None

    @staticmethod
    def _acts_between(scene: Scene, start: int, end: int) -> bool:
        """Return whether a unit begins a clause there: 投入12万元改造调解室，|法制大队|开展培训."""
        return any(
            group.type == "UNIT" and start <= group.start < end and group.before.endswith("，")
            for group in scene.sentence.groups
        )

    def _is_anothers(self, scene: Scene, act: Act, quantity: Quantity) -> bool:
        """Return whether a semicolon parts a number from an act, and another unit is told of behind it.

        甲所打掉一个盗窃团伙；乙大队挽回损失50万元
        """
        start, end = act.item.mention.end, quantity.start
        parted = self.reading.text.rfind("；", start, end)
        if parted < 0 or is_campaign(act) or start < scene.sentence.span.start:
            return False
        return any(
            item.type == "UNIT" and parted < item.mention.start < end
            for item in scene.sentence.items
        )

    def _is_longer(self, scene: Scene, act: Act) -> bool:
        """Return whether a number counts what was done over more time than the act took."""
        if is_campaign(act) or act in scene.told:
            return False
        span = scene.sentence.span
        longer = _MONTHS if is_meeting(act) else _YEARS
        return bool(pattern(longer).search(self.reading.text, span.start, span.end))

    def _is_of_others(self, scene: Scene, act: Act, quantity: Quantity) -> bool:
        """Return whether others act in a sentence than those of the act before (乙所调解纠纷613起)."""
        hosts = self.claims.heads("organizes", act.item.entity)
        cast = scene.frame.of(roles.SUBJECT)
        cast = [item for item in cast if item.mention.start < quantity.start]
        units = {item.entity for item in cast if item.type == "UNIT"}
        if not hosts or not units or scene.distance == 0 or act in scene.told:
            return False
        parents = self.reading.parents
        kin = units | {parents.get(one, "") for one in units}
        kin |= {host for host in hosts if parents.get(host) in units}
        joined = self.claims.heads("takes_part", act.item.entity)
        return not kin & (hosts | joined)

    def _is_over(self, scene: Scene, act: Act, quantity: Quantity) -> bool:
        """Return whether an act is told of behind a number, or in a numbered section before (三、…)."""
        if is_campaign(act):
            return False
        text, start, end = self.reading.text, act.item.mention.start, act.item.mention.end
        if start > quantity.end:
            return "；" in text[quantity.end : start]
        if self._is_anothers(scene, act, quantity):
            return True
        return bool(_SECTION.search(text, end, quantity.start)) and bool(
            _SECTION.search(text, self.reading.scan.title_end, start)
        )

    def _add(self, scene: Scene, act: Act, what: str, quantity: Quantity) -> None:
        inside = scene.sentence.span
        spans: list[Span | Mention] = [inside]
        if act.item.mention.start < inside.start:
            spans.append(act.item.mention)
        values = {"what": what, "value": _value(quantity), "unit": quantity.unit}
        if quantity.approx:
            values["approx"] = "yes"
        status = self.reading.statuses.at(inside, self._told_from(what, quantity.start))
        ends = (act.item.entity, "")
        self.claims.add("outcome", ends, spans, "outcome.counted", status, values)

    def _told_from(self, what: str, end: int) -> int:
        """Return where the words before a number begin: 查处|未戴头盔61人次 denies nothing."""
        text = self.reading.text
        sizes = (
            size for size in range(len(what), 0, -1) if text.startswith(what[-size:], end - size)
        )
        return end - next(sizes, 0)


def _is_case(act: Mention) -> bool:
    return act.rule == "activity.case"


def _is_count(text: str, quantity: Quantity) -> bool:
    """Return whether a number says how many: no 数千元, no hotline (拨打110), no hull (渔政33418艇)."""
    start, end = quantity.start, quantity.end
    if quantity.figure.startswith("数"):
        return False
    if quantity.unit:
        return True
    named = pattern(r"(?:拨打|致电|热线|电话|[A-Za-z至])$").search(text, max(0, start - 2), start)
    ends = quantity.approx or text[end : end + 1] in _ENDS
    return ends and not named and quantity.figure[0] != "0"


def _names(what: str, quantity: Quantity, covered: Sequence[Mention]) -> bool:
    """Return whether units are what is counted, or it is only said how few.

    重大案件侦查大队等21个集体 · 甲所4名民警 · 行政派出所仅4家 · 手枪速射、知识抢答等6个科目
    """
    listed = what.endswith("等")
    if listed and "、" in what and quantity.unit == _ITEM:
        return True
    end = quantity.start - listed
    return what.endswith("仅") or any(one.type == "UNIT" and one.end == end for one in covered)


def _whole(clause: str, verb: str) -> str:
    """Return what a clause counts that ends in one verb of results after another: 办理养犬|登记."""
    first = pattern(r"<result>").search(clause, max(0, len(clause) - _LONGEST))
    phrase = clause[first.start() :] if first else verb
    return phrase if phrase.endswith(verb) and "、" not in phrase else verb


def _bare(what: str) -> str:
    """Return what was counted without the word that says that all is counted: 发放助学金|共计."""
    return what[:-2] if what.endswith(_IN_ALL) else what


def _touches(quantity: Quantity, covered: Sequence[Mention]) -> bool:
    start, end = quantity.start, quantity.end
    for one in covered:  # noqa: SIM110 (a generator costs more than the comparisons)
        if one.start < end and start < one.end:
            return True
    return False


def _value(quantity: Quantity) -> str:
    if quantity.unit in _MONEY:
        return quantity.figure.replace(",", "")
    if quantity.figure.isdecimal() and quantity.figure[0] != "0":
        return quantity.figure
    return format(quantity.value.normalize() if quantity.value else Decimal(0), "f")
