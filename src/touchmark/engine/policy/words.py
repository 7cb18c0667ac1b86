"""What people read of clocks and laws, in English, as texts to be translated."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from touchmark.engine.policy.rules import ClockRule
from touchmark.engine.policy.which_law import NoGround


def gives_time_for(rule: ClockRule) -> str:
    """Say what a clock gives time for."""
    return _words()["clock"][rule.clock]


def others_have_time_for(rule: ClockRule) -> str:
    """Say what somebody else than the reader has time for, where a clock's own words speak to whoever it waits for."""
    return _words()["others"].get(rule.clock) or gives_time_for(rule)


def gives_time_to(reader: str, rule: ClockRule) -> str:
    """Say what a clock gives time for, to one of the parties; to ``""`` as if it waited for whoever reads."""
    return gives_time_for(rule) if reader in ("", rule.waits_for) else others_have_time_for(rule)


def happens_then(rule: ClockRule) -> str:
    """Say what happens when its moment has passed."""
    return _words()["then"][rule.then]


def why_no_ground(reason: NoGround) -> str:
    """Say why a right grounds nothing against a listing."""
    return _words()["no_ground"][reason]


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    file = resources.files("touchmark.engine.policy") / "data" / "tables" / "words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
