"""Every life, whole: each status, event and role against a printed matrix; nothing can be forgotten half-way."""

from collections.abc import Iterator

import pytest

from touchmark.engine.lifecycle.appeal import APPEAL
from touchmark.engine.lifecycle.decision import DECISION, RESTRICTION
from touchmark.engine.lifecycle.notice import NOTICE
from touchmark.engine.lifecycle.right import RIGHT
from touchmark.engine.lifecycle.rule import RULE
from touchmark.engine.lifecycle.table import AlreadyThere, IllegalMove, Lifecycle, NotYours, move
from touchmark.engine.terms import Role

LIVES = [RIGHT, NOTICE, DECISION, RESTRICTION, APPEAL, RULE]

#: life: status -> event -> (where it leads, by whom). What is not printed here must be refused.
MATRIX = {
    "right": {
        "new": {"submit": ("submitted", "agent holder operator system")},
        "submitted": {
            "verify": ("verified", "reviewer"),
            "decline": ("declined", "reviewer"),
            "amend": ("submitted", "agent holder operator system"),
            "withdraw": ("withdrawn", "agent holder"),
        },
        "verified": {
            "amend": ("submitted", "agent holder operator system"),
            "withdraw": ("withdrawn", "agent holder"),
        },
        "declined": {
            "amend": ("submitted", "agent holder operator system"),
            "withdraw": ("withdrawn", "agent holder"),
        },
        "withdrawn": {},
    },
    "notice": {
        "new": {"file": ("received", "agent holder")},
        "received": {
            "uphold": ("upheld", "reviewer"),
            "refuse": ("refused", "reviewer"),
            "withdraw": ("withdrawn", "agent holder"),
        },
        "upheld": {"reverse": ("reversed", "reviewer")},
        "refused": {},
        "withdrawn": {},
        "reversed": {},
    },
    "decision": {
        "new": {
            "restrict": ("in_force", "reviewer system"),
            "dismiss": ("dismissed", "reviewer"),
            "ask_correction": ("to_correct", "reviewer"),
            "hold": ("held", "reviewer system"),
            "propose": ("proposed", "reviewer system"),
        },
        "in_force": {"reverse": ("reversed", "policy_owner reviewer"), "end": ("ended", "clock")},
        "ended": {"reverse": ("reversed", "policy_owner reviewer")},
        "to_correct": {
            "correct": ("corrected", "reviewer system"),
            "lapse": ("in_force", "clock"),
            "replace": ("replaced", "reviewer system"),
            "reverse": ("reversed", "policy_owner reviewer"),
        },
        "corrected": {"reverse": ("reversed", "policy_owner reviewer")},
        "held": {
            "release": ("released", "reviewer system"),
            "replace": ("replaced", "reviewer system"),
            "reverse": ("reversed", "policy_owner reviewer"),
        },
        "released": {"reverse": ("reversed", "policy_owner reviewer")},
        "replaced": {"reverse": ("reversed", "policy_owner reviewer")},
        "proposed": {
            "approve": ("in_force", "policy_owner reviewer"),
            "decline": ("declined", "policy_owner reviewer"),
        },
        "declined": {},
        "dismissed": {},
        "reversed": {},
    },
    "restriction": {
        "new": {"order": ("ordered", "clock policy_owner reviewer system")},
        "ordered": {
            "confirm": ("in_place", "system"),
            "order_lift": ("lift_ordered", "clock policy_owner reviewer system"),
        },
        "in_place": {"order_lift": ("lift_ordered", "clock policy_owner reviewer system")},
        "lift_ordered": {"confirm_late": ("lift_ordered", "system"), "confirm_lift": ("lifted", "system")},
        "lifted": {},
    },
    "appeal": {
        "new": {"file": ("filed", "seller")},
        "filed": {
            "uphold": ("upheld", "reviewer"),
            "reverse": ("reversed", "reviewer"),
            "withdraw": ("withdrawn", "seller"),
        },
        "upheld": {},
        "reversed": {},
        "withdrawn": {},
    },
    "rule": {
        "new": {"write": ("draft", "policy_owner")},
        "draft": {
            "amend": ("draft", "policy_owner"),
            "shadow": ("shadow", "policy_owner"),
            "retire": ("retired", "policy_owner"),
        },
        "shadow": {
            "switch_on": ("live", "policy_owner"),
            "propose": ("proposed", "policy_owner"),
            "retire": ("retired", "policy_owner"),
        },
        "proposed": {
            "approve": ("live", "policy_owner"),
            "send_back": ("shadow", "policy_owner"),
            "retire": ("retired", "policy_owner"),
        },
        "live": {
            "stop": ("stopped", "policy_owner reviewer"),
            "brake": ("stopped", "system"),
            "replace": ("retired", "policy_owner"),
            "retire": ("retired", "policy_owner"),
        },
        "stopped": {
            "switch_on": ("live", "policy_owner"),
            "propose": ("proposed", "policy_owner"),
            "replace": ("retired", "policy_owner"),
            "retire": ("retired", "policy_owner"),
        },
        "retired": {},
    },
}

#: Statuses in which nothing more need happen; everything else waits for somebody named in the matrix.
FINAL = {
    "right": {"verified", "declined", "withdrawn"},
    "notice": {"upheld", "refused", "withdrawn", "reversed"},
    "decision": {
        "in_force",
        "dismissed",
        "reversed",
        "ended",
        "corrected",
        "released",
        "replaced",
        "declined",
    },
    "restriction": {"in_place", "lifted"},
    "appeal": {"upheld", "reversed", "withdrawn"},
    "rule": {"live", "retired"},
}


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


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_nothing_waits_for_nobody(life: Lifecycle) -> None:
    for status in life.statuses - FINAL[life.name]:
        assert list(life.moves_from(status, roles=set(Role))), f"a {life.name} that is {status} waits for nobody"


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
