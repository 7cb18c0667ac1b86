"""Where words stand in a picture, from the lines that were read there."""

from touchmark.engine.screening.image.lines import Line, Read

LYING = ((100.0, 50.0), (300.0, 50.0), (300.0, 90.0), (100.0, 90.0))
BELOW = ((100.0, 120.0), (180.0, 120.0), (180.0, 160.0), (100.0, 160.0))
STANDING = ((10.0, 0.0), (40.0, 0.0), (40.0, 200.0), (10.0, 200.0))


def test_the_lines_are_one_text() -> None:
    assert Read([Line("NEW", 0.9, LYING), Line("bag", 0.8, BELOW)]).text == "NEW\nbag"


def test_a_part_of_a_line_has_its_share_of_the_box() -> None:
    read = Read([Line("one velmora!", 0.9, LYING), Line("bag", 0.8, BELOW)])
    box, sure = read.place(4, 11)
    assert box == (167, 50, 283, 90)
    assert sure == 0.9


def test_words_over_two_lines_have_one_box_and_are_as_sure_as_the_less_sure_line() -> None:
    read = Read([Line("louis", 0.9, LYING), Line("vuitton", 0.6, BELOW)])
    assert read.place(0, 13) == ((100, 50, 300, 160), 0.6)


def test_chinese_letters_are_twice_as_wide() -> None:
    box, _ = Read([Line("茅台ab", 0.9, LYING)]).place(0, 2)
    assert box == (100, 50, 233, 90)


def test_of_a_standing_line_the_whole_is_told() -> None:
    box, _ = Read([Line("velmora bag", 0.9, STANDING)]).place(0, 7)
    assert box == (10, 0, 40, 200)
