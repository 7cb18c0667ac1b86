"""``touchmark export-notice``: a settled notice in the JSON that Lumen's database of notices takes, redacted."""

import argparse
import json
import sys
from pathlib import Path

from touchmark.ops.django_setup import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which notices, and where to."""
    parser.add_argument("refs", nargs="+", metavar="NOTICE", help="the number of a notice, such as N-2026-ABCD-EFGH")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write there, one line for each; else to the screen")


def run(options: argparse.Namespace) -> int:
    """
    Write one line of JSON for each notice; of those that cannot be exported it is said why.

    1 where that was so of some.
    """
    setup()
    from touchmark.apps.reports.lumen import NothingToExport, exported

    lines, refused = [], 0
    for ref in options.refs:
        try:
            lines.append(json.dumps(exported(ref), ensure_ascii=False))
        except NothingToExport as refusal:
            refused += 1
            print(refusal, file=sys.stderr)
    _write("".join(f"{line}\n" for line in lines), options.out)
    return 1 if refused else 0


def _write(text: str, out: Path | None) -> None:
    if out is None:
        print(text, end="")
    else:
        out.write_text(text, encoding="utf-8")
