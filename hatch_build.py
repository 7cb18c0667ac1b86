"""What the build of the package makes before it packs: the compiled translations."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Words(BuildHookInterface):
    """Compiles the translations into the source; ``artifacts`` in pyproject.toml has them packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, for a wheel and for an editable install alike."""
        runpy.run_path(str(Path(self.root) / "scripts" / "compile_words.py"))["main"]()
