"""
axe on every page that a journey stops at, whoever writes it: nothing has to be asked for.

Each page that loads looks at itself, once for each distinct page, language and state in a run of the tests: addresses
that differ in numbers and references alone are one page. What it finds fails the journey. A journey still calls ``axe``
where something opens on a page, and for the dark theme and the narrow screen.
"""

import contextlib
from hashlib import sha256
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Error, Page

#: Looks once the page has loaded; axe itself is read by the browser only where a page is new.
SCRIPT = """
(() => {
  if (window.top !== window || location.origin !== %(origin)s) return;
  const axeRead = function () { %(axe)s };
  const place = () => {
    const parts = location.pathname.split("/").map((part) => (/\\d|^.{30,}$/.test(part) ? "*" : part));
    const state = document.querySelector(".summary[role=alert], .wrong") ? "wrong" : "";
    return [parts.join("/"), document.documentElement.lang, state].join(" ");
  };
  const look = async () => {
    const page = place();
    if (!(await window.axeAsked(page))) return;
    axeRead.call(window);
    const found = await window.axe.run(document, { resultTypes: ["violations"], preload: false });
    const told = found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((n) => n.target).slice(0, 5)}`);
    await window.axeSaid(page, told);
  };
  window.axeDone = new Promise((done) => {
    addEventListener("load", () => setTimeout(() => look().catch(() => 0).finally(done), 0));
  });
})();
"""


class Looking:
    """What has been looked at in this run, kept in a folder of all its processes; and what was found in this one."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.found: list[str] = []

    def at_all_of(self, context: BrowserContext, origin: str) -> None:
        """Have every page of a context looked at from now on."""
        context.expose_function("axeAsked", lambda page: not self._of(page).exists())
        context.expose_function("axeSaid", self._said)
        context.add_init_script(SCRIPT % {"origin": repr(origin), "axe": AXE_SCRIPT})

    def _of(self, page: str) -> Path:
        return self.folder / sha256(page.encode()).hexdigest()

    def taken(self) -> list[str]:
        """Give what was found, once."""
        found, self.found = self.found, []
        return found

    def _said(self, page: str, told: list[Any]) -> None:
        self._of(page).touch()
        self.found += [f"axe on {page}: {one}" for one in told]


def finished(page: Page) -> None:
    """Wait until the page has looked at itself; one that is gone, or has no scripts, has not."""
    with contextlib.suppress(Error):
        page.evaluate("window.axeDone")
