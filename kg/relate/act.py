"""An activity where it is told: how it stands in its clause, and what is said of it there."""

import functools
import re
from dataclasses import field
from typing import Final

from kg.records import draft
from kg.relate.reading import Group, Item
from kg.relate.words import pattern

# How an activity stands in its frame.
DONE: Final = "done"
JOINED: Final = "joined"
SETTING: Final = "setting"  # 活动中, 在…行动中: where the frame plays
FRAMEWORK: Final = "framework"  # 结合…, 以…为载体
_HEARD_AT: Final = (
    r"^[上中][^，]{0,6}(?:受到?(?:表彰|表扬|嘉奖)|荣获|获[得评]|被(?:授予|评为|通报|表彰)"
    r"|作了?(?:经验|典型|交流|书面|大会)|(?:交流|介绍)[^，]{0,4}经验)"
)
_WIDE: Final = r"(?:^|全[国省市州区])公安(?:机关|系统|工作)?$"
_WON: Final = r"^(?:决赛)?[中上][^，]{0,8}(?:<award>|取得|脱颖而出|拔得头筹)"
OFFERED: Final = "activity.offered"  # the rule of 提供指路、寻物等服务: part of what goes on


@draft
class Act:
    """An activity in a frame, with the places, times and people said of it there.

    ``listed`` says that it continues a list (开展甲和乙): what is said of one is said of all;
    ``means`` that it is only how something else is done (通过甲、乙等形式).
    """

    item: Item
    usage: str
    listed: bool = False
    means: bool = False
    open: bool = False  # its places follow it
    venues: list[Item] = field(default_factory=list)
    times: list[Item] = field(default_factory=list)
    people: list[Item] = field(default_factory=list)


# 在甲校、乙校门前|设置护学岗
POSTED: Final = r"^[^，]{0,14}(?:设[置立了]?|启用|布设|增设)[^，]{0,8}(?:岗|点|卡|台|处|站|亭)"
# 甲行动开展以来，… · 为深入推进甲行动，…
_SINCE: Final = frozenset(f"{verb}以来" for verb in ("部署", "启动", "开展", "实施", "打响"))
_PURPOSE_SIGNS: Final = ("为", ")", "）", "讯", "电", "消息")
_PURPOSE: Final = r"^(?:讯|电|消息)?[)）]?为(?:了|进一步|切实|全面|深入|扎实|持续)*(?:推进|推动|深化|贯彻|落实|做好)[^，]{0,8}$"
_FRAMES: Final = r"结合|依托|作为|按照|围绕|推动|推进|助推|确保|促进|<frame_before>"
_COUNTED_ACT: Final = re.compile(r"(?:第[一二三四五六七八九十\d]+|又一|首|最后一)[次场轮期站]$")
_SET_UP: Final = r"^(?:统一|集中|联合|正在|牵头|共同)*(?:部署|组织|启动|发起|开展|推行|实施|主办|举办|承办|召开|举行|带来|推出|设置)?(?:开展|实施)?的$"

# What an activity is only referred to by: the words before it, and those behind. Nobody holds it here.
_REFERRED_TO: Final = (
    (r"对$", r"^[^，]{0,4}(?:肯定|赞扬|好评|表扬|点赞|赞赏|称赞)"),
    # 为进一步强化|交通安全教育|，…: what something is done for
    (r"^为(?:了|进一步|切实|有效|不断|全面)*(?:强化|加强|增强|提高|提升)[^，]{0,4}$", r"$"),
    (r"宣布$", r"^(?:正式)?(?:启动|开始|开幕|闭幕|开赛|开班)"),  # said at its ceremony
    (  # 就加强|巡逻防控|进行了交流
        r"(?:就|对|围绕)(?:如何|进一步|切实|深入|全面)*(?:加强|做好|开展|推进|深化|抓好)?$",
        r"^(?:等?(?:工作|问题|事项|情况|内容))*(?:等)?(?:(?:进行|作|作出|展开)了?[^，]{0,4}"
        r"(?:交流|沟通|研讨|探讨|部署|座谈|讨论|商讨|对接|协商|研究)|提出[^，]{0,5}(?:要求|意见))",
    ),
    (
        r"(?:传达|学习|贯彻|落实|领会)[^，]{0,10}$",
        r"^(?:[、和及与][^，]{1,30})?[^，]{0,4}?(?:精神|讲话|指示)",
    ),
    (r"在$", r"^[上中](?:所?作|发表)?的[^，]{0,6}(?:讲话|指示|报告)"),
    (r"(?:感谢|致谢)[^，]{0,8}$", r""),  # 感谢民警|帮助他找回…
    (r"(?:收看|收听|传达(?:学习|贯彻)?)了?$", r""),
    (r"(?:伴随着?|随着)$", r"^的?(?:圆满|顺利|正式)*(?:收官|结束|落幕|闭幕)"),
    (
        r"(?:通报|介绍|发布|公布|回顾|汇报)[^，]{0,8}$",
        r"^[^，]{0,16}?(?:战果|成果|成效|情况|进展|措施)",
    ),
)


