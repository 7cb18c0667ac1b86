"""What an authority is told by mail. Nothing goes to an address before somebody has found the order to be real."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from touchmark.apps.orders.models import Order
from touchmark.apps.outbox import actions as outbox


def tell(order: Order, kind: str, *, at: datetime, **more: Any) -> bool:
    """
    Write to the authority; whether there is an address to which something may go.

    :param kind: of ``orders/mail``: ``received``, ``incomplete``, ``answered``, ``declined``, ``lifted``
    """
    if not order.contact or not order.verified:
        return False
    with translation.override("zh-hans" if order.country == "CN" else "en"), timezone.override("UTC"):
        written = render_to_string(f"orders/mail/{kind}.txt", {"order": order, **more})
    subject, _newline, body = written.partition("\n")
    payload = {"to": order.contact, "subject": subject.strip(), "body": body.strip() + "\n"}
    outbox.put(kind="email", to=order.contact, payload=payload, at=at)
    return True
