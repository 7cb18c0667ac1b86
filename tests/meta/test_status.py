"""A status is assigned by a room's ``record`` alone, which writes the event in the same breath."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

SOURCE = Path(__file__).resolve().parents[2] / "src" / "touchmark"


def assignments(tree: ast.AST, function: str = "") -> Iterator[tuple[str, int]]:
    """Give each ``x.status = …``, and each ``update(status=…)``, with the function it stands in."""
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.FunctionDef) else function
        if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets_of(node)):
            yield inside, node.lineno
        if is_update(node) and any(keyword.arg == "status" for keyword in node.keywords):
            yield inside, node.lineno
        yield from assignments(node, inside)


def targets_of(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign) else []


def is_update(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update"


def test_only_record_assigns_a_status() -> None:
    elsewhere = [
        f"{file.relative_to(SOURCE)}:{line} in {function}"
        for file in sorted((SOURCE / "apps").rglob("*.py"))
        for function, line in assignments(ast.parse(file.read_text(encoding="utf-8")))
        if not function.startswith("record")
    ]
    assert elsewhere == []
