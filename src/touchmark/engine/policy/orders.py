"""Under which law an authority's order is: that of its country. Pure."""

from datetime import date

from touchmark.engine.policy.load import BASE, regimes
from touchmark.engine.policy.rules import Regime
from touchmark.engine.territories import countries

#: Countries whose files are called otherwise than by their code.
CALLED = {"GB": "uk"}
#: What the document of each kind of order is called in the files.
DOCUMENTS = {"act": "order", "give": "information_order"}


def regime_of(country: str, on: date) -> Regime:
    """Give the law of an authority's country as far as we follow it; the platform's policy where we follow none."""
    code = country.upper()
    name = "eu" if code in countries(["EU"], on) else CALLED.get(code, code.lower())
    return regimes().get(name) or regimes()[BASE]