# 市局|夏季行动|第三督导组到某县检查
_TEAM: Final = (
    r"^第?[一二三四五六七八九\d]*(?:联合)?(?:督导|督查|督察|检查|巡查|指导|暗访)(?:小?组|队)"
)


def is_referred_to(group: Group) -> bool:
    """Return whether the activities of a group are told of as held elsewhere (传达某会议精神).

    In the name of a team they only say what it looks after.
    """
    if group.trail and pattern(_TEAM).match(group.trail):
        return True
    return any(
        pattern(lead).search(group.lead) and pattern(trail).match(group.trail)
        for lead, trail in (_REFERRED_TO if group.lead else ())
    )


def usage_of(item: Item, group: Group, *, acted: bool) -> str:
    """Return how an activity stands in its clause; ``acted`` says that its frame has a subject."""
    lead, trail = group.lead, group.trail
    if item.mention.nominal:
        return JOINED if pattern(r"(?:出席|参加|参与)$").search(lead) else SETTING
    if _is_setting(lead, trail, acted=acted):
        return SETTING
    if trail in _SINCE or (lead and _is_framework(lead, trail)):
        return FRAMEWORK
    joined = lead and pattern(r"<join>(?:(?!<hold>)[^，]){0,8}$").search(lead)
    return JOINED if joined and not pattern(r"^等?<join>的$").match(lead) else DONE


def _is_framework(lead: str, trail: str) -> bool:
    """Return whether the words before an activity make it what others are done in."""
    if lead.startswith(_PURPOSE_SIGNS) and pattern(_PURPOSE).match(lead):
        return True
    if not pattern(_FRAMES).search(lead):
        return False
    if pattern(r"(?:结合|依托|作为|按照|围绕)(?:(?!<hold>)[^，]){0,6}$").search(lead):
        return True
    # 推动“甲”行动走深走实，…
    if pattern(r"(?:推动|推进|助推|确保|促进)[^，]{0,6}$").search(lead):
        return bool(pattern(r"^[^，]{0,4}<frame_aim>").match(trail))
    before = pattern(r"<frame_before>[^，]{0,6}$").search(lead)
    return bool(before and pattern(r"^<frame_after>").match(trail))


def _is_setting(lead: str, trail: str, *, acted: bool) -> bool:
    if not trail:
        return lead in ("在", "就在")
    if not pattern(r"^[”’]?的?<scene>").match(trail):
        return False
    if pattern(r"<hold>了?[^，]{0,8}$").search(lead):
        return False
    by_the_way = trail.startswith("时") and acted  # 某所走访时得知
    return not by_the_way


def is_owner(group: Group, act: Item) -> bool:
    """Return whether an act is said to be somebody's (某局甲活动, 某局统一部署的甲活动)."""
    if group.end == act.mention.start:
        return True
    told = group.after
    counted = _COUNTED_ACT.sub("", told)  # 该局组织的第三次|清查行动
    return told == act.before and counted.endswith("的") and bool(pattern(_SET_UP).match(counted))


def is_find(act: Act) -> bool:
    """Return whether something else is come upon in an act (走访中得知): it is over by then."""
    trail = act.item.trail
    if not pattern(r"^[^，]{0,8}<find>").match(trail):
        return False
    return not pattern(r"<campaign>”?$").search(act.item.mention.text)


