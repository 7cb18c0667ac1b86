"""Reasons of notices and grounds of answers, per kind of right."""

import pytest

from touchmark.engine.policy.reasons import (
    NotAGround,
    NotAReason,
    ground,
    grounds,
    grounds_for,
    not_reasons,
    reason,
    reasons_for,
)
from touchmark.engine.terms import RightKind

#: Printed whole: what a form offers.
REASONS = {
    "word_mark": "suspected_fake mark_in_text mark_in_picture mark_in_shop_name",
    "figurative_mark": "suspected_fake mark_in_text mark_in_picture mark_in_shop_name",
    "design": "suspected_fake copied_picture lookalike_design",
    "copyright": "copied_picture copied_text copied_video pirated_copy",
    "patent": "uses_invention",
    "utility_model": "uses_utility_model",
    "geographical_indication": "suspected_fake false_origin",
}
ALWAYS = ["owner", "authorised", "genuine_resale", "non_infringing", "invalid_right", "misidentified", "corrected"]
NAMING = {RightKind.WORD_MARK, RightKind.FIGURATIVE_MARK, RightKind.GEOGRAPHICAL_INDICATION}


@pytest.mark.parametrize("kind", RightKind)
def test_the_reasons_of_each_kind_are_as_printed(kind: RightKind) -> None:
    assert [found.code for found in reasons_for(kind)] == REASONS[kind].split()


@pytest.mark.parametrize("kind", RightKind)
def test_the_grounds_of_each_kind_are_as_printed(kind: RightKind) -> None:
    found = [one.code for one in grounds_for(kind)]
    assert [code for code in found if code != "descriptive_use"] == ALWAYS
    assert ("descriptive_use" in found) == (kind in NAMING)


@pytest.mark.parametrize("kind", RightKind)
def test_price_and_distribution_are_no_reasons_and_it_is_said_why(kind: RightKind) -> None:
    for code in ("price", "distribution"):
        with pytest.raises(NotAReason) as refusal:
            reason(code, kind)
        assert str(refusal.value) == not_reasons()[code]


def test_what_belongs_to_another_kind_is_refused_with_what_there_is() -> None:
    assert reason("lookalike_design", RightKind.DESIGN).says
    with pytest.raises(NotAReason, match="there are: uses_invention"):
        reason("lookalike_design", RightKind.PATENT)
    with pytest.raises(NotAGround, match="there are: owner, authorised"):
        ground("descriptive_use", RightKind.COPYRIGHT)
    with pytest.raises(NotAGround):
        ground("because", RightKind.COPYRIGHT)


@pytest.mark.parametrize(
    ("code", "files", "shown"),
    [
        ("genuine_resale", ["invoice"], True),
        ("genuine_resale", ["customs", "letter"], True),
        ("genuine_resale", [], False),
        ("genuine_resale", ["authorisation"], False),
        ("authorised", ["authorisation"], True),
        ("authorised", ["invoice"], False),
        ("invalid_right", ["prior_art"], True),
        ("invalid_right", ["comparison"], False),
        ("non_infringing", ["comparison"], True),
        ("misidentified", [], True),
        ("corrected", [], True),
    ],
)
def test_what_shows_a_ground(code: str, files: list[str], shown: bool) -> None:
    assert grounds()[code].shown_by(files) is shown
