"""``touchmark doctor``: what is configured, what is missing, and what to do about it."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``touchmark doctor`` takes no arguments."""


def run(options: argparse.Namespace) -> int:
    """Say one line for each thing looked at; 1 where something is wrong."""
    from touchmark.ops.health import State, everything

    worst = 0
    for found in everything():
        print(f"{found.state:<6} {found.about:<11} {found.what}")
        if found.remedy:
            print(f"{'':<18} → {found.remedy}")
        if found.state is State.WRONG:
            worst = 1
    return worst
