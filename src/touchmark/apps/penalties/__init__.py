"""
What follows for sellers from the decisions that stand: points and strikes, and the steps of ladders that they reach.

Everything is recomputed from the decisions; what is kept is which steps a shop has reached, what came of each, and
which ladder a marketplace follows. A warning is given here; everything else is a proposal, which ``flows.consequences``
makes and a person approves. Not here: how decisions are taken (``apps.decisions``), the ladders themselves
(``engine.penalties``).
"""
