"""What is found in letters, as people write them, and what is said to be missing."""

import time

import pytest

from touchmark.engine.policy.read_notice import read

LETTER = """To whom it may concern,

My name is Mara Voss. I am the photographer of the copyrighted photograph entitled “Poppy field”, first shown in 2019.
It is copied without permission here:

  1. https://harbor.example/item/1
  2. https://harbor.example/item/2?x=1.

I have a good faith belief that the use of the material in the manner complained of is not authorized by the copyright
owner, its agent, or the law. The information in this notification is accurate, and under penalty of perjury, I am the
owner of an exclusive right that is allegedly infringed.

Address: 1 Mill Lane
Leeds LS1 4AP
United Kingdom
Phone: +44 20 7946 0000
E-mail: mara.voss@example.test

Sincerely,

Mara Voss
"""


def test_a_letter_that_says_it_all() -> None:
    reading = read(LETTER)
    assert reading.missing == ()
    assert reading.addresses == ("https://harbor.example/item/1", "https://harbor.example/item/2?x=1")
    said = {name: found.text for name, found in reading.found.items()}
    assert said["name"] == said["signature"] == "Mara Voss"
    assert said["address"] == "1 Mill Lane Leeds LS1 4AP United Kingdom"
    assert (said["phone"], said["email"]) == ("+44 20 7946 0000", "mara.voss@example.test")
    assert said["work"].startswith("copyrighted photograph entitled “Poppy field”")
    assert "penalty of perjury" in said["statement_authority"]
    for found in reading.found.values():
        assert " ".join(LETTER[found.start : found.end].split()).startswith(found.text[:10])


@pytest.mark.parametrize(
    ("taken_out", "missing"),
    [
        ("Sincerely,\n\nMara Voss\n", ["signature"]),
        ("Phone: +44 20 7946 0000\n", ["phone"]),
        ("E-mail: mara.voss@example.test\n", ["email"]),
        ("Address: 1 Mill Lane\nLeeds LS1 4AP\nUnited Kingdom\n", ["address"]),
        ("copyrighted photograph entitled “Poppy field”", ["work"]),
        ("under penalty of perjury, ", ["statement_authority"]),
        ("good faith ", ["statement_good_faith"]),
        ("is accurate", ["statement_accuracy"]),
    ],
)
def test_what_is_not_there_is_said(taken_out: str, missing: list[str]) -> None:
    assert taken_out in LETTER
    assert [element.name for element in read(LETTER.replace(taken_out, "")).missing] == missing


@pytest.mark.parametrize(
    "blank",
    [
        "Signature: ____________",
        "Signature: [your signature]",
        "Signed: <insert name here>",
        "Signature:",
        "Name: [Your full name]\nAddress: ..........",
        "Phone: (   )",
        "Work: [title]",
    ],
)
def test_blanks_of_a_model_letter_are_no_content(blank: str) -> None:
    assert not read(blank).found


def test_a_statement_that_is_denied_is_none() -> None:
    said = "I do not have a good faith belief that the use is not authorized by the owner, its agent or the law."
    assert "statement_good_faith" not in read(said).found


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("/s/ Jane Q. Public", "signature", "Jane Q. Public"),
        ("Electronic signature: 王小明", "signature", "王小明"),
        ("Best regards,\n  José Núñez", "signature", "José Núñez"),
        ("Tel.: (212) 555-0100", "phone", "(212) 555-0100"),
        ("221B Baker Street\nLondon NW1", "address", "221B Baker Street London NW1"),
        ("1. Copyrighted work: Blue vase, drawing of 2021", "work", "Blue vase, drawing of 2021"),
        (
            "I swear, under penalty of perjury, that I am authorised to act on behalf of the owner.",
            "statement_authority",
            "",
        ),
    ],
)
def test_as_people_write_it(text: str, name: str, value: str) -> None:
    found = read(text).found[name]
    assert found.text == value or not value


def test_nothing_and_rubbish_are_read_quickly() -> None:
    assert len(read("").missing) == 10
    for text in (
        "a" * 60_000,
        "I, " * 20_000,
        "1 " * 30_000,
        "address: \n" * 6_000,
        "\n" * 60_000,
        "(" * 60_000,
        "+1" * 30_000,
        "name" + "\t" * 60_000,
        "work" + " " * 60_000,
        "original " * 7_000,
    ):
        begun = time.process_time()
        read(text)
        assert time.process_time() - begun < 3
