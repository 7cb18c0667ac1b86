"""Writing the statement of reasons: every element of its regime, from the decision, in words for the seller."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.catalog.models import Seller
from touchmark.apps.decisions.kinds import MEASURES, DecisionKind, Ground
from touchmark.apps.decisions.models import Decision, Statement
from touchmark.apps.notices.standing import TRUSTED
from touchmark.engine.policy import clocks, particulars
from touchmark.engine.policy.bodies import named_bodies
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Regime

#: What is no offer, as a sentence about it begins.
OTHER_PAGES = {
    ListingKind.SHOP_FRONT: gettext_lazy("The front of your shop"),
    ListingKind.VIDEO: gettext_lazy("Your video"),
    ListingKind.PICTURE: gettext_lazy("Your picture"),
}


def written(
    decision: Decision, *, from_notice: bool, at: datetime, flagged: bool = False, language: str = ""
) -> Statement:
    """
    Give the statement of a decision that restricts, not yet stored.

    :param flagged: whether all notices that it rests on are trusted flaggers'
    :param language: what the seller reads, where that is known already
    :raises IncompleteParticulars: if an element that the regime asks for has no content
    """
    seller = decision.concerns
    regime = regimes()[decision.marketplace.regime]
    place = decision.marketplace.place
    rule = regime.clock("appeal_window", on=at.astimezone(place.zone).date())
    appeal_by = clocks.due(rule, start=at, place=place)
    language = language or read_by(seller)
    with translation.override(language):
        bodies = named_bodies(regime.id, language, on=decision.decided_at.date())
        source = _source(decision, from_notice=from_notice, flagged=flagged)
        content = _content(decision, regime, source=source, appeal_by=appeal_by) | bodies
    particulars.require(content, document="statement_of_reasons", regime=regime, facts=[_ground_asked(decision)])
    return Statement(
        decision=decision,
        addressed_to=seller.organisation if seller else None,
        regime=regime.id,
        content=content,
        language=language,
        issued_at=at,
        appeal_by=appeal_by,
        appeal_rule=rule.id,
    )


def _ground_asked(decision: Decision) -> str:
    """An order is told as the law that it rests on."""
    return "ground_terms" if decision.ground == Ground.TERMS else "ground_law"


def read_by(seller: Seller | None) -> str:
    """Give the language in which a seller reads: that of most of its people, else the site's own."""
    return accounts.language_of(seller.organisation_id) if seller else settings.LANGUAGE_CODE


def _content(decision: Decision, regime: Regime, *, source: str, appeal_by: datetime) -> dict[str, Any]:
    """Give the elements by the names that the regime's particulars use, and what the letter names besides."""
    ground = "contractual_ground" if decision.ground == Ground.TERMS else "legal_ground"
    return {
        "decision": decision.ref,
        "kind": decision.kind,
        "listing": naming(decision),
        "restriction": _restriction(decision),
        "territories": _territories(decision),
        "duration": _duration(decision),
        "facts": decision.facts,
        "source": source,
        "automated_detection": _detection(decision),
        "automated_decision": _decision_by(decision),
        ground: decision.ground_reference,
        "ground_explanation": _(decision.ground_explanation),  # one that was offered is known; a reviewer's own stays
        "internal_complaint": _("You can appeal here, free of charge, until {date}.").format(date=moment(appeal_by)),
        "out_of_court": _(regime.texts["out_of_court"]),
        "court": _(regime.texts["court"]),
    }


def naming(decision: Decision) -> dict[str, str]:
    """Give how every letter names what was decided on: the listing as it was then, or the seller."""
    if decision.snapshot is None:
        seller = decision.concerns
        return {
            "title": str(seller),
            "marketplace": decision.marketplace.name,
            "listing_id": seller.seller_id if seller else "",
        }
    return {
        "title": decision.snapshot.content["title"],
        "marketplace": decision.marketplace.name,
        "listing_id": decision.offer.listing_id,
    }


def moment(at: datetime) -> str:
    """Give a moment as people read it, with its zone."""
    return date_format(at.astimezone(UTC), pgettext("how a moment is written in a letter", "j F Y, H:i")) + " UTC"


def _restriction(decision: Decision) -> str:
    if decision.kind == DecisionKind.CORRECT:
        return _correction(decision)
    return measure_in_words(decision)


