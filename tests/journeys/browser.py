"""The browser of the journeys: Chromium, what it complains about, accessibility, screenshots."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.journeys.looking import finished

ROOT = Path(__file__).resolve().parent.parent.parent
SHOTS = ROOT / "var" / "shots"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: The sizes that pages are looked at in: a phone, a small desk, a large one.
SIZES = {"390": (390, 844), "1280": (1280, 800), "1920": (1920, 1080)}
THEMES = ("light", "dark")
#: How long to wait for what a page should show, in milliseconds: long, for machines that are busy with other tests.
PATIENCE = 20_000


def chromium() -> str | None:
    """Give the path of Chromium: ``TOUCHMARK_CHROMIUM``, or the one on the path."""
    named = os.environ.get("TOUCHMARK_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def launched(executable: str) -> Iterator[Browser]:
    """Run Chromium for as long as the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Complaints(list[str]):
    """What pages complained about: errors of scripts, of the console, breaches of the content-security policy."""

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure or ""))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.append(f"{message.type}: {message.text}")

    def _failed(self, url: str, why: str) -> None:
        if "ERR_ABORTED" not in why:  # a request that the next page cut short
            self.append(f"request: {url} {why}")


def new_page(browser: Browser, base_url: str, *, scripts: bool = True) -> tuple[BrowserContext, Page, Complaints]:
    """Open a page of its own: nothing of another test's cookies, and ears for what it complains about."""
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": 1280, "height": 800},
        java_script_enabled=scripts,
        reduced_motion="reduce",
        color_scheme="light",
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    complaints = Complaints()
    complaints.listen(page)
    return context, page, complaints


#: Drawn anew since the screen or the theme changed, and no colour on its way to another.
AT_REST = """async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  await Promise.allSettled(document.getAnimations().map((one) => one.finished));
}"""


def findings(page: Page) -> list[str]:
    """Give what axe finds wrong on this page in both themes, and on which screen it is wider than the screen."""
    page.wait_for_load_state()  # a click returns once the next page has begun, and it may hold nothing yet
    return [*_too_wide(page), *_axe(page)]


def _too_wide(page: Page) -> list[str]:
    found, before = [], page.viewport_size
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        taken = page.evaluate("document.documentElement.scrollWidth")
        if taken > width:
            found.append(f"{taken} px wide on a screen of {width}")
    if before:
        page.set_viewport_size(before)
    return found


def _axe(page: Page) -> list[str]:
    found = []
    finished(page)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.evaluate(AT_REST)
        for broken in Axe().run(page).response["violations"]:
            places = "; ".join(str(node["target"]) for node in broken["nodes"][:5])
            found.append(f"{theme}: {broken['id']}: {broken['help']}: {places}")
    page.emulate_media(color_scheme="light")
    return found


def shoot(page: Page, name: str) -> None:
    """Keep screenshots of this page at every size and in both themes."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            page.screenshot(path=SHOTS / f"{name}-{size}-{theme}.png", full_page=size == "390")
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
