"""What somebody who wires the site says of each kind of message."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from touchmark.apps.outbox.models import Message
from touchmark.integrations.answers import Answer


@dataclass(frozen=True, slots=True)
class Handler:
    """
    How one kind of message is carried out, and who is told what came of it.

    ``carry`` tells the world; it gives the answer, or raises ``Later`` or ``Never``. It may be called again with the
    same message, also after it succeeded, and hands ``message.id`` on so that the receiver can tell. It is called
    outside any transaction.

    ``answered`` and ``given_up`` are called in the transaction that records the end of the message, once it has ended;
    if they fail, nothing is recorded and the message is tried again.

    ``lease`` is longer than ``carry`` can take: when it has run out, the worker is held for dead. ``one_channel``: all
    messages of the kind go through one server, so when it fails none of them is tried for the rest of a pass; else
    only those to the same receiver are left. ``forgotten``: what was told is not kept once it has been: a letter may
    hold a link that lets somebody in.
    """

    carry: Callable[[Message, datetime], Answer]
    answered: Callable[[Message, Answer, datetime], None] | None = None
    given_up: Callable[[Message, str, datetime], None] | None = None
    lease: timedelta = timedelta(minutes=2)
    one_channel: bool = False
    forgotten: bool = False


Handlers = Mapping[str, Handler]
