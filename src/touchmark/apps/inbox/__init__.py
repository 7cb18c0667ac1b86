"""
Letters to organisations, kept in the site: what was told to whom, when, and when it was read.

A letter is delivered when it stands here; the e-mail that goes with it is a courtesy. Any room above may send.
"""
