"""
A simulated year of notices by the engine's tables alone, with holidays, a week without workers, two workers that read
the same rows, and kills at random: ``python -m benchmarks.year``.

``cases.py`` is one listing of one notice: its lives and its clocks, driven by the tables; ``people.py`` what people do,
and when; ``workers.py`` the sweep for due clocks, with its faults; ``checks.py`` what must hold. The same seed gives
the same year.
"""
