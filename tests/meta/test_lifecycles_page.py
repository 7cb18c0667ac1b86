"""docs/lifecycles.md is what the tables draw."""

from pathlib import Path

from touchmark.engine.lifecycle import drawing


def test_the_page_is_what_the_tables_draw() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "lifecycles.md"
    assert page.read_text(encoding="utf-8") == drawing.page()
