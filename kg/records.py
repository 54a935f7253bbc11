"""Records: dataclasses whose fields nobody sets twice, and that are cheap to make."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


# A frozen dataclass takes five times as long to make, and the line makes millions of these. So it
# is the type checker that sees them as frozen.
@dataclass_transform(frozen_default=True)
def record(cls: type[_T]) -> type[_T]:
    """Make ``cls`` a dataclass with slots that compares and hashes by its fields."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
