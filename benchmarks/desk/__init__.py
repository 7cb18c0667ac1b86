"""
What every page costs with a million assessments: server time, p50 and p95, on the PostgreSQL that it is given.

    createdb touchmark_desk
    python -m benchmarks.desk --database postgres://…/touchmark_desk [--assessments 1000000] [--waiting 100000]
                              [--errands 20000] [--requests 200] [--keep] [--only find]

The database must be empty; with ``--keep`` one that an earlier run has filled is measured again, with ``--only`` just
the pages whose names have this word in them. Rows are made from one row of each table by bulk SQL (``filling``); what
waits is written as the site writes it. What is settled is made by whole errands that the site does once, multiplied
(``errands``): a seller with tens of thousands of decisions, a holder with as many notices. Then a reviewer, whoever
leads, that seller, that holder and their programs (``visits``, ``others``) ask for pages through the whole stack of
handlers, in this process, one at a time (``measuring``).

*Server* is the processor's time of this process and of the database's that serves it, read from ``/proc``: what a page
takes on a machine that has nothing else to do. Of a database on another machine it holds nothing.
"""
