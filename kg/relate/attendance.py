"""How it is said that bodies come to an event told of before."""

from typing import Final

from kg.relate.words import pattern

_OF_BODIES: Final = r"^(?:等[^，]{0,8})?(?:[^，]{0,6}<people>)?(?:分别|先后|应邀|受邀|共同|到场|现场|一同|也|还|都|纷纷)*"
# 局长甲分别致辞并代表双方签约 · 某院有关负责人应邀出席
_ATTENDS: Final = (
    rf"{_OF_BODIES}(?:出席|参加|列席|与会|参会|致辞|讲话|主持|观摩|见证|揭牌|剪彩|发言)了?(?:并[^，]{{0,12}})?$"
    rf"|{_OF_BODIES}(?:宣读|领誓|颁发|颁奖)"
)
_JOINS_IN: Final = rf"{_OF_BODIES}(?:加入进来|加入其中|带队(?:上岗|值守|执勤)?$|到场(?:指挥|督导|指导)$)"  # 教导员甲带队上岗


def attends(words: str) -> bool:
    """Return whether the words behind a body say that it is at a meeting or ceremony, or speaks there."""
    return bool(pattern(_ATTENDS).match(words))


def joins_in(words: str) -> bool:
    """Return whether the words behind a body say that it joins in what goes on."""
    return bool(pattern(_JOINS_IN).match(words))
