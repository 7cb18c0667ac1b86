"""Every command that a page tells somebody to type is there, with the options that it is given."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from touchmark.ops.cli import COMMANDS, Parser

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
PARSERS = {command.name: command for command in COMMANDS}


def typed(text: str) -> list[str]:
    """Give what stands after ``touchmark`` in blocks of commands and in words set as code."""
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    found = [*lines, *(code.replace("\n", " ") for code in re.findall(r"`([^`]+)`", prose))]
    entry = r"docker compose run .* (?:worker|site) "  # the image runs the program by itself
    shown = re.compile(rf"^(?:(?:\$ |.*/bin/|docker compose exec \w+ |.*\$\()?touchmark |{entry})([a-z].*)$")
    return [match[1] for line in found if (match := shown.match(line.strip()))]


def options_of(name: str) -> set[str]:
    module = import_module(f"touchmark.ops.commands.{PARSERS[name].module}")
    parser = Parser(name, "x")
    module.add_arguments(parser)
    return {option for action in parser._actions for option in action.option_strings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_on_a_page_is_one(page: Path) -> None:
    for line in typed(page.read_text(encoding="utf-8")):
        name, _space, rest = line.partition(" ")
        assert name.rstrip("`,.;:") in PARSERS, line
        given = {word.partition("=")[0] for word in re.findall(r"(?<!\S)(--[a-z][a-z-]*)", rest)}
        assert given <= options_of(name), line


def test_pages_tell_of_commands() -> None:
    told = {line.split(" ")[0] for page in PAGES for line in typed(page.read_text(encoding="utf-8"))}
    assert len(told & PARSERS.keys()) > 12


def test_what_the_compose_file_runs_is_a_command() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for command in re.findall(r"command: \[(.+)\]", text):
        name, *rest = [word.strip(' "') for word in command.split(",")]
        assert {word for word in rest if word.startswith("--")} <= options_of(name), command
