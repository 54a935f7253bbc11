"""Claims: what an article says of its entities, each with the passages that say so."""

from kg.language.scan import Scan
from kg.model import Claim
from kg.relate.action import Actions
from kg.relate.audience import Audiences
from kg.relate.claims import Claims
from kg.relate.framework import Frameworks
from kg.relate.method import Methods
from kg.relate.opening import Openings
from kg.relate.outcome import Outcomes
from kg.relate.paper import Papers
from kg.relate.partners import Partners
from kg.relate.post import relate_posts
from kg.relate.reading import Reading
from kg.relate.setting import Settings
from kg.relate.statement import Statements
from kg.relate.structure import relate_structure
from kg.relate.thread import scenes
from kg.resolve.resolution import Resolution


def relate(scan: Scan, resolution: Resolution) -> list[Claim]:
    """Return the claims of an article."""
    reading = Reading(scan, resolution)
    claims = Claims(scan.article.text)
    relate_structure(resolution, reading.entities, claims)
    relate_posts(reading, claims)
    statements = Statements(reading, claims)
    actions = Actions(reading, statements)
    readers = (
        Partners(reading, statements),
        Openings(statements),
        Settings(statements),
        Audiences(reading, statements),
        frameworks := Frameworks(reading, statements),
        Papers(statements),
        Methods(statements),
    )
    outcomes = Outcomes(reading, claims)
    posts = {c.head: c.tail for c in claims.all() if c.relation == "has_post"}
    for scene in scenes(reading, posts):
        if scene.sentence.items:
            actions.relate(scene)
            for reader in readers:
                reader.relate(scene)
        outcomes.relate(scene)
    actions.finish()
    frameworks.finish()
    return claims.all()
