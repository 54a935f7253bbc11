"""Which part a group plays in its sentence, told by those around it as well as by its own words."""

import functools
from typing import Final

from kg.language.lexicon import lexicon
from kg.relate import roles
from kg.relate.clause import (
    helps,
    houses,
    is_bracketed,
    is_called_on,
    is_cared_for,
    is_class,
    is_doer,
    is_exemplified,
    is_home,
    is_next_guest,
    is_town_acting,
    is_unended,
    is_visited,
    lends_people,
    names_officer,
)
from kg.relate.frame import Frame
from kg.relate.reading import ACTORS, COUNT, Group, Sentence
from kg.relate.words import pattern

# 的46名 · 5户
_NUMBER: Final = "[0-9一二三四五六七八九十百千万余多两来几]+"
_ACTING: Final = r"(?:<helpers|people>|队|团成员)”?$"
_ON_THE_LIST: Final = r"^(?:[^，。；：、\s]{2,12}<list>|<list>[^，。；：、\s]{1,4})$"
_HOLDS: Final = r"^(?:<adverb>|自发|于|服务?队|[一-鿿]{0,2})*?<hold>了?[^，；]{0,8}$"
_GOES_BY: Final = r"^[^，；：]{0,6}$"
_WITH: Final = ("和", "跟", "与", "同")
_ALONG: Final = rf"^(?:<adverb>|每[次回天周月]|常|经常)*[{''.join(_WITH)}]$"
_POST: Final = r"^的?[^，。；]{0,6}<post>$"
_OF_IT: Final = rf"^的?(?:{_NUMBER}余?[名位户个家])?(?:余名|多名)?(?:<invited_of>的)?$"


