"""Candidates → mentions and entities: what each name means, and what 该局 points back to."""

from kg.resolve.article import resolve

__all__ = ["resolve"]
