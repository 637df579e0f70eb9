"""Reading the YAML files that are kept by hand: one place, so that all of them are read by the fast loader.

Belongs here: bytes to plain values. Does not belong here: what the values mean or whether they are right.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

#: libyaml's loader where this PyYAML has it: every command and every worker process reads these files when it starts,
#: and the loader in Python takes ten times as long.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file as dicts, lists and scalars. Raises `yaml.YAMLError` where it is none."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
