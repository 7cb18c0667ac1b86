"""Certified bodies: dated, cited, marked where not verified; named by language."""

from datetime import date
from typing import Any

import pytest

from touchmark.engine.policy.bodies import NEEDED, NoSuchBody, bodies, body, body_of, fit_for
from touchmark.engine.policy.load import UnusablePolicy

ROW: dict[str, Any] = {
    "id": "x",
    "name": "X",
    "country": "IE",
    "coordinator": "C",
    "certified_from": date(2025, 1, 1),
    "url": "https://x.example/",
    "source": "S",
}


def test_each_is_certified_by_somebody_from_a_day_on_by_a_source() -> None:
    for one in bodies():
        assert all(getattr(one, name) for name in NEEDED)
        assert set(one.not_verified) <= {"languages", "certified_until", "fee", "url", "fields"}
        assert one.certified_until or "certified_until" in one.not_verified


@pytest.mark.parametrize("name", NEEDED)
def test_one_that_lacks_something_is_refused(name: str) -> None:
    with pytest.raises(UnusablePolicy, match=name):
        body_of({key: value for key, value in ROW.items() if key != name})


def test_only_those_certified_on_the_day_are_named() -> None:
    assert fit_for("en", on=date(2024, 7, 11)) == ()
    assert [one.id for one in fit_for("en", on=date(2024, 7, 12))] == ["adroit"]
    assert "appeals-centre-europe" in {one.id for one in fit_for("en", on=date(2029, 9, 26))}
    assert "appeals-centre-europe" not in {one.id for one in fit_for("en", on=date(2029, 9, 27))}


def test_one_that_is_known_not_to_speak_a_language_is_left_out_and_an_unknown_one_is_not() -> None:
    on = date(2026, 1, 1)
    german, chinese = ({one.id for one in fit_for(code, on=on)} for code in ("de", "zh-hans"))
    assert german - chinese == {"user-rights"}
    assert "adroit" in chinese
    assert fit_for("de", on=on)[0].id == "adroit"  # the others' field is another kind of platform


def test_by_id() -> None:
    assert body("adroit").country == "MT"
    with pytest.raises(NoSuchBody):
        body("nobody")
