"""The API's document: what is served is what is kept in ``docs/openapi.json``, so that a change shows in review."""

import importlib
import json
import pkgutil
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from ninja import Schema

from touchmark import api as resources
from touchmark.api.v1 import api

KEPT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_document_is_the_kept_one(request: pytest.FixtureRequest) -> None:
    """``pytest tests/api/test_document.py --renew-golden`` writes it anew: read the difference."""
    served = Client().get("/api/v1/openapi.json").json()
    if request.config.getoption("--renew-golden"):
        KEPT.write_text(json.dumps(served, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert served == json.loads(KEPT.read_text(encoding="utf-8"))


def test_every_operation_asks_for_a_token_and_tells_its_refusals() -> None:
    document = api.get_openapi_schema()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["security"], (method, path)
            assert {"401", "403", "422", "429"} <= set(map(str, operation["responses"])), (method, path)
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"], (method, path, status)


def test_it_is_put_together_once() -> None:
    assert api.get_openapi_schema() is api.get_openapi_schema(path_params={})
    assert "/elsewhere/listings" in api.get_openapi_schema(path_prefix="/elsewhere/")["paths"]


def test_no_two_bodies_share_a_name() -> None:
    """The document keeps one of a name: what the other says would be told wrongly."""
    modules = [importlib.import_module(f"touchmark.api.{one.name}") for one in pkgutil.iter_modules(resources.__path__)]
    own = [
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Schema) and one.__module__ == module.__name__
    ]
    assert [name for name, count in Counter(one.__name__ for one in own).items() if count > 1] == []


def test_every_post_takes_a_key() -> None:
    for path, operations in api.get_openapi_schema()["paths"].items():
        if "post" in operations:
            named = {parameter["name"] for parameter in operations["post"].get("parameters", [])}
            assert "Idempotency-Key" in named, path


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/v2/listings", "/api/v1/decisions/%00"])
def test_an_address_that_is_none_is_told_as_a_problem(db: None, address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_method_that_an_address_does_not_take_is_told_as_a_problem() -> None:
    answer = Client().delete("/api/v1/listings")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
