"""The first page, the page that explains, and the pages for when something goes wrong."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from tests.factories import accounts

from touchmark.engine.terms import Role
from touchmark.web.public import errors

pytestmark = pytest.mark.django_db


def test_a_stranger_reads_what_this_is() -> None:
    page = Client().get("/")
    assert page.status_code == 200
    assert "How it works" in page.text
    assert Client().get("/how-it-works").status_code == 200


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.OPERATOR, "/people/overview"),
        (Role.AUTHORITY, "/authority/"),
        (Role.INVESTIGATOR, "/safety/"),
        (Role.SECRETARIAT, "/account"),
        (Role.MEMBER, "/account"),
    ],
)
def test_somebody_signed_in_goes_to_the_first_page_of_their_role(role: Role, address: str) -> None:
    assert accounts.signed_in(accounts.member(role)).get("/")["Location"] == address


def test_an_unknown_address() -> None:
    answer = Client().get("/no/such/page")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text


def test_a_form_without_its_token_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"login": "a@b.test", "password": "x"})
    assert answer.status_code == 403
    assert "This form is too old" in answer.text


def test_a_mistake_of_ours_is_a_page_that_reads_nothing_from_the_database(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(0):
        answer = errors.our_fault(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "on our side" in answer.content.decode()
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_what_the_browser_may_do_is_said_with_every_page() -> None:
    policy = Client().get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert Client().get("/")["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/", "/how-it-works", "/sign-in", "/password/forgotten", "/no/such"])
def test_no_page_carries_a_style_or_a_script_of_its_own(address: str) -> None:
    text = Client().get(address).text
    assert " style=" not in text
    assert "<style" not in text
    assert "onclick" not in text
    assert "<script>" not in text
