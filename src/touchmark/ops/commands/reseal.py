"""``touchmark reseal``: after the site's secret key was changed, every sealed secret under the new one."""

import argparse

from touchmark.ops.django_setup import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``touchmark reseal`` takes no arguments."""


def run(options: argparse.Namespace) -> int:
    """Seal them anew and say how many of each kind; 1 where some were sealed under a key that is not given here."""
    setup()
    from touchmark.flows.reseal import reseal

    found = reseal(keep=True)
    for kind, sealed in found.items():
        print(f"{kind}: {sealed.good} sealed under the newest key" + _lost(sealed.lost))
    if any(sealed.lost for sealed in found.values()):
        print("Give the key that they were sealed under in TOUCHMARK_SECRET_KEY_FALLBACKS and run this again.")
        return 1
    print("TOUCHMARK_SECRET_KEY_FALLBACKS is not needed for them any more.")
    return 0


def _lost(keys: tuple[int, ...]) -> str:
    if not keys:
        return ""
    named = ", ".join(str(key) for key in keys[:5]) + (", …" if len(keys) > 5 else "")
    return f"; {len(keys)} open under no key here (rows {named})"
