"""Writes ``operations.py`` from ``docs/openapi.json``: ``python clients/python/generate.py``."""

import json
import keyword
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parents[1] / "docs" / "openapi.json"
INTO = HERE / "src" / "touchmark_client" / "operations.py"
HEAD = '''"""Every operation, with what it takes. Made from docs/openapi.json by generate.py: not written by hand."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, NotRequired, TypedDict, cast
from urllib.parse import quote

from touchmark_client.core import Core
'''
CLASS = 'class Operations(Core):\n    """One method for each operation."""\n\n'
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def formatted() -> str:
    """Give the module in the project's format."""
    text = written(json.loads(DOCUMENT.read_text(encoding="utf-8")))
    command = [sys.executable, "-m", "ruff", "format", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def written(document: dict[str, Any]) -> str:
    """Give the module."""
    schemas = document["components"]["schemas"]
    shapes = [_shape(name, schemas[name]) for name in sorted(schemas)]
    methods = [_method(*found) for found in _operations(document)]
    return HEAD + "\n\n".join(["", *shapes, CLASS]) + "\n".join(methods)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path.removeprefix("/api/v1"), method.upper(), operation


def _shape(name: str, schema: dict[str, Any]) -> str:
    said = " ".join(schema.get("description", name).split())
    if "enum" in schema:
        return f"{name} = {_type(schema)}\n"
    lines = [f"class {name}(TypedDict):", f'    """{said}"""', ""]
    required = schema.get("required", ())
    for field, inner in schema.get("properties", {}).items():
        kind = _type(inner)
        lines.append(f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}")
    return "\n".join(lines) + "\n"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    if "enum" in schema:
        return f"Literal[{', '.join(repr(value) for value in schema['enum'])}]"
    if "anyOf" in schema:
        return _either([_type(kind) for kind in schema["anyOf"]])
    match schema.get("type"):
        case "array":
            return f"list[{_type(schema.get('items', {}))}]"
        case "object":
            return "dict[str, Any]"
        case kind:
            return PLAIN.get(str(kind), "Any")


def _either(kinds: list[str]) -> str:
    return " | ".join(dict.fromkeys(kinds))


def _method(path: str, method: str, operation: dict[str, Any]) -> str:
    given = [parameter for parameter in operation.get("parameters", ()) if parameter["in"] == "path"]
    asked = [parameter for parameter in operation.get("parameters", ()) if parameter["in"] == "query"]
    body = operation.get("requestBody", {}).get("content", {})
    takes = ["self", *(f"{parameter['name']}: str" for parameter in given)]
    call = [f'"{method}"', _address(path)]
    if "application/jsonl" in body:
        takes.append("rows: Iterable[Mapping[str, Any]]")
        call.append("rows=rows")
    elif "application/octet-stream" in body:
        takes.append("data: bytes")
        call.append("data=data")
    elif body:
        takes.append(f"body: {_type(body['application/json']['schema'])}")
        call.append("body=body")
    if asked or method == "POST":
        takes.append("*")
    takes += [f"{_name(parameter['name'])}: {_query_type(parameter['schema'])} | None = None" for parameter in asked]
    if asked:
        call.append("query={" + ", ".join(f'"{p["name"]}": {_name(p["name"])}' for p in asked) + "}")
    if method == "POST":
        takes.append("idempotency_key: str | None = None")
        call.append("key=idempotency_key")
    gives = _gives(operation)
    said = " ".join(operation.get("description", operation["summary"]).split())
    return (
        f"    def {operation['operationId']}(\n        {', '.join(takes)}\n    ) -> {gives}:\n"
        f'        """{said}"""\n        return cast("{gives}", self._call({", ".join(call)}))\n'
    )


def _address(path: str) -> str:
    filled = re.sub(r"\{(\w+)\}", r"{quote(\1, safe='')}", path)
    return f'f"{filled}"' if filled != path else f'"{path}"'


def _query_type(schema: dict[str, Any]) -> str:
    return "datetime | str" if schema.get("format") == "date-time" else _type(schema)


def _name(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _gives(operation: dict[str, Any]) -> str:
    done = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    return _type(done["content"]["application/json"]["schema"])


if __name__ == "__main__":
    INTO.write_text(formatted(), encoding="utf-8")
