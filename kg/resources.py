"""Locate the files that ship beside the code: data/ and viz/.

In a checkout the two folders stand next to kg/; in a wheel the build puts them inside it
(see tool.hatch in pyproject.toml). No other module may know where they are.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE if (_PACKAGE / "data").is_dir() else _PACKAGE.parent

DATA = _ROOT / "data"
VIZ = _ROOT / "viz"
