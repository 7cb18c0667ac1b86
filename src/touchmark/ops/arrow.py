"""
Arrow without pandas: it loads pandas with its first array wherever that is installed, a second that nothing here needs.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType


class _Kept:
    """Says that there is no pandas."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError("kept from Arrow", name=fullname)
        return None


def arrow_alone() -> None:
    """Have Arrow make its first array without pandas; it does not ask again, and whoever wants pandas can have it."""
    import pyarrow as pa

    if "pandas" in sys.modules:
        return
    keeper = _Kept()
    sys.meta_path.insert(0, keeper)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(keeper)
