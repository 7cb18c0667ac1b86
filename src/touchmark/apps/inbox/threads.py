"""What two organisations write to each other about one thing: letters, read as a thread."""

from django.db.models import QuerySet

from touchmark.apps.inbox.models import Letter

#: The kinds of letters that are messages, by who wrote them.
FROM_SELLER, FROM_DESK = "message_from_seller", "message_from_desk"


def thread_about(ref: str) -> QuerySet[Letter]:
    """Give the messages about a reference, the first one first. The caller may see what the reference names."""
    return Letter.objects.filter(about=ref, kind__in=(FROM_SELLER, FROM_DESK)).order_by("delivered_at", "id")
