"""``touchmark tick``: one pass over the background work, for cron or a timer in place of a worker."""

import argparse

from touchmark.ops.django_setup import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``touchmark tick`` takes no arguments."""


def run(options: argparse.Namespace) -> int:
    """Do what there is to do now, up to a batch of messages, and say what it was; 1 where a part failed."""
    setup()
    from touchmark.ops.background import wired

    done = wired().make_pass()
    print(done)
    return 1 if done.failed else 0
