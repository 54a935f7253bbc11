"""What stands around a group of mentions in its sentence."""

import functools
from typing import Final

from kg.language.lexicon import lexicon
from kg.relate.act import Act, is_meeting
from kg.relate.reading import ACTORS, COUNT, Group, Sentence, goes_elsewhere
from kg.relate.words import pattern

_GUIDED: Final = (
    r"^(?:同志|警官)?的?[^，。；]{0,6}(?:领[誓读学]|带领|率领|引领|引导|陪同|指导|指挥)下"
)
_TOLD_TIMES: Final = (
    (r"记者$", r"^从"),  # 记者|10日|从公安部获悉
    (r"(?:确保|保障|保证)$", ""),
    (
        r"(?:结合|针对|围绕|根据|剖析|梳理|以)[^，]{0,6}$",
        r"^(?:以来)?[^，]{0,8}?(?:查办|查处|侦破|破获|侦办|办理|发生|受理|接到|[高多频]发)[^，]{0,16}?[的案]",
    ),
    (  # 通报了今年以来辖区治安形势
        r"(?:通报|总结|回顾|介绍|汇报|分析|梳理)了?$",
        r"^(?:以来)?(?![^，]{0,6}(?:开展|组织|举办|召开|举行))[^，]{0,12}(?:工作|情况|形势|成[绩效]|特点|态势|战果|案件|问题)",
    ),
)
_HEARD: Final = r"^，(?:本报|本网)?记者[^，]{0,4}从$"
_VISITED: Final = r"^了?(?!后|时|中|期间|活动|结束)[^，。；：]{1,10}$"
_AND_OTHERS: Final = r"^[、和及与][^，。；：]{0,10}$"
_VISITS: Final = ("慰问", "走访", "看望", "探望", "家访")
_FOR: Final = ("为", "给", "替", "帮")
_CALLS: Final = ("走访", "慰问", "看望", "回访")
_DOING: Final = r"(?:正在|刚|前来)[^，]*<hold>$"
# 走访|沿线的牧民, 走访|了54户养殖户; but 走访中|了解到的, 走访|结束后的
_WHOSE: Final = rf"^了?(?:[^，。；、]{{0,7}}[^，。；、到后前时中映]的|[^，。；、的]{{0,6}}{COUNT})$"
_CREDITED: Final = r"（(?:供稿|来源|作者|文图?|图|摄影|记者|通讯员|[：/\s])*$"
_SIGNED: Final = r"^[^，。、；（）]{0,8}(?:[\s\u3000]|）\s*$)"
_TOWNS: Final = ("镇", "乡", "街道", "社区", "苏木", "嘎查")
_TOWN_ACTS: Final = r"^(?:积极|充分)?(?:利用|组织|结合|联合|依托)"


def is_called_on(act: Group, group: Group) -> bool:
    """Return whether people are the object of the act before (走访牧民, 走访沿线54户养殖户)."""
    if not group.before:
        return True
    calls = act.items[-1].mention.text.endswith(_CALLS)
    return calls and (group.before == "了" or bool(pattern(_WHOSE).match(group.before)))


_THERE: Final = r"^(?:门口|门前|院里|旁边?|附近|一角)?，$"


def comes_for(last: Group | None, group: Group) -> bool:
    """Return whether somebody came to the place before for what follows (来到甲村，走访慰问…)."""
    if last is None or last.type != "LOC" or not pattern(_THERE).match(group.before):
        return False
    return bool(pattern(r"(?:<enter>|[搬开摆设办送支摊]到)了?$").search(last.lead))


def is_doer(last: Group | None, group: Group) -> bool:
    """Return whether an act is said of those who do it (正在开展甲宣传的|某所民警)."""
    if last is None or last.type != "ACT" or group.before != "的" or group.type != "UNIT":
        return False
    return bool(pattern(_DOING).search(last.lead))


