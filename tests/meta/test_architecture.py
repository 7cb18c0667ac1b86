"""Each arrow of the picture in docs/architecture.md is an import in the code."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "touchmark"
ARROWS = re.findall(
    r"^\s+([\w.]+) --> ([\w.]+)$", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.MULTILINE
)


def imported_by(module: str) -> set[str]:
    """Give every name that a module imports, as ``package.module`` and as ``package.module.name``."""
    file = SOURCE / (module.replace(".", "/") + ".py")
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_there_is_a_picture() -> None:
    assert len(ARROWS) > 20


@pytest.mark.parametrize(("upper", "lower"), ARROWS)
def test_the_code_bears_the_arrow_out(upper: str, lower: str) -> None:
    assert f"touchmark.{lower}" in imported_by(upper)
