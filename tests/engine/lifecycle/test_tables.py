"""Every life, whole: each status, event and role against a printed matrix; nothing can be forgotten half-way."""

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from touchmark.engine import lifecycle as package
from touchmark.engine.lifecycle.appeal import APPEAL
from touchmark.engine.lifecycle.counter_notice import POLICY_COUNTER, STATUTORY_COUNTER, life_of
from touchmark.engine.lifecycle.decision import RESTRICTION
from touchmark.engine.lifecycle.drawing import LIVES
from touchmark.engine.lifecycle.table import AlreadyThere, IllegalMove, Lifecycle, NotYours, move
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Party
from touchmark.engine.terms import NOBODYS, RightKind, Role

PEOPLE = set(Role) - NOBODYS | {Role.GUEST}

#: life: status -> event -> "where it leads: by whom". What is not printed there must be refused.
PRINTED = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text(encoding="utf-8"))
MATRIX = {
    life: {
        status: {event: (told.split(": ")[0], told.split(": ")[1]) for event, told in events.items()}
        for status, events in statuses.items()
        if status != "final"
    }
    for life, statuses in PRINTED.items()
}

#: Statuses in which nothing more need happen; everything else waits for a clock, or for somebody named in the matrix.
FINAL = {life: set(statuses["final"]) for life, statuses in PRINTED.items()}
EVERY_RULE = [rule for regime in regimes().values() for rule in regime.clocks]
RULES = {rule.clock: rule for rule in EVERY_RULE}
#: What a late answer brings about is done by people: the clock moves nothing.
TOLD_ONLY = {"escalates", "overdue"}


def every_step() -> Iterator[tuple[Lifecycle, str, str, Role]]:
    for life in LIVES:
        for status in sorted(life.statuses):
            for event in sorted(life.events):
                for role in Role:
                    yield life, status, event, role


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_the_table_names_just_the_statuses_of_the_matrix(life: Lifecycle) -> None:
    assert life.statuses == set(MATRIX[life.name])


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_every_status_event_and_role_is_as_printed(life: Lifecycle) -> None:
    for one, status, event, role in every_step():
        if one is not life:
            continue
        leads, by = MATRIX[life.name][status].get(event, (None, ""))
        if leads is not None and role in by.split():
            assert life.step(status, event, roles={role}).to == leads
        elif leads is not None:
            with pytest.raises(NotYours):
                life.step(status, event, roles={role})
        else:
            with pytest.raises(IllegalMove):
                life.step(status, event, roles=set(Role))


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_every_status_can_be_reached(life: Lifecycle) -> None:
    reached = {life.start}
    for _ in life.rows:
        reached |= {row.to for row in life.rows if row.origin & reached}
    assert reached == life.statuses


def test_every_life_is_printed() -> None:
    assert [life.name for life in LIVES] == list(PRINTED)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_nothing_waits_for_nobody(life: Lifecycle) -> None:
    """Where something is not over, a clock runs that does something or calls somebody, or a person can act."""
    for status in life.statuses - FINAL[life.name] - {life.start}:
        people = list(life.moves_from(status, roles=PEOPLE))
        system = (
            life.name == "restriction"
        )  # the marketplace's program answers; the outbox tells it again until it does
        assert life.clocks_in(status) or people or system, f"a {life.name} that is {status} waits for nobody"


#: Where somebody of the platform must act and no clock calls them, and why that is no gap.
UNTIMED = {
    ("right", "submitted"): "the desk lists rights to verify, the longest waiting first; nothing runs under one yet",
    ("filing", "complete"): "each of its items has a clock of its own",
    ("notice item", "joined"): "it is answered with the one that it is joined to, whose clock runs",
    ("counter-notice by statute", "held"): "the suit that holds it has clocks of its own in each of its statuses",
    ("counter-notice by policy", "held"): "the suit that holds it has clocks of its own in each of its statuses",
    ("counter-notice by policy", "forwarded"): "it arrives in the same moment, and never stays there",
    ("decision", "held"): "its listing waits in the desk's queue, before all that is on sale",
    ("decision", "to_correct"): "it has a day of its own, which the sweep acts on (`flows.correct_listing`)",
    ("restriction", "ordered"): "the outbox tells the marketplace again until it answers",
    ("dispute", "decided"): "the body has decided; following it is the platform's choice, and binds nobody",
    ("dispute", "overdue"): "it waits for the body, which is late",
    ("informing buyers", "informed"): "it is done; how many were told may still be counted",
    ("informing buyers", "published"): "it is done; how many were told may still be counted",
    ("informing buyers", "overdue"): "its clock has called, and it stays on the first page of whoever leads the desk",
    ("trusted flagger", "active"): "it has a day of its own on which it expires",
    ("trusted flagger", "suspended"): "it has a day of its own on which it expires",
    ("rule", "draft"): "what nobody switches on does nothing",
    ("rule", "shadow"): "what nobody switches on does nothing",
    ("rule", "proposed"): "what nobody switches on does nothing",
    ("rule", "stopped"): "what nobody switches on does nothing",
    ("trader", "given"): "it has a day of its own, which the sweep acts on (`flows.trader_clocks`)",
    ("proof", "filed"): "the listings that wait for it stand in the queue with it",
}
OURS = {Role.REVIEWER, Role.POLICY_OWNER, Role.OPERATOR}


def test_where_the_platform_must_act_a_clock_calls_it_or_it_is_said_why_none_does() -> None:
    waits = {
        (life.name, str(status))
        for life in LIVES
        for status in life.statuses - FINAL[life.name] - {life.start}
        if not life.clocks_in(status) and any(life.moves_from(status, roles=OURS))
    }
    assert waits == {*UNTIMED}


