"""What people do, and when: drawn for each case from its own numbers, so that faults change nothing of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.year.cases import Case
from touchmark.engine.policy.clocks import Happening
from touchmark.engine.policy.open_time import HOUR, open_time
from touchmark.engine.policy.rules import Place
from touchmark.engine.policy.which_law import Claim, Entity, Law, Offer, law_of
from touchmark.engine.terms import RightKind, Role

YEAR = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
H, S, R, SYSTEM = Role.HOLDER, Role.SELLER, Role.REVIEWER, Role.SYSTEM
PLACES = {
    "american": ("US", Place("us", ZoneInfo("America/New_York")), ("US",)),
    "european": ("IE", Place("be", ZoneInfo("Europe/Brussels")), ("EU",)),
    "chinese": ("CN", Place("cn", ZoneInfo("Asia/Shanghai")), ("CN",)),
    "british": ("GB", Place("gb", ZoneInfo("Europe/London")), ("GB",)),
    "indian": ("IN", Place("in", ZoneInfo("Asia/Kolkata")), ("IN",)),
    "korean": ("KR", Place("kr", ZoneInfo("Asia/Seoul")), ("KR",)),
}
KINDS = (RightKind.WORD_MARK, RightKind.COPYRIGHT, RightKind.DESIGN, RightKind.PATENT)


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody means to do: a move of a life, or a clock that stands still or goes on."""

    at: datetime
    life: str
    event: str
    role: Role


def cases(notices: int, seed: int) -> Iterator[tuple[Case, datetime, "Draws"]]:
    """Give the cases of a year with the moment of each notice and the draws of each case."""
    number = 0
    for notice in range(notices):
        rng = np.random.default_rng((seed, notice))
        at = YEAR + timedelta(seconds=int(rng.random() * 365 * 86400))
        name = list(PLACES)[int(rng.choice(len(PLACES), p=[0.25, 0.3, 0.25, 0.1, 0.05, 0.05]))]
        kind = KINDS[int(rng.choice(4, p=[0.55, 0.3, 0.1, 0.05]))]
        common = rng.random(2)
        for _ in range(int(rng.choice([1, 2, 3], p=[0.8, 0.15, 0.05]))):
            number += 1
            case = Case(number, notice, name, PLACES[name][1], _law(name, kind, at).regime, kind)
            yield case, at, Draws(np.concatenate([common, rng.random(14)]))


def _law(name: str, kind: RightKind, at: datetime) -> Law:
    established, place, sells_in = PLACES[name]
    entity = Entity(name, established, place, sells_in)
    found = law_of(Claim(kind, sells_in), Offer("", entity), on=at.date())
    assert isinstance(found, Law)
    return found


