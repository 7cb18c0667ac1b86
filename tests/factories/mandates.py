"""Mandates for tests, given the way a member gives them."""

from datetime import datetime
from typing import Any

from tests.factories.accounts import AT
from touchmark.apps.mandates import actions, codes
from touchmark.apps.mandates.actions import Given
from touchmark.apps.mandates.models import Mandate
from touchmark.engine.terms import Actor


def given(by: Actor, to: Actor, *, at: datetime = AT, **said: Any) -> Mandate:
    """Let a member give a mandate to an association: from this day on, for all of its rights, unless told otherwise."""
    whole = not said.get("brands") and not said.get("rights")
    what = Given(agent=codes.code_of(to.organisation), **{"from_on": at.date(), "whole": whole} | said)
    return actions.give(said=what, actor=by, at=at)
