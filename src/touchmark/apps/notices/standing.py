"""Where an item of a notice stands, by what it wants: values of ``engine.lifecycle.notice_item.ItemStatus``."""

#: In which lane a notice came, the one that is looked at first on top: a trusted flagger's, one of good record,
#: anybody's, one of a notifier who is watched or warned.
TRUSTED = "trusted"
LANES = (TRUSTED, "fast", "normal", "watched")
#: Where it still wants an answer.
OPEN = ("waiting", "received", "proposed", "examined", "joined")
#: Where it waits for the review team.
JUDGED = ("received", "proposed", "examined")
#: Where the end of its right stops it: it wants an answer, or waits for its listing to come back.
ENDS_WITH_ITS_RIGHT = (*OPEN, "gone")