def lends_people(sentence: Sentence, group: Group) -> bool:
    """Return whether only people of a body are called in (喊来某居委会的网格员)."""
    groups = sentence.groups
    behind = groups[groups.index(group) + 1 :][:1]
    if group.type not in ACTORS:
        return False
    if not behind or behind[0].type != "GROUP":
        told = pattern(r"^的[^，。；]{0,4}<people>").match(group.trail)
        return bool(told) and not pattern(r"^的[^，。；]{0,4}<officer>").match(group.trail)
    staff = pattern(r"^<officer>$").match(behind[0].items[0].mention.text)
    return not staff and bool(pattern(r"^的[^，。；]{0,6}$").match(behind[0].before))


def is_only_told(time: Group, sentence: Sentence) -> bool:
    """Return whether a time dates what is told of, and no act (结合|去年|查办的案件, 确保|春运|安全).

    Nor is it an act's when the reporter heard of it (10月6日，记者从|甲局|获悉).
    """
    if not time.lead:
        behind = next((one for one in sentence.groups if one.start >= time.end), None)
        return behind is not None and bool(pattern(_HEARD).match(behind.before))
    # 召开|2024年第一季度|新闻发布会: what the meeting is about
    period = not time.trail and pattern(r"(?:季度|半年|年度)$").search(time.items[-1].mention.text)
    if period and pattern(r"(?:召开|举行|举办)了?$").search(time.lead):
        return True
    return any(
        pattern(lead).search(time.lead) and pattern(trail).match(time.trail)
        for lead, trail in _TOLD_TIMES
    )


def meets_later(act: Act, group: Group) -> bool:
    """Return whether a meeting follows what was seen elsewhere (到甲队、乙所参观，随后召开座谈会)."""
    return is_meeting(act) and bool(pattern(r"^(?:随后|之后|然后|并|还)").match(group.lead))


def is_unended(partners: Group | None) -> bool:
    """Return whether a comma ends no list of partners: they do nothing yet (联合|甲局|，乙镇政府…)."""
    return partners is not None and partners.type in ACTORS and not partners.trail


def names_officer(sentence: Sentence, group: Group, *, venue: bool) -> bool:
    """Return whether a body only names a post: who leads (在|甲所|所长乙的领誓下), or a second one."""
    if group.type not in ACTORS or not group.trail:
        return False
    groups = sentence.groups
    behind = groups[groups.index(group) + 1 :][:2]
    if not behind:
        return False
    if not venue:  # 县委|常委、县公安局局长甲
        stacked = len(behind) > 1 and pattern(r"^[^，。；、]{0,6}<post>、$").match(group.trail)
        return bool(stacked and [one.type in ACTORS for one in behind] == [True, False]) and (
            behind[0].before == group.trail
            and behind[1].type == "PER"
            and bool(pattern(r"^[^，。；]{0,8}<post>$").match(behind[1].before))
        )
    if behind[0].type != "PER":
        return False
    post = pattern(r"^(?:副?<post>|民警|辅警|[^，。；]{0,3}<officer>)$").match(behind[0].before)
    return bool(post and pattern(_GUIDED).match(behind[0].trail))


def is_next_actor(sentence: Sentence, group: Group) -> bool:
    """Return whether a body behind a place acts too (甲所在X、乙所|在Y|巡逻 · 甲县县长X，乙县县长Y)."""
    last = sentence.groups[sentence.groups.index(group) - 1].items[-1]
    if group.type == "UNIT" and goes_elsewhere(last, group.items[-1]):
        return True
    return _is_next_head(sentence, group)


def _is_next_head(sentence: Sentence, group: Group) -> bool:
    """Return whether another place's head follows one (甲县副县长、局长X，乙县副县长、局长Y)."""
    groups = sentence.groups
    at = groups.index(group)
    if at < 2 or groups[at - 2].type != "PER" or groups[at - 1].before != "，":
        return False
    return bool(pattern(r"^副?[省市县区旗州盟乡镇]长、$").match(group.before))


def is_class(group: Group) -> bool:
    """Return whether a bare head closes a list of services and means no unit (特警、交警、派出所)."""
    listed = pattern(r"(?:^|[，；])(?:<service>、)+$").search(group.before)
    return bool(listed) and group.type == "UNIT" and group.items[0].mention.nominal


