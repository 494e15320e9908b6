"""Where the weights are that were installed beside the package."""

from importlib.util import find_spec
from pathlib import Path

__all__ = ["model_folder"]


def model_folder() -> Path | None:
    """The folder of the package `bioner-model`, if it is installed."""
    spec = find_spec("bioner_model")
    for folder in (spec and spec.submodule_search_locations) or ():
        if Path(folder, "manifest.json").is_file():
            return Path(folder)
    return None
