"""
From decisions that stand against a seller to its standing: a ladder of strikes, dated, as data.

Strikes are recomputed from the decisions each time and never counted up, so that one that is reversed takes its strike
with it. Knows no database; ``apps.decisions.strikes`` reads the decisions.
"""
