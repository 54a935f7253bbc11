"""Records: objects of named fields that nobody sets twice, and that are cheap to make."""

import dataclasses
import types
from typing import Final, TypeVar, cast, dataclass_transform

import msgspec

_T = TypeVar("_T")
_OF_OBJECTS: Final = ("__dict__", "__weakref__")  # what only a class without slots has
_OF_DATACLASS: Final = "__dataclass_fields__"  # what dataclasses.replace and fields look for


# The line makes hundreds of records an article. A Struct is made in a third of the time of a
# dataclass. No record can hold itself, so the collector of cycles need not look through them.
@dataclass_transform(frozen_default=True)
def record(cls: type[_T]) -> type[_T]:
    """Make ``cls`` a frozen class with slots that compares and hashes by its fields."""
    return _made(cls, frozen=True)


@dataclass_transform()
def draft(cls: type[_T]) -> type[_T]:
    """Make ``cls`` such a class for things in the making: its fields may be set, it has no hash."""
    return _made(cls, frozen=False)


def _made(cls: type[_T], *, frozen: bool) -> type[_T]:
    body = {name: _default(value) for name, value in vars(cls).items() if name not in _OF_OBJECTS}
    body[_OF_DATACLASS] = getattr(dataclasses.dataclass(cls), _OF_DATACLASS)
    options = {"frozen": frozen, "gc": False}
    made = types.new_class(
        cls.__name__, (msgspec.Struct,), options, lambda space: space.update(body)
    )
    return cast("type[_T]", made)


def _default(value: object) -> object:
    """Return what a class body says of a field in the words of a Struct."""
    if isinstance(value, dataclasses.Field) and callable(value.default_factory):
        return msgspec.field(default_factory=value.default_factory)
    return value
