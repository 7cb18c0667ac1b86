"""How sure it is, against brand fields: what counts as an answer."""

from pathlib import Path

import pytest
from benchmarks.words import material

from benchmarks import brand_fields


def test_an_answer_is_right_where_the_hidden_field_holds_the_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        ("a", "Kelvoria drill 18V", "Kelvoria", ""),
        ("a", "Drill of Kelvoria, refurbished", "Travendo", ""),
        ("a", "Kelvoria bag for any drill", "Kelvoria Tools", ""),  # a longer name tells neither
        ("a", "Saw without a brand", "", ""),
    )
    monkeypatch.setattr(material, "rows", lambda data: rows)
    answers = [(way, right) for way, sure, right in brand_fields.said(Path()) if sure > 0.5]
    assert sorted(answers) == [("plain", False), ("plain", True)]
