"""
A whole installation in one file, and back: the database, the files it names, the keys of the record and of the site.

``archive`` is the file itself, ``database`` how each kind of database is written out and read in, ``whole`` what
belongs to an installation. Does not hold what is made anew by itself: compiled registers, words of the catalogue.
"""