def is_cut(sentence: Sentence, act: Act, group: Group) -> bool:
    """Return whether a semicolon stands between an act and a group behind it."""
    return any(
        "；" in one.before
        for one in sentence.groups
        if act.item.mention.end < one.start <= group.start
    )


def is_last_act(sentence: Sentence, group: Group) -> bool:
    """Return whether no activity follows in the sentence."""
    rest = sentence.groups[sentence.groups.index(group) + 1 :]
    return not any(one.type == "ACT" for one in rest)


def act_follows(sentence: Sentence, group: Group) -> bool:
    """Return whether an activity follows in the same clause."""
    index = sentence.groups.index(group) + 1
    rest = sentence.groups[index : index + 1]
    return bool(rest) and rest[0].type == "ACT" and "，" not in rest[0].before


def is_cared_for(last: Group | None, group: Group) -> bool:
    """Return whether people are of a person for whom something is done (对烈士X的|遗属)."""
    if last is None or last.type != "PER" or group.type != "GROUP":
        return False
    theirs = pattern(r"^(?:烈士|同志)?的?$").match(group.before)
    return bool(theirs and pattern(r"(?:[对向为]|<care>)[^，]{0,8}$").search(last.lead))


def is_visited(last: Group | None, group: Group, *, anew: bool) -> bool:
    """Return whether a visit is for a person, for others in a list, or for their family.

    慰问因公受伤民警X、驻村民警Y的家属: ``anew`` for the first of them.
    """
    if last is None or group.type not in ("PER", "GROUP"):
        return False
    if not anew:
        family = group.type == "GROUP" and group.before == "的"
        return last.type == "PER" and (
            family or (group.type == "PER" and bool(pattern(_AND_OTHERS).match(group.before)))
        )
    visit = last.type == "ACT" and last.items[-1].mention.text.endswith(_VISITS)
    return visit and group.type == "PER" and bool(pattern(_VISITED).match(group.before))


def is_next_guest(last: Group | None, group: Group) -> bool:
    """Return whether a body follows an invited person in a list (邀请甲校教授X、乙局民警Y)."""
    listed = group.before in ("、", "和", "及", "以及")
    return listed and last is not None and last.type == "PER"


def helps(leader: Group, group: Group) -> bool:
    """Return whether a body helps the one that leads (由甲局主办、乙校协办的…)."""
    led = leader.trail and pattern(r"^<lead>(?!人)").match(leader.trail)
    return bool(led and pattern(r"^(?:等[^，]{0,4})?<support>").match(group.trail))


def is_exemplified(last: Group | None, group: Group) -> bool:
    """Return whether the person named before is one of these people (为X等4位老人)."""
    of_them = last is not None and last.type == "PER" and last.lead.endswith(_FOR)
    return of_them and bool(pattern(rf"^等{COUNT}?$").match(group.before))


def is_home(group: Group) -> bool:
    """Return whether people are households, to whom one comes (赴甲镇6户|贫困家庭)."""
    return group.items[-1].mention.text.endswith(("家庭", "户"))


def is_bracketed(sentence: Sentence, group: Group) -> bool:
    """Return whether brackets behind a body hold those whom it is made of."""
    first = group.before.rfind("（")
    if group.type not in ACTORS or first < 0 or "）" in group.before[first:]:
        return False
    told = [one for one in sentence.groups if one.end <= group.start]
    led = bool(told) and told[-1].type in ACTORS and told[-1].trail
    return bool(led) and group.after.startswith("）")


def is_town_acting(group: Group) -> bool:
    """Return whether a town acts itself: 甲镇|利用赶集日开展…."""
    town = group.type == "LOC" and group.items[-1].mention.text.endswith(_TOWNS)
    return town and bool(pattern(_TOWN_ACTS).match(group.trail))


def is_byline(group: Group) -> bool:
    """Return whether a body in brackets is only whose report this is: （某县公安局 汪某）."""
    opened = group.type in ACTORS and "（" in group.before
    opened = opened and pattern(_CREDITED).search(group.before) is not None
    return bool(opened) and bool(pattern(_SIGNED).match(group.after))


@functools.cache
def houses() -> tuple[str, ...]:
    """Return the heads of places whose people may act as a body."""
    return tuple(lexicon().terms("rel.house"))