def measure_in_words(decision: Decision) -> str:
    """Say what is done, in a sentence; of a listing that is to be corrected, what is done if it is not."""
    if decision.listing is not None and decision.offer.kind in OTHER_PAGES and decision.acts_as in MEASURES:
        return _of_a_page(ListingKind(decision.offer.kind), decision.acts_as)
    return {
        DecisionKind.REMOVE: _("The listing is taken off sale."),
        DecisionKind.HIDE: _(
            "The listing is hidden from search and recommendations; whoever has its address can still see and buy."
        ),
        DecisionKind.DISABLE: _("The listing is disabled for shoppers in some territories."),
        DecisionKind.PICTURES: _(
            "These pictures or videos are taken off: {pictures}. The listing stays on sale."
        ).format(pictures=", ".join(f"“{name}”" for name in decision.pictures)),
        DecisionKind.HOLD: _("The listing is held: it is not published until somebody has decided on it."),
        DecisionKind.SUSPEND: _("Your shop is suspended: its offers are off sale, and no new ones can be published."),
        DecisionKind.CLOSE: _("Your shop is closed: its offers are off sale for good."),
        DecisionKind.BAN: _("You can offer nothing new for a time. What you offer already stays as it is."),
        DecisionKind.LINK: _(
            "Your shop is counted together with another: what counts against that one counts for yours."
        ),
    }[decision.acts_as]


def _of_a_page(page: ListingKind, kind: DecisionKind) -> str:
    """Say what is done to what is no offer: nobody buys it, and it is shown or not."""
    texts = {
        DecisionKind.REMOVE: _("{what} is not shown any more. What the shop offers stays as it is."),
        DecisionKind.HIDE: _("{what} is found by no search; whoever has its address can still see it."),
        DecisionKind.DISABLE: _("{what} is not shown in some territories."),
    }
    return texts[kind].format(what=OTHER_PAGES[page])


def _correction(decision: Decision) -> str:
    if decision.listing is not None and decision.offer.kind in OTHER_PAGES:
        asked = _("You are asked to correct it: {what}.").format(what=OTHER_PAGES[ListingKind(decision.offer.kind)])
    else:
        asked = _("You are asked to correct the listing.")
    if decision.at_once:
        return " ".join((asked, _("Until then:"), measure_in_words(decision)))
    return " ".join(
        (asked, _("It stays on sale meanwhile. If it is not corrected in time:"), measure_in_words(decision))
    )


def _territories(decision: Decision) -> str:
    if decision.acts_as == DecisionKind.DISABLE:
        return _("It applies in: {territories}.").format(territories=", ".join(decision.territories))
    return _("It applies everywhere that {marketplace} sells.").format(marketplace=decision.marketplace.name)


def _duration(decision: Decision) -> str:
    start = decision.effective_at or decision.decided_at
    if decision.correct_by is not None:
        text = _(
            "You have until {date} to correct it. The new version is screened as soon as it is here; corrected in "
            "time, the decision is closed and does not count against you."
        )
        return text.format(date=moment(decision.correct_by))
    if decision.order:
        return _("It takes effect on {date} and lasts as long as the order does.").format(date=moment(start))
    if decision.gate:
        text = _("It takes effect on {date} and lasts until we have checked a proof of where the goods come from.")
        return text.format(date=moment(start))
    if decision.because is not None and decision.because.ends_at is not None:
        text = _("It takes effect on {date} and lasts as long as the ban on new offers, until {end}.")
        return text.format(date=moment(start), end=moment(decision.because.ends_at))
    if decision.kind == DecisionKind.HOLD:
        return _("It takes effect on {date} and lasts until somebody decides.").format(date=moment(start))
    if decision.ends_at is not None:
        text = _("It takes effect on {date} and ends by itself on {end}.")
        return text.format(date=moment(start), end=moment(decision.ends_at))
    return _("It takes effect on {date} and lasts until it is reversed.").format(date=moment(start))


def by_flaggers(decision: Decision) -> bool:
    """Whether all notices that a stored decision rests on are trusted flaggers'."""
    return not decision.notices.exclude(notice__lane=TRUSTED).exists()


def _source(decision: Decision, *, from_notice: bool, flagged: bool) -> str:
    if decision.order:
        return _("We acted on the order of an authority.")
    if from_notice and flagged:
        return _("We acted on a notice by a trusted flagger.")
    if from_notice:
        return _("We acted on a notice by the holder of the right.")
    return _("We acted on an investigation of our own.")


def _detection(decision: Decision) -> str:
    if decision.automated_detection:
        return _("Automated screening found what is described above.")
    return _("No automated means were used to find it.")


def _decision_by(decision: Decision) -> str:
    if decision.decided_by_id is None and decision.rule is None and decision.approved_by_id is None:
        return _("It was held by itself, without a person; a person decides what becomes of it.")
    if decision.decided_by_id is None and decision.rule is None:
        return _("It followed from a written rule by what counts against you; a person looked, and decided.")
    if decision.rule is None:
        return _("A person decided; no decision was made by a machine.")
    text = _("A written rule of ours decided by itself ({rule}); no person looked. If you appeal, a person decides.")
    return text.format(rule=decision.rule)
