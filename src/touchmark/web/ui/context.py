"""The context processor that gives every template its frame as ``shell``."""

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.accounts import sign_up
from touchmark.apps.accounts.queries import ActsFor
from touchmark.apps.inbox import queries as inbox
from touchmark.engine.terms import Actor
from touchmark.web import clock, guard
from touchmark.web.ui import places
from touchmark.web.ui.places import Place

THEMES = ("light", "dark")
#: So many places fit into the bar of a small desk, whatever their language.
IN_THE_BAR = 7


class Shell:
    """What the frame of a page shows. Everything is read when it is asked for: an error page asks for little."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.now = clock.now()
        self.language = translation.get_language() or settings.LANGUAGE_CODE

    @cached_property
    def actor(self) -> Actor | None:
        """Who looks at the page, and for whom; None for somebody not signed in, or not let in yet."""
        actor = guard.actor_of(self.request)
        return actor if actor.user_id else None

    @cached_property
    def places(self) -> list[Place]:
        return places.places_of(self.actor) if self.actor else []

    @property
    def first_places(self) -> list[Place]:
        """The places that stand in the bar itself; the others fold into its last one."""
        return self.places if len(self.places) <= IN_THE_BAR + 1 else self.places[:IN_THE_BAR]

    @property
    def more_places(self) -> list[Place]:
        return self.places[len(self.first_places) :]

    @property
    def here_is_more(self) -> bool:
        """Whether this page lies in a place that is folded."""
        return any(place.address == self.here for place in self.more_places)

    @cached_property
    def here(self) -> str:
        """The address of the place that this page lies in: the one that most of the page's address belongs to."""
        lies = {place.address: place.reach_of(self.request.path) for place in self.places}
        nearest = max(lies, key=lambda address: lies[address], default="")
        return nearest if lies.get(nearest) else ""

    @cached_property
    def organisations(self) -> list[ActsFor]:
        """The organisations that the person may act for."""
        return guard.organisations_here(self.request) if self.actor else []

    @cached_property
    def organisation(self) -> ActsFor | None:
        """The organisation that the person acts for on this page."""
        wanted = self.actor.organisation_id if self.actor else None
        return next((found for found in self.organisations if found.organisation_id == wanted), None)

    @cached_property
    def unread(self) -> int:
        return inbox.unread(self.actor) if self.actor and self.actor.organisation_id else 0

    @cached_property
    def inbox_address(self) -> str:
        """Where the letters of the organisation acted for are; empty for somebody who acts for nobody."""
        return places.INBOX.address if self.actor and self.actor.organisation_id else ""

    @cached_property
    def theme(self) -> str:
        """The theme that the person chose; empty: as the device says."""
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def sign_up(self) -> bool:
        """Whether rights holders make accounts by themselves here."""
        return sign_up.is_open()

    @cached_property
    def demo(self) -> bool:
        """Whether this database is a demo, which every page says."""
        return accounts.is_demo()


def page(request: HttpRequest) -> dict[str, Shell]:
    """Give every template ``shell``."""
    return {"shell": Shell(request)}
