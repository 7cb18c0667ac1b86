"""
Readings: all that the words of a text may say, written down one behind the other, to be asked of the table.

``read`` goes through the words; ``words`` reads them alone and with those beside them, ``chunks`` with the signs
between them (``edges`` says where such a chunk ends); ``noted`` writes down; ``ask`` says what each reading is asked.
Does not live here: what is found under a reading's keys. Called by ``spellings.find`` and what it calls.
"""
