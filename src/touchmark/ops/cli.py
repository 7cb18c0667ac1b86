"""The command ``touchmark``: finds the module of a command, runs it, and turns refusals into one line and a code."""

import argparse
import errno
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

from touchmark import __version__
from touchmark.engine.errors import TouchmarkError

UNUSABLE = 2
#: Not one of the contract's codes, so that a fault of ours is never taken for "done, with refused rows".
OUR_FAULT = 70
INTERRUPTED = 130
#: What a machine runs out of, or cannot do: neither our fault nor the input's, and told in one line all the same.
MACHINE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE})


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, its module in ``ops.commands``, and what it does in a line."""

    name: str
    module: str
    line: str


#: Every command, in the order of the overview.
COMMANDS = (
    Command("demo", "demo", "build an invented world and open it in a browser, with nothing to configure"),
    Command("screen", "screen", "find where listings use registered rights"),
    Command("compile", "compile", "compile a register once, to screen with it often"),
    Command("learn-words", "learn_words", "write down what frequent words of a catalogue look like, for you to review"),
    Command("open-marketplace", "open_marketplace", "begin to watch over a marketplace"),
    Command("issue-token", "issue_token", "let a program of a marketplace speak to the API"),
    Command("import", "import_", "take rights, listings or sellers in from a file"),
    Command("pull", "pull", "take in what a shop on django-oscar, or a product feed, offers"),
    Command("serve", "serve", "serve the site"),
    Command("worker", "worker", "do the background work until told to stop"),
    Command("tick", "tick", "do the background work that is due, once"),
    Command("migrate", "migrate", "bring the database's tables to what this version wants"),
    Command("backup", "backup", "write the whole installation to one file, while it is in use"),
    Command("restore", "restore", "put a backup in place of an empty installation, and check its record"),
    Command("reseal", "reseal", "after a change of the secret key: seal every kept secret under the new one"),
    Command("invite-operator", "invite_operator", "print the link that makes the first operator"),
    Command("verify-audit", "verify_audit", "recompute the record and say whether it holds"),
    Command("export-notice", "export_notice", "write settled notices in the JSON of Lumen's database, redacted"),
    Command("learn", "learn", "refit the weights of the risk from your own decisions; puts nothing in force"),
    Command("doctor", "doctor", "say what is configured, what is missing and what to do about it"),
)


class UsageError(TouchmarkError):
    """Arguments that a command does not take."""


#: What databases say, SQLite and PostgreSQL, of tables that are not there, or of other days; and where there is none.
DATABASE: Mapping[Sequence[str], str] = {
    ("no such table", "no such column", "does not exist"): "run touchmark migrate first",
    ("unable to open", "connection", "could not translate", "authentication"): "see TOUCHMARK_DATABASE_URL",
}


class Parser(argparse.ArgumentParser):
    """Refuses arguments in one line, and takes no abbreviated options (they would change meaning as options come)."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=f"{description[0].upper()}{description[1:]}.", allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """:raises UsageError: always"""
        raise UsageError(f"{message}; see {self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run one command and give its exit code.

    0 done · 1 done, with refused rows or a failed check · 2 unusable input or arguments · 70 a fault of ours ·
    130 interrupted.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help", "help"):
        print(overview())
        return 0 if arguments else UNUSABLE
    if name in ("-V", "--version"):
        print(f"touchmark {__version__}")
        return 0
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        return _told("touchmark", f"there is no command {name!r}; see touchmark --help")
    return _run(command, arguments[1:])


def _run(command: Command, arguments: list[str]) -> int:
    prog = f"touchmark {command.name}"
    try:
        module = import_module(f"touchmark.ops.commands.{command.module}")
        parser = Parser(prog, command.line)
        module.add_arguments(parser)
        code: int = module.run(parser.parse_args(arguments))
        sys.stdout.flush()
        return code
    except TouchmarkError as refusal:
        return _told(prog, str(refusal))
    except KeyboardInterrupt:
        print(f"{prog}: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as fault:
        if isinstance(fault, OSError) and fault.errno in MACHINE:
            return _told(prog, f"{fault.filename or 'a file'}: {fault.strerror}; nothing was written")
        if lack := _of_the_database(fault):
            return _told(prog, lack)
        traceback.print_exc()
        print(f"{prog}: this is a fault of touchmark itself, not of your input; please report it", file=sys.stderr)
        return OUR_FAULT


def _of_the_database(fault: Exception) -> str:
    """
    Say what keeps a command from its database, and the remedy; empty where it is something else.

    Django is asked for only where a command has loaded it: the others start sooner without.
    """
    django = sys.modules.get("django.db.utils")
    if django is None or not isinstance(fault, django.OperationalError | django.ProgrammingError):
        return ""
    what = str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
    for words, remedy in DATABASE.items():
        if any(word in what.lower() for word in words):
            return f"the database does not answer as it should ({what}); {remedy}"
    return ""


def _told(prog: str, refusal: str) -> int:
    print(f"{prog}: {' '.join(refusal.split())}", file=sys.stderr)
    return UNUSABLE


def overview() -> str:
    """What ``touchmark --help`` prints."""
    width = max(len(command.name) for command in COMMANDS)
    lines = [f"  {command.name:<{width}}  {command.line}" for command in COMMANDS]
    head = "usage: touchmark COMMAND [ARGUMENTS]\n\nThe IP-protection platform that a marketplace runs itself.\n"
    return "\n".join([head, *lines, "\ntouchmark COMMAND --help tells more of a command."])


if __name__ == "__main__":
    sys.exit(main())
