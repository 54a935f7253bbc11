"""What can go wrong, and who has to act on it.

KgError
├── DataError       our own data/ is broken: file and line, fix the file
├── InputError      one input cannot be read: becomes a Problem of the run, which goes on
├── EvidenceError   a quote is not what its article says at that place: the build stops
└── OutputError     a result cannot be written or read back
"""

from dataclasses import dataclass


class KgError(Exception):
    """Any failure that the command line reports in one line."""


class DataError(KgError):
    """A file under data/ does not hold what its header promises."""


class InputError(KgError):
    """A source cannot be read as any kind of page."""


class EvidenceError(KgError):
    """A quote differs from the text at its offsets."""


class OutputError(KgError):
    """A result folder cannot be written or is not a result of ours."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One input that could not be read, or was read only in part."""

    source: str
    reason: str
    fatal: bool = True

    def __str__(self) -> str:
        """Return the one line that a person reads."""
        return f"{self.source}: {self.reason}"
