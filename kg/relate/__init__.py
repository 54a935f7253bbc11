"""Claims: what an article says of its entities, each with the passages that say so."""

from kg.language.scan import Scan
from kg.model import Claim
from kg.relate.action import Actions
from kg.relate.claims import Claims
from kg.relate.post import relate_posts
from kg.relate.reading import Reading
from kg.relate.structure import relate_structure
from kg.resolve.resolution import Resolution


def relate(scan: Scan, resolution: Resolution) -> list[Claim]:
    """Return the claims of an article."""
    reading = Reading(scan, resolution)
    claims = Claims(scan.article.text)
    relate_structure(resolution, claims)
    Actions(reading, claims).relate()
    relate_posts(reading, claims)
    return claims.all()
