"""
The lives of the things we decide about, each a table of moves in a file of its own.

``table.py`` reads a table; the tables know no database. A status column is only ever set from a ``Move``.
"""
