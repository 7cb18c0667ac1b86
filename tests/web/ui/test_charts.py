"""Charts: what stands in their columns."""

import pytest
from django.template.loader import render_to_string

from touchmark.apps.desk.figures import Load
from touchmark.web.desk import home
from touchmark.web.ui.charts import Bar, Part, bars, shortened


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("", ""),
        ("Rita Keller", "Rita Keller"),
        ("a" * 20, "a" * 20),
        ("a" * 21, "a" * 19 + "…"),
        ("路" * 10, "路" * 10),
        ("路" * 11, "路" * 9 + "…"),
        ("11月17日 星期二", "11月17日 星期二"),
    ],
)
def test_a_label_is_as_long_as_its_column_is_wide(label: str, shown: str) -> None:
    assert shortened(label) == shown
    drawn = bars("id", "title", [Bar(label, (Part(1),), "1")], head=["Name"], table=[[label]])
    assert drawn.bars[0].label == shown
    assert drawn.table == ((label,),)  # whole in the table behind it


def test_a_chart_of_nothing_says_so_and_leaves_no_gap() -> None:
    empty = bars("id", "0 listings", [], head=["Name"], table=[])
    page = render_to_string("touchmark/ui/parts/chart.html", {"chart": empty})
    assert "Nothing to show yet." in page
    assert "<svg" not in page
    assert "<table" not in page


def test_what_is_in_hand_is_not_said_to_be_nothing() -> None:
    rows = [Load("Rita Keller", held=3, decided=0), Load("Ravi Mehta", held=0, decided=2)]
    drawn = home._load(rows).bars
    assert [bar.said for bar in drawn] == ["0 + 3", "2"]
    assert [sum(piece.width for piece in bar.pieces if piece.fill == "first") > 0 for bar in drawn] == [False, True]