def is_stage(trail: str) -> bool:
    """Return whether an act is said to be what something belongs to (甲行动的一部分)."""
    if trail.startswith(("以来的第", "开展以来的第", "启动以来的第")):  # …以来的第六起案件
        return True
    return trail.startswith("的") and bool(pattern(r"^的[^，]{0,8}<stage>").match(trail))


def is_means(group: Group) -> bool:
    """Return whether the activities only say how something else is done."""
    if not group.lead or not group.trail:
        return False
    before, behind = pattern(r"<means>[^，]{0,28}$"), pattern(r"^[^，]{0,12}<means_end>")
    return bool(before.search(group.lead) and behind.match(group.trail))


_WORDINGS: Final = 4096  # of activities, kept in mind


def is_lesson(act: Act) -> bool:
    """Return whether an act is a part of an event, such as a lesson."""
    return _is_lesson(act.item.mention.text)


@functools.lru_cache(maxsize=_WORDINGS)
def _is_lesson(text: str) -> bool:
    return bool(pattern(r"(?:^“[^”]*”|<lesson>”?)$").search(text))


def is_inquiry(act: Act) -> bool:
    """Return whether an act looks into a case, whose day is not its own (立案侦查, 视频追踪)."""
    return pattern(r"(?:侦查|侦办|追踪)(?:工作)?”?$").search(act.item.mention.text) is not None


def is_case(act: Act) -> bool:
    """Return whether an act is the verb phrase that states what an article tells of."""
    return act.item.mention.rule == "activity.case"


def is_step(act: Act) -> bool:
    """Return whether an act is a verb phrase without a head: a step of something bigger."""
    if is_case(act):
        return False
    return act.means or _is_verb_phrase(act.item.mention.text)


@functools.lru_cache(maxsize=_WORDINGS)
def _is_verb_phrase(text: str) -> bool:
    if pattern(r"^<step_bare>$").match(text):
        return True
    phrase = pattern(r"^<step>.{2}").match(text)
    return bool(phrase and not pattern(r"(?:<act.head>|服务|工作)$").search(text))


def is_drill(act: Act) -> bool:
    """Return whether an act is one that is played through, step after step."""
    return bool(pattern(r"(?:演练|演习|推演)(?:活动)?”?$").search(act.item.mention.text))


def is_match(act: Act) -> bool:
    """Return whether an act is one that somebody wins."""
    return bool(pattern(r"<contest>(?:活动)?”?$").search(act.item.mention.text))


def is_won(act: Act) -> bool:
    """Return whether something was won at a match, or somebody honoured or heard at a meeting.

    在全省射击比武中夺得第二名 · 在全国公安工作会议上受到表彰 · 在全市推进会上作经验交流
    """
    if is_match(act):
        return bool(pattern(_WON).match(act.item.trail))
    return is_meeting(act) and bool(pattern(_HEARD_AT).match(act.item.trail))


def is_guarded(act: Act) -> bool:
    """Return whether an act is a festival, fair or race that the police guard, and do not hold."""
    public = act.item.mention.rule == "activity.public"
    return public and not pattern(r"<hold>了?$").search(act.item.lead)


def is_contest(act: Act) -> bool:
    """Return whether an act is a competition that somebody else holds (大赛在X举行)."""
    passive = not act.item.lead and pattern(r"^(?:在|于|圆满|正式)").match(act.item.trail)
    return bool(passive and pattern(r"<contest>$").search(act.item.mention.text))


def is_of_above(act: Act) -> bool:
    """Return whether a meeting is of all that a higher office leads (全市公安机关|现场会在甲县召开)."""
    wide = pattern(_WIDE).search(act.item.before) and pattern(r"^[在于]").match(act.item.trail)
    return bool(wide) and is_meeting(act)


def is_campaign(act: Act) -> bool:
    """Return whether an act is a campaign, in which others act."""
    return bool(pattern(r"<campaign>$").search(act.item.mention.text))


def is_meeting(act: Act) -> bool:
    """Return whether an act is a meeting or a ceremony."""
    return act.item.mention.text.rstrip("”").endswith(("会", "会议", "仪式", "幕式"))


def gives(act: Act) -> bool:
    """Return whether a person gives the act himself (局长X讲党课)."""
    return bool(
        pattern(r"(?:主讲|讲授|讲|上)了?(?:一[堂节场次][^，]{0,8})?$").search(act.item.lead)
    )
