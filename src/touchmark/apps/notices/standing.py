"""Where an item of a notice stands, by what it wants: values of ``engine.lifecycle.notice_item.ItemStatus``."""

#: In which lane a notice came, the one that is looked at first on top: a trusted flagger's, one of good record,
#: anybody's, one of a notifier who is watched or warned.
TRUSTED = "trusted"
LANES = (TRUSTED, "fast", "normal", "watched")
#: Where it still wants an answer; of one whose listing is gone, should that come back.
OPEN = ("waiting", "received", "proposed", "examined", "joined", "gone")
#: Where it waits for the review team.
JUDGED = ("received", "proposed", "examined")
