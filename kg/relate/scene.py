"""A frame in its place in the article, with all that carries over to it."""

from typing import Final

from kg.records import record
from kg.relate import roles
from kg.relate.act import Act, is_owner
from kg.relate.frame import Frame
from kg.relate.reading import Group, Item, Sentence

_VERB: Final = 2  # signs of the verb that states an act: 捣毁
_NEAR: Final = 6  # signs behind an agent in which its verb stands: 被某局成功捣毁


@record
class Scene:
    """A frame in its place in the article.

    ``subjects`` are the units and organisations that act, ``inherited`` if the frame names none;
    ``officers`` are persons that stand for their unit. ``main`` is the activity that goes on around
    the frame, ``distance`` the number of sentences since it was named, ``paragraphs`` of paragraphs;
    ``near`` says that it was named just before, or goes on in the frame.
    ``times`` and ``places`` hold where the frame names none; ``day`` is the last day that the
    article named, ``spot`` the last place. ``told`` are the activities of the sentence up to here,
    ``parties`` all that acted in the paragraph,
    ``whole`` those of the frame that are more than a step; ``last`` says that the sentence ends here,
    ``summed`` is what the article tells of, where a sentence says what all that brought.
    """

    frame: Frame
    sentence: Sentence
    subjects: tuple[Item, ...]
    inherited: bool
    officers: tuple[Item, ...]
    main: Act | None
    distance: int
    paragraphs: int
    times: tuple[Item, ...]
    day: tuple[Item, ...]
    places: tuple[Item, ...]
    spot: tuple[Item, ...]
    told: tuple[Act, ...]
    parties: tuple[Item, ...]
    whole: tuple[Act, ...]
    last: bool
    near: bool
    summed: Act | None = None

    def visited(self, act: Act) -> Act | None:
        """Return the event that visitors come to before an act of their frame.

        举办开放日，学生走进警营，上了一堂课: the open day.
        """
        groups = self.frame.visitors
        if not groups or act not in self.frame.done or act.item.mention.start < groups[0].end:
            return None
        told = [one for one in self.told if one.item.mention.end <= groups[0].start]
        if not told or "；" in groups[0].before:  # 甲局举办开放日；学生走进乙局
            return None
        return told[-1]

    def agents(self, act: Act) -> tuple[Item, ...]:
        """Return the units by whom a sentence says that an act was done: 窝点被某局捣毁."""
        verb = act.item.mention.text[:_VERB]
        return tuple(
            item
            for group in self.sentence.groups
            if group.type == "UNIT" and group.lead.endswith("被")
            for item in group.items
            if verb in group.trail[:_NEAR]
        )

    def owner(self, act: Act) -> Group | None:
        """Return the units whose an act is said to be (某局甲活动, 某局部署的甲活动)."""
        for group in self.sentence.groups:
            if group.type == "UNIT" and is_owner(group, act.item):
                return group
        return None

    def teaches(self, act: Act) -> bool:
        """Return whether a unit teaches in a lesson (某所民警在“…课”上请孩子们…)."""
        if not self.frame.people or not act.item.trail.startswith("上") or "；" in act.item.before:
            return False
        cast = self.frame.of(roles.SUBJECT)
        return any(i.type == "UNIT" and i.mention.end < act.item.mention.start for i in cast)
