"""What runs for the items of notices, for those who read them: late, an item stays due until somebody decides."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.notices.record import ACT, timed_by

if TYPE_CHECKING:
    from touchmark.apps.deadlines.models import Deadline
    from touchmark.apps.notices.models import NoticeItem


def clocks_of_each(items: Iterable["NoticeItem"]) -> dict[int, list["Deadline"]]:
    """Give what runs for each of these items, by its key, the next due first; of a late one, its time that passed."""
    found = list(items)
    timed = {item.pk: timed_by(item) for item in found}
    running = deadlines.running_of_each(timed.values())
    idle = [timed[item.pk] for item in found if item.settled_at is None and not running[timed[item.pk]]]
    late = deadlines.last_of_each(idle, ACT)
    return {key: running[of] or [late[of]] if of in late else running[of] for key, of in timed.items()}
