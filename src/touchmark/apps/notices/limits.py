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


#: So many notices one holder files at most in an hour and in a day: 300 listings each are more than anybody looks at.
IN_AN_HOUR = 60
IN_A_DAY = 400


class TooManyNotices(TouchmarkError):
    """More notices come from one account, or one place, than a person writes and reads."""


class TooManyListings(TouchmarkError):
    """One notice names more listings than one notice may."""


class TooManyAtOnce(TouchmarkError):
    """A holder keeps as many drafts, templates or files as it may."""


def require_pace(last_hour: int, last_day: int) -> None:
    """
    Pass if somebody who filed so many notices lately may file another.

    :raises TooManyNotices: otherwise, with when to try again
    """
    if last_hour >= IN_AN_HOUR:
        said = _("You have filed %(count)d notices within an hour. Wait an hour; a notice names up to 300 listings.")
        raise TooManyNotices(said % {"count": last_hour})
    if last_day >= IN_A_DAY:
        said = _("You have filed %(count)d notices within a day. Go on tomorrow; a notice names up to 300 listings.")
        raise TooManyNotices(said % {"count": last_day})


def require_at_most(count: int, *, most: int = MOST) -> None:
    """
    Pass if one notice may name so many listings.

    :raises TooManyListings: otherwise
    """
    if count > most:
        said = _("These are %(count)d listings; a notice names at most %(most)d. Send several notices.")
        raise TooManyListings(said % {"count": count, "most": most})
