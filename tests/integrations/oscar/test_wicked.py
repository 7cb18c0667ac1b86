"""A shop that answers what no shop does: it is asked again later, and stops nobody."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import httpx
import pytest

from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.integrations.answers import Later
from touchmark.integrations.oscar import shop as shops
from touchmark.integrations.oscar.shop import Shop

HERE = "https://shop.example"


def shop(answer: Callable[[httpx.Request], httpx.Response]) -> Shop:
    return Shop(f"oscar+{HERE}", "staff:secret", httpx.Client(transport=httpx.MockTransport(answer)))


def says(content: bytes) -> Shop:
    return shop(lambda request: answered(content))


def answered(content: bytes) -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(content))


def page(following: Any) -> httpx.Response:
    return answered(json.dumps({"results": [{"id": 1}], "next": following}).encode())


@pytest.mark.parametrize(
    "content",
    [b"<html>", b"\xff", b"null", b"7", b"{}", b'{"results": 7}', b'{"results": [7], "next": null}', b"[" * 100_000],
)
def test_what_are_no_rows_is_asked_again(content: bytes) -> None:
    for ask in (lambda: list(says(content).products()), lambda: list(says(content).partners())):
        with pytest.raises(Later):
            ask()


@pytest.mark.parametrize("content", [b"[]", b"{}", b"no"])
def test_a_product_without_its_flag_is_asked_again(content: bytes) -> None:
    with pytest.raises(Later):
        says(content).is_public("1")


@pytest.mark.parametrize("following", [".evil.example/x", "https://evil.example/x", "@evil.example/x", 7, {}])
def test_the_password_goes_to_no_other_machine(following: Any) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return page(following)

    with pytest.raises(Later, match="not its own"):
        list(shop(answer).products())
    assert asked == ["shop.example"]


def test_pages_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shops, "MOST_PAGES", 5)
    numbers = count()

    def answer(request: httpx.Request) -> httpx.Response:
        return page(f"{HERE}/api/admin/products/?page={next(numbers)}")

    with pytest.raises(Later, match="more than 5 pages"):
        list(shop(answer).products())
    assert next(numbers) == 5


def test_an_answer_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shops, "LARGEST", 1_000)
    with pytest.raises(Later, match="longer than"):
        list(says(b'["' + b"a" * 1_000).products())


def test_a_picture_at_an_address_that_is_none_costs_itself_alone() -> None:
    with pytest.raises(UnreadableImage):
        says(b"").picture(f"{HERE}/a\x00b.png")
