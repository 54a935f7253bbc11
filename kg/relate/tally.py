"""What a campaign brought in which its steps are counted (甲行动中，巡护112次，收缴猎具39件)."""

from collections.abc import Sequence
from typing import Final

from kg.relate.act import Act, is_campaign, is_meeting
from kg.relate.words import pattern

_TIMES: Final = r"^(?:活动|工作)?[0-9]+[余多]?(?:[次场]|户次|人次)"
_SUMMED: Final = r"以来.*，(?:已|共|累计|先后|总计|目前)"
# Those who came and what was handed out are of the lessons that are counted …
_TAUGHT: Final = r"^(?:覆盖|受教育|参[与加]|惠及|服务|发放|张贴|悬挂|解答)"
_LESSON: Final = r"(?:宣[讲传防]|讲座|课|培训|会|教育|活动)”?$"
# … what was put right is of the patrols and checks, but not the cases, or quarrels settled.
_OF_CASES: Final = (
    r"^(?:<seized>|侦破|查破|化解|调解|追回|追缴|劝阻|走访|清除|检查)|案件|通知书|(?:下降|上升)$"
)


def counted_in(told: Sequence[Act], around: Sequence[Act], what: str, before: str) -> Act | None:
    """Return the campaign whose a result is, where the last of the acts told is only counted.

    Or all is summed up that was done since a day: ``before`` are the words before the number.
    """
    last = told[-1]
    end = last.item.mention.end
    later = [act for act in around if is_campaign(act) and act.item.mention.start > end]
    if later and is_meeting(last):
        return later[-1]  # 从发布会上获悉，甲行动开展以来，破案…
    counted = pattern(_TIMES).match(last.item.trail)
    if is_campaign(last) or not (counted or pattern(_SUMMED).search(before)):
        return None
    bigger = [act for act in (*around, *told[:-1]) if is_campaign(act)]
    bigger = [act for act in bigger if act.item.mention.start < last.item.mention.start]
    if not bigger or pattern(_TAUGHT).match(what):
        return None
    lesson = counted and pattern(_LESSON).search(last.item.mention.text)
    return bigger[-1] if lesson or pattern(_OF_CASES).search(what) else None
