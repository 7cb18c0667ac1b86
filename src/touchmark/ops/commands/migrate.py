"""``touchmark migrate``: bring the installation's tables to what this version wants."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``touchmark migrate`` takes no arguments."""


def run(options: argparse.Namespace) -> int:
    """Make every change that is not made yet; nothing where there is none."""
    from touchmark.ops.django_setup import setup

    setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    return 0
