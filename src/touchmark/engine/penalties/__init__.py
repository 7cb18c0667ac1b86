"""
From decisions that stand to the standing of a seller, a notifier or a counter-notifier: dated rules, as data.

- ``ladder.record`` gives a seller's standing by a count of strikes;
- ``gravity.gravity_of`` how grave a decision is;
- ``consequences.amounts`` what follows by points with a daily cap and by strikes that merge, on the ladder that a
  marketplace follows (``consequences.ladder``);
- ``tiers.tier`` the lane of somebody's notices or answers, per reason, with the numbers that the person is shown, and
  whether a warning or a suspension is to be proposed.

Strikes are recomputed from the decisions each time and never counted up, so that one that is reversed takes its strike
with it. Knows no database; ``apps.decisions.strikes`` reads the decisions.
"""
