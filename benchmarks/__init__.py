"""
How fast, and in how much memory: each module is run by hand, on files that are given to it, and prints a table.

Numbers worth keeping go to ``docs/benchmarks.md`` with the machine and the command.
"""
