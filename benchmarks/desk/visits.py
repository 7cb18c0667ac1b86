"""What reviewers do at the desk: the queue in every order and by every filter, finding, deciding, going on."""

import random
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

from benchmarks.desk.filling import CATEGORIES, MARKETS, RIGHTS
from benchmarks.desk.going import Going, got

Page = tuple[str, Callable[[], Any]]


class Fields(HTMLParser):
    """What a form on a page would send: its inputs, areas and selected options, by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.area = self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "input" and name and (said.get("type") not in ("radio", "checkbox") or "checked" in said):
            self.sent[name] = said.get("value") or ""
        elif tag == "textarea":
            self.area, self.sent[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in said:
            self.sent[self.select] = said.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area


class Deciding:
    """Decisions that are prepared beforehand, with all that their pages would send: only deciding is timed."""

    def __init__(self, rita: Any) -> None:
        self._rita = rita
        self._prepared: list[tuple[str, dict[str, str]]] = []

    def following(self) -> str:
        """Go on to the next listing."""
        answer = self._rita.post("/desk/next/")
        assert answer.status_code == 302
        return str(answer.headers["Location"])

    def prepare(self, count: int) -> None:
        for _ in range(count):
            address = self.following()
            fields = {name: value for name, value in Fields(got(self._rita, address)).sent.items() if name != "note"}
            answers = {name: "refuse" for name in fields if name.endswith("-reasons")}
            said = {name.replace("-reasons", "-outcome"): "refuse" for name in answers}
            reasons = dict.fromkeys(answers, "It is a lawful use.")
            sent = fields | said | reasons | {"kind": "none", "facts": "Nothing.", "decide": "y"}
            self._prepared.append((address, sent))
            self._rita.post(f"/desk/skip{address.removeprefix('/desk')}", {"reason": "unsure"})

    def decide(self) -> None:
        address, fields = self._prepared.pop()
        answer = self._rita.post(address, fields)
        assert answer.status_code == 302, (address, answer.status_code)


def of_the_desk(rita: Any, paul: Any, waiting: int, requests: int, only: str) -> Iterator[Page]:
    """Give what is measured: a name, and a request that draws its own parameters."""
    draw = random.Random(1)  # noqa: S311  # the same pages each time
    deciding = Deciding(rita)
    yield from queues(rita, draw)
    yield from finding(rita, draw, waiting)
    yield "decision page", lambda: got(rita, listing(draw, waiting))
    yield "preview beside the queue", lambda: preview(rita, listing(draw, waiting))
    yield "decide many alike: same seller", lambda: got(rita, alike(draw, waiting, "seller"))
    yield "decide many alike: same text", lambda: got(rita, alike(draw, waiting, "text"))
    yield "decide many alike: same photo", lambda: got(rita, alike(draw, waiting, "photo"))
    yield "next", deciding.following
    if only in "decide, and on to the next":
        deciding.prepare(requests + 2)
        yield "decide, and on to the next", deciding.decide
    yield "first page of a reviewer", lambda: got(rita, "/desk/home/")
    yield "first page of who leads", lambda: got(paul, "/desk/home/")


def listing(draw: random.Random, waiting: int) -> str:
    number = draw.randrange(1, waiting)
    return f"/desk/market-{number % MARKETS}/L-{number}/"


def preview(rita: Any, address: str) -> str:
    return got(rita, address.replace("/desk/", "/desk/preview/", 1), **{"X-Preview": "1"})


def alike(draw: random.Random, waiting: int, way: str) -> str:
    return listing(draw, waiting).replace("/desk/", "/desk/alike/", 1) + f"?alike={way}"


def queues(rita: Any, draw: random.Random) -> Iterator[Page]:
    going = Going(rita)
    yield "queue", lambda: got(rita, "/desk/")
    yield "queue, page after page", lambda: going.on("/desk/")
    for order in ("risk", "due", "age", "views", "sold"):
        yield f"queue by {order}", lambda order=order: got(rita, f"/desk/?order={order}")
    yield "queue by risk, page after page", lambda: going.on("/desk/?order=risk")
    yield "of a right", lambda: got(rita, f"/desk/?right=R-{draw.randrange(1, RIGHTS)}")
    yield "of a brand", lambda: got(rita, "/desk/?brand=aldermoor")
    yield "of a category", lambda: got(rita, f"/desk/?category={draw.choice(CATEGORIES)}".replace(" ", "+"))
    yield "safety-critical goods", lambda: got(rita, "/desk/?goods=safety")
    yield "of a marketplace", lambda: got(rita, f"/desk/?marketplace=market-{draw.randrange(MARKETS)}")
    yield "of a seller", lambda: got(rita, f"/desk/?seller=s-{draw.randrange(1, 3_000)}")
    yield "in a language", lambda: got(rita, f"/desk/?language={draw.choice(['de', 'fr', 'zh', 'en'])}")
    yield "reported ones", lambda: got(rita, "/desk/?part=reported")
    four = "/desk/?marketplace=market-1&language=de&part=act&goods=safety"
    yield "four filters at once", lambda: got(rita, f"{four}&order={draw.choice(['age', 'risk'])}")


def finding(rita: Any, draw: random.Random, waiting: int) -> Iterator[Page]:
    yield "find words of every title", lambda: got(rita, "/desk/find/?q=aldermoor")
    yield "find words of one title", lambda: rita.get(f"/desk/find/?q=aldermoor+{draw.randrange(1, waiting)}")
    yield "find Chinese within a title", lambda: got(rita, "/desk/find/?q=单肩包")
    yield "find what no title says", lambda: got(rita, "/desk/find/?q=nowhere+at+all")
    yield "find by a reference", lambda: rita.get("/desk/find/?q=D-77")
