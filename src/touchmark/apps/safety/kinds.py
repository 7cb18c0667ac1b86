"""What duties there are, and why a suspicion goes to the police of which country."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from touchmark.engine.terms import RightKind


class DutyKind(models.TextChoices):
    """What product safety asks for."""

    NOTICE = "notice", _("Process what was reported as dangerous")
    AUTHORITIES = "authorities", _("Tell the market surveillance authorities")
    CONSUMERS = "consumers", _("Warn the consumers")


#: The clock of each, by its name in the law files.
CLOCKS: Mapping[str, str] = {
    DutyKind.NOTICE: "safety_notice",
    DutyKind.AUTHORITIES: "tell_authorities",
    DutyKind.CONSUMERS: "warn_consumers",
}
#: What a decision on dangerous goods begins.
OF_DECISIONS = (DutyKind.AUTHORITIES, DutyKind.CONSUMERS)
#: Rights whose breach means that the goods are not the maker's, so that nobody vouches for them.
OF_A_MAKER = frozenset(
    {RightKind.WORD_MARK, RightKind.FIGURATIVE_MARK, RightKind.DESIGN, RightKind.GEOGRAPHICAL_INDICATION}
)


class Because(models.TextChoices):
    """Why a duty began."""

    DECISION = "decision", _("They are not the maker’s, and goods of this kind can injure people")
    NOTICE = "notice", _("A notice says that they are dangerous")
    ORDER = "order", _("An authority orders us to act, and says that they are dangerous")
    TIP = "tip", _("A shopper says that they could hurt somebody")


class Basis(models.TextChoices):
    """Why a country's police is told (DSA, art. 18(1) and (2))."""

    OFFENCE = "offence", _("It is suspected to happen there")
    SELLER = "seller", _("Whoever is suspected lives or is there")
    VICTIM = "victim", _("Whoever is harmed lives or is there")
    ESTABLISHMENT = "establishment", _("No country is certain: the marketplace is established there")
    EUROPOL = "europol", _("No country is certain: Europol")


#: Europol stands where a country's code would.
EUROPOL = "EUROPOL"