def test_a_clock_that_waits_for_the_platform_calls_it() -> None:
    ours = {name for life in LIVES for names in life.clocks.values() for name in names}
    late = {rule.then for rule in EVERY_RULE if rule.clock in ours and rule.waits_for == Party.PLATFORM}
    assert late <= {"escalates", "overdue", "warning_ends", "suspension_ends"}


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_a_clock_is_one_of_the_law_and_has_a_move_to_make(life: Lifecycle) -> None:
    for status, names in life.clocks.items():
        assert status not in FINAL[life.name]
        moves = list(life.moves_from(status, roles={Role.CLOCK}))
        acting = [name for name in names if RULES[name].then not in TOLD_ONLY]
        assert bool(moves) or not acting, f"{acting} of a {life.name} that is {status} would do nothing"


#: What has a day of its own beside its clocks, on which a sweep moves it.
OWN_DAY = {"decision": {"to_correct"}}


@pytest.mark.parametrize("life", [life for life in LIVES if life.clocks], ids=lambda life: life.name)
def test_what_a_clock_moves_has_a_clock_that_runs(life: Lifecycle) -> None:
    moved = {status for row in life.rows if Role.CLOCK in row.by for status in row.origin}
    assert moved - FINAL[life.name] <= set(life.clocks) | OWN_DAY.get(life.name, set())


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_the_buttons_of_a_page_are_the_moves_that_would_be_allowed(life: Lifecycle) -> None:
    for status in life.statuses:
        for role in Role:
            offered = {found.event for found in life.moves_from(status, roles={role})}
            allowed = {event for event, (_, by) in MATRIX[life.name][status].items() if role in by.split()}
            assert offered == allowed


def test_a_second_decision_on_an_appeal_is_told_apart_from_an_impossible_one() -> None:
    with pytest.raises(AlreadyThere):
        APPEAL.step(APPEAL.folded(["file", "reverse"]), "reverse", roles={Role.REVIEWER})
    with pytest.raises(IllegalMove, match="not possible any more") as refusal:
        APPEAL.step(APPEAL.folded(["file", "reverse"]), "uphold", roles={Role.REVIEWER})
    assert not isinstance(refusal.value, AlreadyThere)


def test_events_fold_to_the_status_they_lead_to() -> None:
    assert RESTRICTION.folded(["order", "order_lift", "confirm_late", "confirm_lift"]) == "lifted"
    with pytest.raises(IllegalMove):
        RESTRICTION.folded(["order", "confirm_lift"])


def test_two_moves_for_one_event_are_refused_when_the_table_is_read() -> None:
    start = APPEAL.start
    rows = [move("go", start, start, Role.CLOCK), move("go", start, start, Role.SELLER)]
    with pytest.raises(ValueError, match="two moves for 'go'"):
        Lifecycle("thing", start=start, rows=rows)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_a_clock_that_stands_still_may_by_some_rule_and_runs_elsewhere(life: Lifecycle) -> None:
    running = {name for names in life.clocks.values() for name in names}
    for status, names in life.still.items():
        assert set(names) <= running - set(life.clocks_in(status))
        assert all(any(rule.pauses for rule in EVERY_RULE if rule.clock == name) for name in names)


def test_clocks_that_run_in_no_status_are_refused_when_the_table_is_read() -> None:
    start = APPEAL.start
    with pytest.raises(ValueError, match="clocks run in lost"):
        Lifecycle(
            "thing",
            start=start,
            rows=[move("go", start, start, Role.CLOCK)],
            clocks={STATUTORY_COUNTER.start: (), Lost.LOST: ("draft",)},
        )


class Lost(StrEnum):
    LOST = "lost"


@pytest.mark.parametrize(
    ("regime", "kind", "statutory"),
    [
        ("us", RightKind.COPYRIGHT, True),
        ("us", RightKind.WORD_MARK, False),
        ("cn", RightKind.WORD_MARK, True),
        ("cn", RightKind.PATENT, True),
        ("kr", RightKind.COPYRIGHT, True),
        ("kr", RightKind.DESIGN, False),
        ("eu", RightKind.COPYRIGHT, False),
        ("platform", RightKind.COPYRIGHT, False),
    ],
)
def test_by_statute_only_a_suit_stops_the_return_by_policy_an_objection_does(
    regime: str, kind: RightKind, statutory: bool
) -> None:
    life = life_of(statutory=regimes()[regime].counters_by_statute(kind))
    assert life is (STATUTORY_COUNTER if statutory else POLICY_COUNTER)
    told = ["file", "forward", "arrive", "object"]
    if statutory:
        assert life.folded([*told, "object", "put_back"]) == "put_back"
        with pytest.raises(IllegalMove):
            life.folded([*told, "reject"])
    else:
        assert life.folded([*told, "reject"]) == "rejected"
        with pytest.raises(IllegalMove):
            life.folded([*told, "put_back"])  # a holder who objected in time is not silent
    assert life.folded([*told[:-1], "show_suit", "strike_out", "put_back"]) == "put_back"
    assert life.folded([*told[:-1], "show_suit", "end_for_holder"]) == "kept"


def test_every_life_that_is_written_is_drawn_and_printed() -> None:
    modules = [import_module(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__)]
    written = [life for module in modules for life in vars(module).values() if isinstance(life, Lifecycle)]
    assert {id(life) for life in written} == {id(life) for life in LIVES}
