"""The grammar of police unit names: what a name is, and how it is found in a text."""

from kg.language.units.grammar import UnitGrammar, parse
from kg.language.units.parts import Segment, UnitName, is_ordinal

__all__ = ["Segment", "UnitGrammar", "UnitName", "is_ordinal", "parse"]
