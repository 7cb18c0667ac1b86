"""
Law and platform policy as dated, cited data, and the arithmetic of its clocks. Pure; nothing here reads a clock.

A new number is a line in ``data/`` and a worked case in the tests; a new shape of clock is code in ``clocks.py``.
``docs/clocks.md`` says how days and hours are counted. What others call:

- ``load.regimes()[id]`` gives a regime; ``regime.clock(name, on=…, kind=…)`` the rule in force (``NoClock`` where the
  law sets no last day), ``regime.document(name, kind=…)`` the elements that a document needs.
- ``clocks.due(rule, start=…, place=…)`` gives when it falls due; ``clocks.state(rule, events, place=…)`` the same after
  pauses, extensions, stops and reopenings. Store the rule's ``id`` and the events, not only the moment.
- ``day_figure.figures(table, places=…, as_of=…)`` is the 24-hour figure; ``day_figure.hours`` the hours behind it.
- ``which_law.split(claim, offers, on=…)`` gives the procedures of a notice, one for each marketplace and law, and the
  listings against which the right grounds nothing; ``which_law.law_of`` the law of one listing.
- ``particulars.missing`` and ``require`` say whether a document is complete: ``notice``, ``counter_notice``, ``order``,
  ``suit_notice``, ``delay_claim``, ``authentication_answer``, ``appeal``, ``retraction``. Each missing element says
  what it is (``asks``), how to give it (``give``) and, of a statement, its words (``says``), which True confirms.
- ``reasons.reasons_for(kind)`` and ``grounds_for(kind)`` are what forms offer; ``reason`` and ``ground`` refuse others.
- ``words`` says in English what a clock gives time for and what happens then: texts to be translated.
"""
