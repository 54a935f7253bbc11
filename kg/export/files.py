"""Write a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import OutputError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open ``path`` for bytes; it takes its name only when all is written, else it is not there.

    Raise OutputError if the folder cannot be written.
    """
    draft = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
        os.chmod(draft, 0o666 & ~_umask())  # noqa: PTH101 - mkstemp keeps others out
        os.replace(draft, path)  # noqa: PTH105 - draft is a plain string
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
    finally:
        if draft:
            Path(draft).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