class Draws:
    """What chance has in store for one case."""

    def __init__(self, numbers: np.ndarray) -> None:
        self.incomplete, self.completed, *_ = (float(x) for x in numbers)
        self.numbers = [float(x) for x in numbers[2:]]

    def after(self, at: datetime, place: int, mean: timedelta) -> datetime:
        """Give a moment after some exponential time."""
        return at + max(timedelta(minutes=1), -mean * float(np.log1p(-self.numbers[place])))

    def worked(self, at: datetime, place: int, mean_hours: float, where: Place) -> datetime:
        """Give a moment after some exponential time of working days."""
        length = int(-mean_hours * HOUR * float(np.log1p(-self.numbers[place])))
        return open_time(where).after(at, max(length, HOUR // 60))


def begin(case: Case, at: datetime, draws: Draws) -> None:
    """File the notice: complete, or lacking something."""
    if draws.incomplete < 0.2:
        case.act("filing", "file_incomplete", H, at)
        case.act("item", "name", H, at)
    else:
        case.act("filing", "file", H, at)
        case.act("item", "file", H, at)


def next_deeds(case: Case, draws: Draws) -> list[Deed]:
    """Give what people mean to do next where the case stands, the first first; the clock may be faster."""
    item, counter = case.status["item"], case.status["counter"]
    if item == "waiting":
        return _complete(case, draws)
    if item in ("received", "examined"):
        return _judge(case, draws)
    if item == "upheld":
        return _answer(case, draws) if counter in ("new", "incomplete") else _counter(case, draws)
    return []


def _complete(case: Case, draws: Draws) -> list[Deed]:
    if draws.completed > 0.8:
        return []
    at = draws.after(case.since["item"], 0, 6 * DAY)
    return [Deed(at, "filing", "complete", H), Deed(at, "item", "begin", H)]


def _judge(case: Case, draws: Draws) -> list[Deed]:
    since = case.since["item"]
    asked = any(event == "ask_examiner" for _, _, event in case.history)
    if case.status["item"] == "examined":
        return [Deed(draws.after(since, 1, 2 * DAY), "item", "examined", H)]
    if draws.numbers[2] < 0.1 and not asked:
        return [Deed(draws.worked(since, 3, 2, case.place), "item", "ask_examiner", R)]
    if draws.numbers[2] > 0.97:
        return [Deed(draws.after(since, 3, DAY / 4), "item", "withdraw", H)]
    event = "uphold" if draws.numbers[4] < 0.75 else "refuse"
    return [Deed(draws.worked(since, 3, 6, case.place), "item", event, R)]


def _answer(case: Case, draws: Draws) -> list[Deed]:
    since = case.since["item"]
    if draws.numbers[5] > 0.4:
        return []
    if case.status["counter"] == "incomplete":
        at = draws.after(case.since["counter"], 7, 7 * DAY)
        return [Deed(at, "counter", "complete", S)] if draws.numbers[5] < 0.05 else []
    event = "file_incomplete" if draws.numbers[5] < 0.08 else "file"
    return [Deed(draws.after(since, 6, 3 * DAY), "counter", event, S)]


def _counter(case: Case, draws: Draws) -> list[Deed]:
    since, status = case.since["counter"], case.status["counter"]
    if status == "received":
        return [Deed(draws.after(since, 8, DAY / 3), "counter", "forward", R)]
    if status == "forwarded":
        return [Deed(draws.after(since, 9, DAY), "counter", "arrive", SYSTEM)]
    if status == "arrived":
        return _holder(case, draws, since)
    if status == "answered":
        event = "allow" if draws.numbers[11] < 0.4 else "reject"
        return [Deed(draws.worked(since, 12, 48, case.place), "counter", event, R)]
    if status == "held":
        event = "end_for_seller" if draws.numbers[5] < 0.2 else "end_for_holder"
        return [Deed(draws.after(since, 12, 90 * DAY), "counter", event, R)]
    return [Deed(since + timedelta(seconds=1), "item", "put_back", SYSTEM)] if status == "put_back" else []


def _holder(case: Case, draws: Draws, since: datetime) -> list[Deed]:
    said = {event for _, _, event in case.history}
    first = draws.after(since, 10, 4 * DAY)
    later = draws.after(first, 13, 8 * DAY)
    if draws.numbers[11] < 0.1:
        return [Deed(first, "counter", "accept", H)]
    if not case.statutory:
        return [Deed(first, "counter", "object", H)] if draws.numbers[11] < 0.6 else []
    if "object" not in said:
        return [Deed(first, "counter", "object", H)]
    if case.regime == "cn" and draws.numbers[11] > 0.85 and "claim_delay" not in said:
        return [Deed(first + timedelta(hours=1), "counter", "claim_delay", H)]
    return [Deed(later, "counter", "show_suit", H)] if draws.numbers[11] < 0.5 else []


def do(case: Case, deed: Deed) -> None:
    """
    Do it.

    :raises IllegalMove: if the clock was faster
    """
    case.act(deed.life, deed.event, deed.role, deed.at)
    if deed.event == "claim_delay" and "suit_window" in case.clocks:
        case.pause("suit_window", deed.at, Happening.PAUSE)  # the notary never answers: the law's limit ends it