class Parties:
    """Tells the part of one group after the other, with the frame that is told so far."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.frame = Frame(sentence)
        self.last: Group | None = None
        self.visited = False
        self.role = roles.NONE  # of the actor, place or people before

    def part(self, group: Group) -> str:
        """Return the part that a body, a place or people play."""
        self.visited = is_visited(self.last, group, anew=not self.visited)
        if self.visited:  # 走访慰问民警甲、辅警乙的|家属
            return roles.NONE if group.type == "PER" else roles.RECIPIENT
        listed = self.role == roles.PARTNER and self._goes_on_listing(group)
        role = roles.PARTNER if listed else self._role(group)
        return self._settled(role, group)

    def acts_instead(self, group: Group) -> bool:
        """Return whether a school, a hospital or villagers hold the act that follows themselves."""
        own = group.type == "GROUP" and group.trail.startswith("自发")
        house = group.type == "LOC" and group.items[-1].mention.text.endswith(houses())
        town = is_town_acting(group)
        if not (own or house or town) or self.frame.done or self.frame.of(roles.SUBJECT):
            return False
        if town:
            return True
        groups = self.sentence.groups
        for one in groups[groups.index(group) + 1 :]:
            if one.type == "ACT":
                return bool(pattern(_HOLDS).match(one.before))
            people = one.type == "GROUP" and not one.before
            if not people and one.type != "TIME" and not one.before.endswith("在"):
                return False
            if not pattern(_GOES_BY).match(one.before):
                return False
        return False

    def _settled(self, role: str, group: Group) -> str:
        """Return the part that a group plays, once those around it are looked at."""
        venue = role == roles.VENUE
        if (venue or role == roles.SUBJECT) and names_officer(self.sentence, group, venue=venue):
            return roles.NONE
        if role == roles.SUBJECT:
            # 第三党支部（法制大队、出入境管理大队）联合…
            parts = is_bracketed(self.sentence, group)
            return roles.ATTENDING if parts else self._if_not_subject(group)
        if role == roles.RECIPIENT and self._stands_beside(group):
            return roles.SUBJECT
        if role == roles.INVITED and lends_people(self.sentence, group):
            return roles.NONE
        if role == roles.NONE and is_doer(self.last, group) and not self.frame.of(roles.SUBJECT):
            return roles.SUBJECT
        gone = group.type == "LOC" and group.lead.endswith("去") and not group.after
        return roles.VENUE if gone else role  # 去甲村|走访

    def _if_not_subject(self, group: Group) -> str:
        """Return the part of a group whose own words make it a subject, told by those around."""
        if self.role == roles.INVITED and is_next_guest(self.last, group):
            return roles.INVITED
        if group.type == "PER" and self._is_of_people(group):
            return roles.NONE
        if group.type == "GROUP" and is_exemplified(self.last, group):
            return roles.RECIPIENT
        if group.before.endswith("、") and is_class(group):
            return roles.NONE
        if self.last is not None and group.trail and helps(self.last, group):
            return roles.HELPER
        along = group.lead.endswith(_WITH) and self._goes_along(group)
        return roles.PARTNER if along else roles.SUBJECT

    def _role(self, group: Group) -> str:
        """Return the role of a group; people of a place or body share its part (为X镇5户牧民)."""
        last = self.last
        if last is None or group.type not in ("GROUP", "PER") or last.type == "PER":
            return roles.RECIPIENT if is_cared_for(last, group) else roles.role_of(group)
        if group.type == "PER" and last.type in ACTORS and pattern(_POST).match(group.before):
            hands = last.lead.endswith("从") and pattern(r"^手[中里上]?[接领]").match(group.trail)
            return roles.ATTENDING if hands else self._colleague(group)
        if last.type == "ACT" and not last.items[-1].mention.nominal and is_called_on(last, group):
            return roles.RECIPIENT
        if last.type not in ("LOC", "ORG", "GROUP") or not pattern(_OF_IT).match(group.before):
            return roles.role_of(group)
        if self.role == roles.VENUE:
            given = pattern(r"[为给向对]$").search(last.lead) or is_home(group)
            return roles.RECIPIENT if given else roles.SUBJECT
        return roles.SUBJECT if self.role == roles.NONE else self.role

    def _goes_on_listing(self, group: Group) -> bool:
        """Return whether a body stands in a list of partners, some of them no mentions.

        The place that a partner without a mention begins with is not one itself (联合甲镇某站、乙局).
        """
        if group.type not in ACTORS or not pattern(_ON_THE_LIST).match(group.before):
            return group.type == "ORG" and group.before == "，" and is_unended(self.last)
        if self.last is not None and self.last.type == "LOC":
            cast = self.frame.cast.get(roles.PARTNER, [])
            self.frame.cast[roles.PARTNER] = [i for i in cast if i not in self.last.items]
        return True

    def _stands_beside(self, group: Group) -> bool:
        """Return whether people stand in a list of subjects (甲大队负责人和11家企业代表)."""
        listed = self.role == roles.SUBJECT and group.type == "GROUP"
        return listed and bool(pattern(rf"^(?:负责人|代表)[和与及]{COUNT}?$").match(group.before))

    def _is_of_people(self, group: Group) -> bool:
        """Return whether a person is one of those that an act is for (走进牧民X家), no helper.

        Who begins a clause behind an act has a part in it (举行座谈会，骑手X说).
        """
        last, said = self.last, group.lead
        if last is not None and last.type == "GROUP" and not group.before:
            said = last.lead + last.items[-1].mention.text
        people = _people().get(said[-1:], ())
        if not said.endswith(people) or pattern(_ACTING).search(said):
            return False
        return not (self.frame.done and said in people)

    def _goes_along(self, group: Group) -> bool:
        """Return whether somebody goes along with the subject (所长甲带上工具，和乙… · 又和丙…)."""
        if self.frame.done or not pattern(_ALONG).match(group.lead):
            return False
        anew = len(group.lead) > 1 and group.type in ACTORS
        return anew or ("，" in group.before and roles.SUBJECT in self.frame.cast)

    def _colleague(self, group: Group) -> str:
        """Return the role of a person named with a body (邀请某局局长X)."""
        shared = self.role in (roles.INVITED, roles.ATTENDING, roles.PARTNER, roles.HELPER)
        return self.role if shared else roles.role_of(group)


@functools.cache
def _people() -> dict[str, tuple[str, ...]]:
    """Return the nouns for people that an act may be for, but for posts, by their last sign."""
    found: dict[str, tuple[str, ...]] = {}
    for head, value in lexicon().terms("group.head").items():
        if value != "post":
            found[head[-1]] = (*found.get(head[-1], ()), head)
    return found
