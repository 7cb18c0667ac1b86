import io

import pytest

from touchmark.ops import progress
from touchmark.ops.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_without_a_terminal_only_lines_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0)
    stream = io.StringIO()
    with Progress("screening", "listings", stream=stream) as shown:
        shown.advance(1000, 0.25)
        shown.say("a line of its own")
        shown.advance(3000, 1.0)
    first, own, second, last = stream.getvalue().splitlines()
    assert first.startswith("screening: 1,000 listings, ")
    assert "left" in first
    assert own == "a line of its own"
    assert second.startswith("screening: 4,000 listings, ")
    assert last.startswith("screening: 4,000 listings in ")
    assert "\r" not in stream.getvalue()


def test_short_work_says_one_line() -> None:
    stream = io.StringIO()
    with Progress("importing", "rights", stream=stream) as shown:
        shown.advance(10)
    assert len(stream.getvalue().splitlines()) == 1


def test_a_terminal_gets_a_bar_with_the_total_as_it_becomes_known() -> None:
    stream = Terminal()
    with Progress("screening", "listings", stream=stream) as shown:
        shown.advance(1000, 0.25)
        assert shown._bar.total == 4000
    assert "\r" in stream.getvalue()
    assert stream.getvalue().endswith("/s\n")


def test_an_interrupt_is_told() -> None:
    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt), Progress("screening", "listings", stream=stream):
        raise KeyboardInterrupt
    assert "then stopped" in stream.getvalue()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.42, "0.4 s"), (9.96, "10 s"), (59.7, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_durations_are_said_as_people_say_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said
