"""Claims: what an article says of its entities, each with the passages that say so."""

from collections.abc import Iterable, Sequence

from kg.language.scan import Scan
from kg.model import Claim
from kg.relate.action import Actions
from kg.relate.audience import Audiences
from kg.relate.claims import Claims
from kg.relate.framework import Frameworks
from kg.relate.headed import Headed
from kg.relate.method import Methods
from kg.relate.notice import Notices
from kg.relate.opening import Openings
from kg.relate.outcome import Outcomes
from kg.relate.paper import Papers
from kg.relate.partners import Partners
from kg.relate.post import relate_posts
from kg.relate.reading import Reading
from kg.relate.roster import Rosters
from kg.relate.scene import Scene
from kg.relate.setting import Settings
from kg.relate.signature import relate_signature
from kg.relate.stands import Stands
from kg.relate.statement import Statements
from kg.relate.structure import relate_structure
from kg.relate.taskforce import TaskForces
from kg.relate.thread import scenes
from kg.resolve.resolution import Resolution


def relate(resolved: Sequence[tuple[Scan, Resolution]]) -> list[list[Claim]]:
    """Return the claims of each article.

    Each step is taken for all articles before the next one (see pipeline.extract_articles).
    """
    readings = [Reading(scan, resolution) for scan, resolution in resolved]
    found = [Claims(scan.article.text) for scan, _ in resolved]
    for (_, resolution), reading, claims in zip(resolved, readings, found, strict=True):
        relate_structure(resolution, reading.entities, claims)
    for reading, claims in zip(readings, found, strict=True):
        relate_posts(reading, claims)
    posts = [{c.head: c.tail for c in one.all() if c.relation == "has_post"} for one in found]
    told = [scenes(reading, held) for reading, held in zip(readings, posts, strict=True)]
    for reading, row, claims in zip(readings, told, found, strict=True):
        _relate_scenes(reading, row, claims)
        Notices(reading, claims).relate()
        Rosters(reading, claims).relate()
        relate_signature(reading, claims)
    return [claims.all() for claims in found]


def _relate_scenes(reading: Reading, row: Iterable[Scene], claims: Claims) -> None:
    """Add what the scenes of an article say."""
    statements = Statements(reading, claims)
    actions = Actions(reading, statements)
    frameworks = Frameworks(reading, statements)
    readers = (
        actions,
        Partners(reading, statements),
        Openings(statements),
        Settings(statements),
        Audiences(reading, statements),
        Stands(statements),
    )
    steps = [reader.relate for reader in readers]
    papers = Papers(statements)
    of_papers = (papers.relate, Methods(statements).relate)
    outcomes = Outcomes(reading, claims)
    headed = Headed(reading, statements)
    forces = TaskForces(reading, statements)
    for scene in row:
        frame, sentence = scene.frame, scene.sentence
        if sentence.items:
            headed.relate(scene)
            forces.relate(scene)
            for step in steps:
                step(scene)
            if frame.done or frame.around:
                frameworks.relate(scene)
                papers.note(scene)
            if frame.docs or frame.methods or sentence.inner:  # most scenes have none
                for step in of_papers:
                    step(scene)
        if scene.last:
            outcomes.relate(scene)
    actions.casting.named |= papers.finish()
    actions.finish()
    headed.finish()
    forces.finish()
    frameworks.finish()
