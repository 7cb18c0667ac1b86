"""From examples to a model that was tried: split, fit, try, and what a report needs."""

import re
from dataclasses import replace
from hashlib import sha256

from touchmark.engine.learning.examples import Examples
from touchmark.engine.learning.fit import Weights, fitted
from touchmark.engine.learning.promotion import tried
from touchmark.engine.learning.report import Learnt
from touchmark.engine.learning.split import split


def learnt(examples: Examples, in_force: Weights, version: str, *, review_at: float) -> Learnt:
    """
    Learn from the part that is for learning, and try the result on the others.

    :raises TooFewDecisions: if there are not enough for either
    """
    parts = split(examples)
    now = fitted(examples.taken(parts.learn), in_force)
    trials = [
        tried(name, examples.taken(which), in_force, now, review_at)
        for name, which in (("newest", parts.newest), ("other brands", parts.brands))
    ]
    made = Learnt(examples, parts, in_force, now, version, "", review_at, trials)
    return replace(made, version_now=_version(version, now))


def model_text(text: str, made: Learnt) -> str:
    """Give the text of a model file with the weights and the version that were learnt; all else stays as it is."""
    changes = {"bias": made.now.bias, **made.now.weights}
    head, risk, rest = text.partition("\n[risk]\n")
    head = re.sub(r'(?m)^version = ".*"$', f'version = "{made.version_now}"', head, count=1)
    weights, standings, after = rest.partition("\n[risk.tricks]\n")
    for name, value in changes.items():
        weights = re.sub(rf"(?m)^{name} = \S+", f"{name} = {value}", weights, count=1)
    return head + risk + weights + standings + after


def _version(before: str, now: Weights) -> str:
    """Name a model by what it came from and by its weights: the same decisions give the same version."""
    said = repr((now.bias, sorted(now.weights.items())))
    return f"{before.split('+')[0]}+{sha256(said.encode()).hexdigest()[:8]}"
