"""Words for what a right is, wherever people read of one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.engine.terms import RightKind

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
