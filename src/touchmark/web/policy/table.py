"""What a rule would have made of listings, against what people made of them, as a table and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchmark.apps.decisions.rule_results import UNDECIDED, Account
from touchmark.engine.terms import Verdict
from touchmark.web.policy import words

#: What people can have made of a listing, in the order of the columns.
PEOPLE = ("restricted", "left", "reversed", UNDECIDED)
#: What a verdict and people's decision agree on.
AGREE = {(Verdict.ACT, "restricted"), (Verdict.CLEAR, "left"), (Verdict.CLEAR, "reversed")}
DISAGREE = {(Verdict.ACT, "left"), (Verdict.ACT, "reversed"), (Verdict.CLEAR, "restricted")}


@dataclass(frozen=True, slots=True)
class Cell:
    """How many, and whether people decided otherwise."""

    count: int
    otherwise: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One verdict, by what people decided."""

    verdict: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by verdict, in the order act, review, clear; only those that there are."""

    rows: tuple[Row, ...]
    total: int
    same: int
    otherwise: int

    @property
    def heads(self) -> list[str]:
        return [str(words.PEOPLE[name]) for name in PEOPLE]

    @property
    def verdict(self) -> str:
        """Say how far people agree."""
        judged = self.same + self.otherwise
        if not judged:
            return _("People have decided on none of them yet.")
        text = ngettext(
            "Of the one that people decided on, they decided the same on {same}.",
            "Of the {judged} that people decided on, they decided the same on {same}.",
            judged,
        )
        return text.format(judged=judged, same=self.same)


def table_of(account: Account) -> Table:
    """Lay an account out."""
    order = (Verdict.ACT, Verdict.REVIEW, Verdict.CLEAR)
    rows = tuple(_row(verdict, account[verdict]) for verdict in order if account.get(verdict))
    counted = [(verdict, name, n) for verdict, said in account.items() for name, n in said.items()]
    return Table(
        rows=rows,
        total=sum(n for _verdict, _name, n in counted),
        same=sum(n for verdict, name, n in counted if (verdict, name) in AGREE),
        otherwise=sum(n for verdict, name, n in counted if (verdict, name) in DISAGREE),
    )


def _row(verdict: str, said: Mapping[str, int]) -> Row:
    cells = tuple(Cell(said.get(name, 0), (verdict, name) in DISAGREE and said.get(name, 0) > 0) for name in PEOPLE)
    return Row(str(words.VERDICTS[verdict]), cells, sum(said.values()))


@dataclass(frozen=True, slots=True)
class Change:
    """So many listings whose verdict would be another."""

    count: int
    before: str
    after: str


def changes_of(changes: Mapping[str, int]) -> list[Change]:
    """Read the changes of a replay, the most frequent first."""
    found = []
    for pair, count in sorted(changes.items(), key=lambda item: -item[1]):
        before, _arrow, after = pair.partition(">")
        found.append(Change(count, str(words.VERDICTS[before]), str(words.VERDICTS[after])))
    return found
