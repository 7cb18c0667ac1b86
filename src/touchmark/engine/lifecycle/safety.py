"""
What follows from goods that can injure: duties of product safety (GPSR), and suspicions of a crime (DSA, art. 18).

A duty that is late stays due: its clock calls somebody, and moves nothing.
"""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class SafetyStatus(StrEnum):
    """Where a duty of product safety stands."""

    NEW = "new"
    DUE = "due"
    MET = "met"
    SET_ASIDE = "set_aside"  # somebody who leads says why it is not owed
    ENDED = "ended"  # the decision was undone before anybody was told
    TO_TAKE_BACK = "to_take_back"  # it was undone afterwards: whoever was told is to hear of it
    TAKEN_BACK = "taken_back"


class SuspicionStatus(StrEnum):
    """Where a suspicion of a crime against life or safety stands."""

    NEW = "new"
    RAISED = "raised"
    REPORTED = "reported"
    DROPPED = "dropped"


S, P = SafetyStatus, SuspicionStatus
REVIEWS = {Role.REVIEWER, Role.POLICY_OWNER}
#: Who tells the police, and sees every suspicion.
OFFICERS = {Role.POLICY_OWNER, Role.INVESTIGATOR}

SAFETY = Lifecycle(
    "safety duty",
    start=S.NEW,
    rows=[
        move("begin", S.NEW, S.DUE, Role.SYSTEM),
        move("meet", S.DUE, S.MET, {*REVIEWS, Role.SYSTEM}),
        move("tell_more", S.MET, S.MET, REVIEWS),
        move("set_aside", S.DUE, S.SET_ASIDE, Role.POLICY_OWNER),
        move("owe_after_all", S.SET_ASIDE, S.DUE, Role.POLICY_OWNER),
        move("end", {S.DUE, S.SET_ASIDE}, S.ENDED, Role.SYSTEM),
        move("undo", S.MET, S.TO_TAKE_BACK, Role.SYSTEM),
        move("take_back", S.TO_TAKE_BACK, S.TAKEN_BACK, REVIEWS),
    ],
    clocks={
        S.DUE: ("safety_notice", "tell_authorities", "warn_consumers"),
        S.TO_TAKE_BACK: ("take_back_safety",),
    },
)

SUSPICION = Lifecycle(
    "suspicion",
    start=P.NEW,
    rows=[
        move("raise", P.NEW, P.RAISED, REVIEWS | OFFICERS),
        move("report", P.RAISED, P.REPORTED, OFFICERS),
        move("report_more", P.REPORTED, P.REPORTED, OFFICERS),
        move("drop", P.RAISED, P.DROPPED, OFFICERS),
        move("raise_again", P.DROPPED, P.RAISED, OFFICERS),
    ],
    clocks={P.RAISED: ("tell_police",)},
)
