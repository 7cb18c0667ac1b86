"""Words that pages use for what the code calls by short names."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from touchmark.apps.registry.words import RIGHT_KINDS
from touchmark.engine.policy.reasons import reasons
from touchmark.engine.terms import Role, Way

__all__ = ["KINDS", "RIGHT_KINDS", "ROLES", "WAYS", "words_of_reason"]

ROLES: dict[Role, Promise] = {
    Role.HOLDER: _("rights holder"),
    Role.AGENT: _("agent"),
    Role.SELLER: _("seller"),
    Role.REVIEWER: _("reviewer"),
    Role.POLICY_OWNER: _("policy owner"),
    Role.OPERATOR: _("operator"),
    Role.INVESTIGATOR: _("investigator"),
    Role.AUTHORITY: _("authority"),
    Role.MEMBER: _("alliance member"),
    Role.SECRETARIAT: _("alliance secretariat"),
    Role.MARKETPLACE: _("a marketplace's program"),
    Role.CLOCK: _("the clock"),
    Role.SYSTEM: _("the system"),
}

#: What an organisation is (``accounts.OrganisationKind``).
KINDS: dict[str, Promise] = {
    "platform": _("platform"),
    "holder": _("rights holder"),
    "seller": _("seller"),
    "authority": _("authority"),
    "guest": _("somebody without an account"),
}

WAYS: dict[Way, Promise] = {
    Way.PLAIN: _("as written"),
    Way.DISGUISED: _("disguised"),
    Way.REFERENTIAL: _("only refers to it"),
    Way.COPIED_IMAGE: _("copied picture"),
    Way.LOGO: _("logo in the picture"),
    Way.LOOKALIKE: _("looks alike"),
}


def words_of_reason(code: str) -> str:
    """Give the reason of a notice as a holder would say it: suspected, until it is proven."""
    return gettext(reasons()[code].says)
