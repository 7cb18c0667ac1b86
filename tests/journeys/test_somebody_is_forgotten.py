"""Somebody takes what is kept about them along, has it erased, and nobody signs in with the account again."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts
from tests.factories.accounts import PASSWORD
from tests.journeys.conftest import Site
from touchmark.apps.accounts.models import User
from touchmark.engine.terms import Role
from touchmark.web import clock

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Look = Callable[[Page], None]
Shots = Callable[[Page, str], None]


def test_everything_is_taken_along_and_then_erased(
    site: Site, open_page: Open, axe: Look, shots: Shots, tmp_path: Path
) -> None:
    vera = accounts.member(Role.HOLDER, name="Vera Holm", email="vera@aldermoor.test")
    page = open_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(vera.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/account")
    expect(page.get_by_text("once you have left the organisations that you act for")).to_be_visible()
    axe(page)
    shots(page, "account-data")

    with page.expect_download() as taken:
        page.get_by_role("button", name="Download it").click()
    path = tmp_path / "my-data.zip"
    taken.value.save_as(path)
    kept = json.loads(zipfile.ZipFile(path).read("data.json"))
    assert kept["person"]["email"] == vera.email
    assert [one["role"] for one in kept["roles"]] == ["holder"]

    vera.memberships.update(ended_at=clock.now())  # a colleague has her leave
    page.goto("/account")
    page.get_by_role("link", name="Have it erased and close this account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Have your data erased?")
    axe(page)
    shots(page, "erase")
    page.get_by_label("Your e-mail address").fill("somebody@else.test")
    page.get_by_role("button", name="Erase it").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not the address of your account.")
    axe(page)
    shots(page, "erase-refused")
    page.get_by_label("Your e-mail address").fill(vera.email)
    page.get_by_role("button", name="Erase it").click()
    expect(page.get_by_text("Your data is erased and your account is closed.")).to_be_visible()
    axe(page)
    shots(page, "erased")
    gone = User.objects.get(pk=vera.pk)
    assert (gone.is_active, vera.email in gone.email, "Vera" in gone.name) == (False, False, False)

    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(vera.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    shots(page, "erased-and-turned-away")


def test_the_page_before_it_speaks_chinese_too(site: Site, open_page: Open, axe: Look, shots: Shots) -> None:
    gone = accounts.member(Role.SELLER, name="Wei Lin")
    gone.memberships.update(ended_at=clock.now())
    User.objects.filter(pk=gone.pk).update(language="zh-hans")
    gone.refresh_from_db()
    page = open_page(gone)
    page.goto("/account")
    shots(page, "account-data-zh")
    page.get_by_role("link", name="删除数据并注销此账户").click()
    page.get_by_label("密码").fill(PASSWORD)  # that it is the person, and no browser left open
    axe(page)
    shots(page, "erase-is-it-you-zh")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_label("您的邮箱地址")).to_be_visible()
    axe(page)
    shots(page, "erase-zh")
