"""Words that pages use for what the code calls by short names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.engine.terms import RightKind, Role, Way

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
    Role.CLOCK: _("the clock"),
    Role.SYSTEM: _("the system"),
}

#: What an organisation is (``accounts.OrganisationKind``).
KINDS: dict[str, Promise] = {
    "platform": _("platform"),
    "holder": _("rights holder"),
    "seller": _("seller"),
    "authority": _("authority"),
}

#: What kind of right something is.
RIGHT_KINDS: dict[str, Promise] = {
    RightKind.WORD_MARK: _("word mark"),
    RightKind.FIGURATIVE_MARK: _("figurative mark"),
    RightKind.DESIGN: _("design"),
    RightKind.COPYRIGHT: _("copyright"),
    RightKind.PATENT: _("patent"),
    RightKind.UTILITY_MODEL: _("utility model"),
    RightKind.GEOGRAPHICAL_INDICATION: _("geographical indication"),
}

WAYS: dict[Way, Promise] = {
    Way.PLAIN: _("as written"),
    Way.DISGUISED: _("disguised"),
    Way.REFERENTIAL: _("only refers to it"),
    Way.COPIED_IMAGE: _("copied picture"),
    Way.LOGO: _("logo in the picture"),
    Way.LOOKALIKE: _("looks alike"),
}
