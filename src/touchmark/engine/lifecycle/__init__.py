"""
The lives of the things we decide about, each a table of moves in a file of its own.

A notice comes in by ``filing``, and each listing that it names lives as a ``notice_item``. ``counter_notice.life_of``
gives the one of two lives that the law calls for: ``regime.counters_by_statute(kind)`` of ``engine.policy`` says which.
``life.clocks_in(status)`` names the clocks that run in a status; the rule is ``regime.clock(name, …)``.

``table.py`` reads a table; the tables know no database. A status column is only ever set from a ``Move``.
"""
