"""Which letters of a name are of another alphabet: told by name, and only where the mark is not written so itself."""

import pytest
from django.utils import translation

from touchmark.apps.decisions.lettering import told

CASES = [
    ("Vеlmоrа", "Velmora", "The letters е о а are Cyrillic ones."),
    ("Νike", "Nike", "The letters Ν are Greek ones."),
    ("Ｎｉｋｅ", "Nike", "The letters Ｎ ｉ ｋ ｅ are wide ones."),
    ("𝐍ikе", "Nike", "The letters е are Cyrillic ones. The letters 𝐍 are mathematical ones."),
    ("Velmora", "Velmora", ""),
    ("Каша", "Каша", ""),
    ("V3lm0ra", "Velmora", ""),
    ("", "", ""),
    ("\u202eаromleV", "Velmora", "The letters а are Cyrillic ones."),
]


@pytest.mark.parametrize(("surface", "mark", "said"), CASES)
def test_letters_of_another_alphabet_are_named(surface: str, mark: str, said: str) -> None:
    assert told(surface, mark) == said


def test_a_long_word_is_not_listed_letter_by_letter() -> None:
    assert told("абвгдежзик", "Velmora") == "The letters а б в г д е … are Cyrillic ones."


def test_it_is_said_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert told("Vеlmоrа", "Velmora") == "字母 е о а 是西里尔字母。"
