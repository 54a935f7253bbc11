"""What belongs to an event: lessons given in it, the ceremony that opens it, what is done meanwhile."""

from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.relate.act import FRAMEWORK, Act, is_step
from kg.relate.scene import Scene
from kg.relate.words import pattern
from kg.resolve.wordings import has_head

CEREMONY: Final = "framework.ceremony"
_AMONG: Final = r"^(?:[“”]|等?[^，]{0,4}(?:行动|部署|攻势|战役|工程))"  # “甲”“乙”等专项行动
# A ceremony without a name of its own, and what it opens or closes.
_CEREMONIES: Final = (
    (r"^(?:开班|结业|结训)(?:仪式|式)$", r"(?:培训|集训|训练)[班营]?(?:活动)?”?$"),
    (r"^(?:开幕|闭幕|颁奖|授奖)(?:仪式|式)$", r"<contest>(?:活动)?”?$"),
    (r"^(?:启动|出征|誓师|动员)(?:仪式|大会)$", r"(?:<campaign>|活动|宣传[月周日])”?$"),
)
_NO_LESSON: Final = r"系列|(?:宣传|主题|纪念|开放)[日周月]"  # has lessons, is none
# What has no lessons as its parts: 召开座谈会, later “火塘夜校”
_NO_EVENT: Final = (
    r"(?:调解|走访|家访|侦查|搜救|疏导|航测|联建|勤务|(?<!茶话)(?<!联欢)会议?|仪式)”?$"
)


class Events:
    """Keeps the events that the body of an article tells of."""

    def __init__(self) -> None:
        self.first: Act | None = None  # the one that lessons are given in
        self.told: list[Act] = []  # in order

    def parts(self, scene: Scene, acts: Sequence[Act]) -> Iterator[tuple[Act, Act, str]]:
        """Yield each act of a scene that is a part of an event, with that one and the rule."""
        yield from self._lessons(acts)
        yield from self._ceremonies(acts)
        yield from self._meanwhile(scene)

    def _lessons(self, acts: Sequence[Act]) -> Iterator[tuple[Act, Act, str]]:
        """Yield the quoted parts of an event (“交通课堂” of a day at school)."""
        for act in filter(self._is_own, acts):
            if act.usage == FRAMEWORK:
                continue
            text = act.item.mention.text
            lesson = pattern(r"(?:^“[^”]*”?(?:<lesson>)?”?|<lesson>)$").search(text)
            if bool(lesson) == (self.first is None) or pattern(_AMONG).match(act.item.after):
                continue  # the first event is no lesson, its parts are lessons
            if self.first is None:
                if not pattern(r"<looking>”?$").search(text):
                    self.first = act
            elif pattern(_NO_LESSON).search(text) or self._is_a(self.first, _NO_EVENT):
                continue
            elif not pattern(r"<hold>了?[^，]{0,6}$").search(act.item.lead):
                yield act, self.first, "framework.lesson"

    def _ceremonies(self, acts: Sequence[Act]) -> Iterator[tuple[Act, Act, str]]:
        """Yield the ceremony that opens or closes what was told of before (培训班 … 开班仪式)."""
        for act in acts:
            text = act.item.mention.text
            if act.item.mention.nominal:
                continue
            if text.endswith(("仪式", "式", "大会")):
                whole = next((end for name, end in _CEREMONIES if pattern(name).match(text)), "")
                events = [one for one in self.told if whole and self._is_a(one, whole)]
                named = [one for one in events if "“" in one.item.mention.text]
                for event in (named or events)[-1:]:
                    yield act, event, CEREMONY
            self.told.append(act)

    def _meanwhile(self, scene: Scene) -> Iterator[tuple[Act, Act, str]]:
        """Yield what is done while an event goes on (培训期间还举行了比武)."""
        if not scene.frame.done or not scene.frame.times:
            return
        heads = [item.mention.text.removesuffix("期间") for item in scene.frame.times]
        known = lexicon().terms("act.nominal")
        heads = [head for head in heads if head in known]
        for act in scene.frame.done if heads else ():
            events = [one for one in self.told if has_head(one.item.mention.text, heads[0])]
            for event in events[-1:]:
                yield act, event, "framework.meanwhile"

    @staticmethod
    def _is_a(act: Act, name: str) -> bool:
        return bool(pattern(name).search(act.item.mention.text))

    @staticmethod
    def _is_own(act: Act) -> bool:
        """Return whether an act is an event or a part of one: no step, list or campaign."""
        if act.item.mention.nominal or act.listed or is_step(act):
            return False
        return not pattern(r"<campaign>”?$").search(act.item.mention.text)
