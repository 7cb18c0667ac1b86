"""How much one notice, one holder and one guest may do at once."""

from django.utils.translation import gettext as _

from touchmark.engine.errors import TouchmarkError

#: So many listings one notice names at most, and one that a guest sends.
MOST = 300
MOST_OF_GUESTS = 10
#: So many drafts, templates and files of evidence there may be at once.
DRAFTS = 100
TEMPLATES = 100
FILES = 20


class TooManyListings(TouchmarkError):
    """One notice names more listings than one notice may."""


class TooManyAtOnce(TouchmarkError):
    """A holder keeps as many drafts, templates or files as it may."""


def require_at_most(count: int, *, most: int = MOST) -> None:
    """
    Pass if one notice may name so many listings.

    :raises TooManyListings: otherwise
    """
    if count > most:
        said = _("These are %(count)d listings; a notice names at most %(most)d. Send several notices.")
        raise TooManyListings(said % {"count": count, "most": most})
