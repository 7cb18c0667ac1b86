"""The API with its document in OpenAPI 3.1, which says what ninja alone would not: problems are problems."""

import re
from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI

from touchmark.api import problems

_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
_NULL = {"type": "null"}


class Described(NinjaAPI):
    """An API whose document tells refusals as problem+json, and says of no parameter that it can be null."""

    _known: dict[tuple[str, str], frozenset[str]] | None = None
    _documents: dict[str, Any]

    def __init__(self, **said: Any) -> None:
        super().__init__(**said)
        self._documents = {}

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        """Give the document, not to be changed: it is put together once for each address, which takes a second."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self._documents:
            self._documents[prefix] = self._document(prefix)
        return self._documents[prefix]

    def _document(self, prefix: str) -> Any:
        document = super().get_openapi_schema(path_prefix=prefix)
        for operation in _operations(document):
            responses = operation["responses"]
            operation["responses"] = {status: _told(status, responses[status]) for status in sorted(responses)}
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _not_null(parameter["schema"])
        return document

    def parameters_at(self, route: str, method: str) -> frozenset[str] | None:
        """Give the names that the query of an operation may have, by Django's route to it; None if it is none."""
        if self._known is None:
            document = self.get_openapi_schema()
            self._known = {
                (path, name.upper()): frozenset(
                    one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
                )
                for path, methods in document["paths"].items()
                for name, operation in methods.items()
            }
        return self._known.get(("/" + _CONVERTER.sub(r"{\1}", route), method))


def _operations(document: Any) -> Iterator[Any]:
    for path in document["paths"].values():
        yield from path.values()


def _told(status: int | str, answer: Any) -> Any:
    if int(status) < 400 or "content" not in answer:
        return answer
    return {**answer, "content": {problems.TYPE: answer["content"]["application/json"]}}


def _not_null(schema: Any) -> Any:
    """A parameter that is not there is not sent; nothing in an address is null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != _NULL]
    if len(kinds) != 1:
        return schema
    return {name: value for name, value in schema.items() if name not in ("anyOf", "default")} | kinds[0]
