"""A page as people of both languages read it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from touchmark.apps.accounts.models import User


def both_languages(
    page: Page, reader: User, axe: Callable[[Page], None], shots: Callable[[Page, str], None], name: str
) -> None:
    """Look at a page in Chinese, then in English, wide and narrow."""
    for language in ("zh-hans", "en"):
        reader.language = language
        reader.save(update_fields=["language"])
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", language)
        axe(page)
        shots(page, f"{name}-{language}")
