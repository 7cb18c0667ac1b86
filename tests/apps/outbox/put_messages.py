"""
Run as a program: put messages into the outbox as a room would, each with an event, in one transaction.

Two about one listing, of which the second may not overtake the first, and the rest about others.
"""

import sys
from datetime import UTC, datetime

from touchmark.ops.django_setup import setup


def main(count: int) -> None:
    from django.db import transaction

    from touchmark.apps.audit import actions as audit
    from touchmark.apps.outbox import actions as outbox
    from touchmark.engine.terms import Actor

    at = datetime.now(UTC)  # noqa: TID251  # a program of its own
    with transaction.atomic():
        for n in range(count):
            about = f"listing:{max(n, 1)}"
            audit.append(stream=about, kind="restricted", actor=Actor.system(), at=at, payload={"n": n})
            outbox.put(kind="webhook", to="agora", subject=about, payload={"n": n}, at=at)


if __name__ == "__main__":
    setup()
    main(int(sys.argv[1]))
