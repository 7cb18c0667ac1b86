"""Where an item of a notice stands, by what it wants: values of ``engine.lifecycle.notice_item.ItemStatus``."""

#: Where it still wants an answer.
OPEN = ("waiting", "received", "proposed", "examined")
#: Where it waits for the review team.
JUDGED = ("received", "proposed", "examined")
