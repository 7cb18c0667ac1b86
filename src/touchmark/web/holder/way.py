"""
What somebody has chosen on the way to a notice, as the addresses of its steps carry it.

Going back, bookmarking and signing in again lose nothing, and nothing is stored before the notice is sent.
"""

from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

#: The steps, in order.
STEPS = ("holder_report", "holder_report_listing", "holder_report_reason", "holder_report_statement")


@dataclass(frozen=True, slots=True)
class Way:
    """The choices; blank: not made yet."""

    right: str = ""
    marketplace: str = ""
    listing: str = ""
    reason: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Way":
        """Read the choices from an address."""
        given = request.GET
        return cls(*(given.get(name, "")[:200] for name in ("right", "marketplace", "listing", "reason")))

    def to(self, step: str, **chosen: str) -> str:
        """Give the address of a step with these choices, and others where they are named."""
        said = {name: value for name, value in asdict(replace(self, **chosen)).items() if value}
        return f"{reverse(step)}?{urlencode(said)}"

    def asked_again(self, step: str) -> str:
        """Give the address of a step that must be answered before the next one."""
        return f"{self.to(step)}&missing=1"

    def frame(self, step: str) -> dict[str, object]:
        """Give what every step's page shows: which step it is, the choices, and where each is asked again."""
        return {
            "way": self,
            "number": STEPS.index(step) + 1,
            "steps_in_all": len(STEPS),
            "right_address": self.to("holder_report"),
            "listing_address": self.to("holder_report_listing"),
            "reason_address": self.to("holder_report_reason"),
        }
