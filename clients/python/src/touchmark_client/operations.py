"""Every operation, with what it takes. Made from docs/openapi.json by generate.py: not written by hand."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, NotRequired, TypedDict, cast
from urllib.parse import quote

from touchmark_client.core import Core


class AppealIn(TypedDict):
    """What is said against a decision; ``files`` that show it were sent to ``/evidence`` before."""

    grounds: str
    files: NotRequired[list[ShownIn]]


class AppealOut(TypedDict):
    """An appeal. What was said and answered is for the seller and reviewers; a marketplace sees that there is one."""

    ref: str
    decision: str
    notice: str | None
    marketplace: str
    listing_id: str | None
    status: str
    filed_at: str
    decided_at: str | None
    grounds: str | None
    answer: str | None


AppealStatus = Literal["new", "filed", "upheld", "reversed", "partly", "withdrawn"]


class AppealsOut(TypedDict):
    """A page of appeals, newest first."""

    items: list[AppealOut]
    next: str | None


class AsideIn(TypedDict):
    """Whether a duty is not owed, or owed after all, and why; it stays on record."""

    event: Literal["set_aside", "owe_after_all"]
    why: str


class AssessedOut(TypedDict):
    """Whether a listing should be acted on, as of its last screening."""

    marketplace: str
    listing_id: str
    risk: float
    verdict: str
    reasons: list[ReasonOut]
    made_at: str
    settled_at: str | None
    snapshot_id: str
    model_version: str


class AssessmentOut(TypedDict):
    """Whether the offer should be acted on."""

    risk: float
    verdict: str
    reasons: list[ReasonOut]


class AssessmentsOut(TypedDict):
    """A page of assessments, newest first."""

    items: list[AssessedOut]
    next: str | None


Basis = Literal["offence", "seller", "victim", "establishment", "europol"]


class BehindOut(TypedDict):
    """A decision that counts; ``decision`` is null where it is none of yours to see."""

    decision: str | None
    gravity: str
    since: str
    until: str


class BuyersOut(TypedDict):
    """A decision because of which those who bought the goods since ``bought_since`` are informed (DSA, article 32). ``texts`` are what they are told, by language; ``due_by`` is by when, empty once it is done. ``informed`` is what your marketplace said last. Where not all are known, the same is published, since ``published_at``."""

    decision: str
    marketplace: str
    listing_id: str | None
    status: str
    bought_since: str
    texts: dict[str, Any]
    asked_at: str
    due_by: str | None
    informed: InformedOut | None
    published_at: str | None


BuyersStatus = Literal["new", "asked", "overdue", "informed", "published", "ended"]


class CheckIn(TypedDict):
    """What a reviewer makes of it: accepted until a moment; declined, or revoked later, with a reason."""

    event: Literal["accept", "decline", "revoke"]
    valid_until: NotRequired[str | None]
    answer: NotRequired[str]


class ChoiceIn(TypedDict):
    """The ladder to follow, and why."""

    ladder: str
    why: str


class CompletionIn(TypedDict):
    """What a notice lacked, by the names that ``lacking`` uses; and files that give an element."""

    particulars: NotRequired[dict[str, Any]]
    files: NotRequired[list[ShowsIn]]


class ConcernedOut(TypedDict):
    """A country whose police is proposed to be told, or EUROPOL, and why."""

    country: str
    basis: Basis


class ConfirmationIn(TypedDict):
    """What the marketplace has done: taken the listing, or all that a seller offers, off sale, or put it back."""

    type: Literal[
        "listing.restricted",
        "listing.restored",
        "seller.restricted",
        "seller.restored",
        "seller.listing_ban",
        "seller.listing_ban_lifted",
    ]


class CounterIn(TypedDict):
    """An answer to a notice. What the law asks for besides goes into ``particulars``, by the names that ``lacking`` uses."""

    ground: NotRequired[str]
    explanation: NotRequired[str]
    particulars: NotRequired[dict[str, Any]]
    files: NotRequired[list[EvidenceIn]]


class CounterOut(TypedDict):
    """An answer to one listing of a notice. ``declared`` is what the law has forwarded; ``lacking``, for the seller, what an incomplete one still needs."""

    ref: str
    notice: str
    decision: str
    marketplace: str
    listing_id: str
    regime: str
    statutory: bool
    chance: int
    status: str
    ground: str
    explanation: str
    declared: dict[str, Any]
    replies: list[SaidOut]
    suits: list[str]
    outcome_text: str
    filed_at: str
    received_at: str | None
    arrived_at: str | None
    settled_at: str | None
    lacking: list[LackingOut]
    due: list[DueOut]


CounterStatus = Literal[
    "new",
    "incomplete",
    "received",
    "forwarded",
    "arrived",
    "answered",
    "held",
    "put_back",
    "ruled",
    "rejected",
    "kept",
    "annulled",
    "withdrawn",
    "lapsed",
]


class CountersOut(TypedDict):
    """A page of answers, newest first."""

    items: list[CounterOut]
    next: str | None


class CoveredListOut(TypedDict):
    """A page of the rights that a mandate covers, newest first."""

    items: list[CoveredOut]
    next: str | None


class CoveredOut(TypedDict):
    """A right under which an agent files: `right` of a notice is its ``ref``."""

    ref: str
    kind: str
    text: str
    office: str
    number: str
    status: str


class DecisionOut(TypedDict):
    """A decision on a listing, or on a seller (``suspend``, ``close``, ``ban``, ``link``): then it has no ``listing_id``. ``statement`` is the statement of reasons, as the seller reads it; ``reason`` is why a listing was left on sale. A listing is to be corrected by ``correct_by``; ``measure`` is done otherwise, or, ``at_once``, until then. ``notices``, of one decision, are the references by which its seller can answer the notices behind it. Where ``tell_seller`` is false, an authority's ``order`` lets the seller learn nothing of it before ``tell_seller_after``."""

    ref: str
    marketplace: str
    listing_id: str | None
    seller_id: str | None
    kind: str
    reason: str
    correct_by: str | None
    measure: str
    at_once: bool
    territories: list[str]
    pictures: list[str]
    ground: str
    ground_reference: str
    ground_explanation: str
    facts: str
    automated_detection: bool
    status: str
    decided_at: str
    effective_at: str | None
    ends_at: str | None
    reversed_at: str | None
    reversal_reason: str
    appeal_by: str | None
    statement: dict[str, Any] | None
    restriction: RestrictionOut | None
    linked_to: str | None
    order: str | None
    tell_seller: bool
    tell_seller_after: str | None
    notices: NotRequired[list[str] | None]


DecisionStatus = Literal[
    "new",
    "dismissed",
    "in_force",
    "reversed",
    "ended",
    "to_correct",
    "corrected",
    "held",
    "released",
    "replaced",
    "proposed",
    "declined",
    "put_back",
    "reopened",
]


class DecisionsOut(TypedDict):
    """A page of decisions, newest first."""

    items: list[DecisionOut]
    next: str | None


class DeliveriesOut(TypedDict):
    """A page of messages, newest first."""

    items: list[DeliveryOut]
    next: str | None


class DeliveryOut(TypedDict):
    """A message to a webhook, and how telling it goes. ``to`` is blank for an organisation's own; ``id`` is that of the header webhook-id, without msg_."""

    id: str
    to: str
    subject: str
    sequence: int
    state: str
    attempts: int
    created_at: str
    due_at: str


class DiscardedOut(TypedDict):
    """The reference of a draft that is no more."""

    ref: str


class DisputeOut(TypedDict):
    """A dispute: before which body, how it stands, what the body decided, whether the platform follows and why. ``fee`` is what the platform paid, for reviewers."""

    ref: str
    appeal: str
    decision: str
    body: str
    body_url: str
    number: str
    received_on: str
    status: str
    result: str
    text: str
    why: str
    fee: str | None
    told_at: str
    decided_at: str | None
    closed_at: str | None


DisputeStatus = Literal["new", "open", "overdue", "decided", "followed", "not_followed", "refused", "settled", "ended"]


class DisputesOut(TypedDict):
    """A page of disputes, newest first."""

    items: list[DisputeOut]
    next: str | None


class DraftIn(TypedDict):
    """A draft under one ``right``, by its reference here (R-…); with the words of a ``template`` of yours, if named."""

    leave_out: NotRequired[list[int]]
    listings: NotRequired[list[ListingIn]]
    reason: NotRequired[NoticeReason | None]
    statement: NotRequired[str | None]
    particulars: NotRequired[dict[str, Any]]
    shared: NotRequired[list[Literal["name", "email", "phone", "address"]] | None]
    files: NotRequired[list[ShowsIn]]
    right: str
    template: NotRequired[str]


class DraftOut(TypedDict):
    """A draft; ``named`` is how many listings it names. Of one alone: ``listings`` that would be reported if it were sent now, those that would be ``refused``, what the laws ask for that is ``lacking``, and when it is deleted, ``due``."""

    ref: str
    right: str
    reason: str
    statement: str
    particulars: dict[str, Any]
    shared: list[str]
    named: int
    changed_at: str
    listings: NotRequired[list[MeantOut] | None]
    refused: NotRequired[list[RefusedOut] | None]
    lacking: NotRequired[list[LackingOut] | None]
    files: NotRequired[list[FileOut] | None]
    due: NotRequired[list[DueOut] | None]


class DraftsOut(TypedDict):
    """A page of drafts, newest first."""

    items: list[DraftOut]
    next: str | None


class DroppingIn(TypedDict):
    """Whether a suspicion is dropped, or raised again, and why; it stays on record."""

    event: Literal["drop", "raise_again"]
    why: str


class DueOut(TypedDict):
    """What must happen by when, by which dated rule; empty ``due_at``: its clock stands still."""

    clock: str
    rule: str
    due_at: str | None


class DutiesOut(TypedDict):
    """A page of duties, newest first."""

    items: list[DutyOut]
    next: str | None


DutyKind = Literal["notice", "authorities", "consumers"]


class DutyOut(TypedDict):
    """A duty: to process a ``notice`` of danger, to tell the ``authorities``, to warn the ``consumers``; ``because`` of what it began. ``about`` is the notice that tells of the danger, ``goods`` the group of safety-critical goods. ``told`` is given of one duty alone."""

    ref: str
    kind: DutyKind
    because: str
    marketplace: str
    listing_id: str
    decision: str | None
    about: str
    goods: str
    status: SafetyStatus
    began_at: str
    due_at: str | None
    why: str
    told: NotRequired[list[ToldOut] | None]


class EndIn(TypedDict):
    """Why a mandate ends; the other side reads it."""

    why: NotRequired[str]


class EvidenceIn(TypedDict):
    """A photo, a scan or a PDF: what it shows, and the file: by the digest of one that was sent to ``/evidence``, or its bytes in Base64."""

    kind: FileKind
    sha256: NotRequired[str | None]
    base64: NotRequired[str | None]


class EvidenceOut(TypedDict):
    """A file that can be named now, by its digest, until a moment; ``pages`` is how many pictures are shown of it."""

    sha256: str
    size: int
    media_type: str
    pages: int
    name: str
    named_until: str


FileKind = Literal[
    "invoice",
    "authorisation",
    "certificate",
    "comparison",
    "prior_art",
    "customs",
    "ruling",
    "identity",
    "suit",
    "delay",
    "other",
]


class FileOut(TypedDict):
    """A file of a draft, by its digest, and which element it gives."""

    kind: str
    sha256: str
    name: str


class FindingOut(TypedDict):
    """One use of one right: where, how, how sure, why."""

    right_id: str
    way: str
    confidence: float
    reasons: list[ReasonOut]
    field: str
    start: int | None
    end: int | None
    surface: str | None
    image: str | None
    box: list[int] | None


class FindingsOut(TypedDict):
    """A page of findings, newest first."""

    items: list[FoundOut]
    next: str | None


class FlagIn(TypedDict):
    """A notice of a trusted flagger. ``right`` is the reference of a right that you hold, or for which you have a mandate; else ``stated_right`` says whose right it is."""

    listings: NotRequired[list[ListingIn]]
    marketplace: NotRequired[str | None]
    listing_id: NotRequired[str | None]
    reason: NoticeReason
    statement: str
    good_faith: Literal[True]
    particulars: NotRequired[dict[str, Any]]
    shared: NotRequired[list[Literal["name", "email", "phone", "address"]]]
    files: NotRequired[list[ShowsIn]]
    right: NotRequired[str]
    stated_right: NotRequired[StatedRightIn | None]


class FlaggerOut(TypedDict):
    """Your status, as a coordinator awarded it; blank ``expertise``: all of intellectual property. ``counts`` says whether a notice sent today goes first; ``numbers`` are those that a poor record is reported with."""

    ref: str
    status: str
    counts: bool
    coordinator: str
    country: str
    decision: str
    expertise: list[str]
    awarded_on: str
    ends_on: str | None
    why: str
    numbers: dict[str, Any]


class FollowedOut(TypedDict):
    """What a marketplace follows; `since` and `by` are null while nobody has chosen."""

    marketplace: str
    ladder: str
    since: str | None
    by: str | None


class FoundOut(TypedDict):
    """A finding of the last screening of a listing."""

    right_id: str
    way: str
    confidence: float
    reasons: list[ReasonOut]
    field: str
    start: int | None
    end: int | None
    surface: str | None
    image: str | None
    box: list[int] | None
    marketplace: str
    listing_id: str
    made_at: str
    snapshot_id: str
    model_version: str


class GateIn(TypedDict):
    """Of a ``brand``, with its ``holder`` where several have one of that name, or of a ``category``."""

    brand: NotRequired[str | None]
    holder: NotRequired[str]
    category: NotRequired[str | None]
    marketplace: NotRequired[str]
    reason: str


class GateOut(TypedDict):
    """A gate: of a brand, or of categories that begin with a word; at one marketplace, or at all."""

    ref: str
    brand: str | None
    category: str
    marketplace: str | None
    reason: str | None
    since: str
    until: str | None


class GatesOut(TypedDict):
    """A page of gates, newest first."""

    items: list[GateOut]
    next: str | None


class GoneIn(TypedDict):
    """Listings that are gone."""

    listings: list[GoneListingIn]


class GoneListingIn(TypedDict):
    """A listing that is gone: its ``seller`` took it off sale, or the ``marketplace`` did, or it is ``unknown``, as when it was deleted."""

    listing_id: str
    because: NotRequired[Literal["seller", "marketplace", "unknown"]]


class GoneOut(TypedDict):
    """Of how many listings that was news, and how many reported ones wait for theirs to come back; ``results`` has each, in the order in which it was said, counted from 1."""

    gone: int
    notices_waiting: int
    results: list[GoneResult]


class GoneResult(TypedDict):
    """What became of one that was said: it is ``gone`` now, was ``gone_before``, is ``not_known`` here, or was ``repeated`` by a later one of the same id."""

    row: int
    listing_id: str
    outcome: Literal["gone", "gone_before", "not_known", "repeated"]


class InformedIn(TypedDict):
    """How many buyers were told in all, and how many of those who bought since ``bought_since`` could not be: nobody's name. ``told_at`` is when the last of them was told, ``how`` in your words, such as "e-mail and app"."""

    told: int
    unreachable: NotRequired[int]
    told_at: str
    how: str


class InformedOut(TypedDict):
    """What your marketplace said that it did: how many it told, how many it could not reach, when and how."""

    told: int
    unreachable: int
    told_at: str
    how: str
    said_at: str


ItemStatus = Literal[
    "new",
    "waiting",
    "received",
    "proposed",
    "examined",
    "joined",
    "gone",
    "ungrounded",
    "upheld",
    "refused",
    "withdrawn",
    "lapsed",
    "stopped",
    "retracted",
    "put_back",
    "reversed",
]


class LackingOut(TypedDict):
    """Something that a notice still needs: how to give it, the words of a statement to confirm, which law asks."""

    name: str
    asks: str
    give: str
    says: str
    source: str


class LadderOut(TypedDict):
    """A ladder that is in force."""

    ladder: str
    source: str
    in_force_from: str
    tracks: list[WayOut]


class LaddersOut(TypedDict):
    """The ladders in force, and which of them each marketplace follows."""

    in_force: list[LadderOut]
    followed: list[FollowedOut]


class ListingIn(TypedDict):
    """What is objected to: by its web address, which may be that of a listing, of a shop front, or of a picture or a video that listings show; or by its number and, where several know that one, its marketplace. A shop front also by the ``seller_id`` of its shop and, where several know that one, its marketplace."""

    url: NotRequired[str | None]
    listing_id: NotRequired[str | None]
    marketplace: NotRequired[str]
    seller_id: NotRequired[str | None]


class ListingOut(TypedDict):
    """A listing as the marketplace last sent it; by its ``kind`` it is an offer, or another page that it shows."""

    marketplace: str
    listing_id: str
    seller_id: str | None
    kind: Literal["offer", "shop_front", "video", "picture"]
    title: str
    description: str
    brand: str
    category: str
    price: str | None
    currency: str
    condition: str
    quantity: int | None
    gtin: str
    url: str
    images: list[str]
    offered_in: list[str]
    ships_from: str
    unreadable: list[str]
    received_at: str
    changed_at: str
    gone_at: str | None


class ListingsOut(TypedDict):
    """A page of listings, newest first."""

    items: list[ListingOut]
    next: str | None


class MandateIn(TypedDict):
    """A mandate that you give. ``agent`` is the number of the association, which it sees under `number` of its own list; ``whole`` is for all of your rights, else ``brands`` by their names and ``rights`` by their references."""

    agent: str
    from_on: str
    until_on: NotRequired[str | None]
    whole: NotRequired[bool]
    brands: NotRequired[list[str]]
    rights: NotRequired[list[str]]


class MandateOut(TypedDict):
    """A mandate, to either side; ``counts`` says whether notices can be filed under it today."""

    ref: str
    principal: str
    agent: str
    whole: bool
    brands: list[str]
    from_on: str
    until_on: str | None
    status: str
    counts: bool
    why: str
    given_at: str
    ended_at: str | None


MandateStatus = Literal["new", "given", "revoked", "laid_down", "expired"]


class MandatesOut(TypedDict):
    """A page of mandates, newest first; ``number`` is that of your own organisation, for who gives you one."""

    number: str
    items: list[MandateOut]
    next: str | None


class ManyBuyersOut(TypedDict):
    """A page of such decisions, newest first."""

    items: list[BuyersOut]
    next: str | None


class MeantOut(TypedDict):
    """A listing that would be in the notice: its place in the draft, from 1, and under which law."""

    place: int
    marketplace: str
    listing_id: str
    target: Literal["listing", "shop_front", "picture", "video"]
    picture: str
    regime: str


class NoticeIn(TypedDict):
    """A report of listings under one right. ``right`` is its reference here (R-…); ``good_faith`` declares that what is said is accurate and complete; ``shared`` is what of your contact the sellers may see; ``files`` were sent to ``/evidence`` before. One listing can be named by ``marketplace`` and ``listing_id`` instead of a list. If the goods can injure somebody, ``particulars`` say how under ``danger``: product safety law has its own clocks."""

    listings: NotRequired[list[ListingIn]]
    marketplace: NotRequired[str | None]
    listing_id: NotRequired[str | None]
    reason: NoticeReason
    statement: str
    good_faith: Literal[True]
    particulars: NotRequired[dict[str, Any]]
    shared: NotRequired[list[Literal["name", "email", "phone", "address"]]]
    files: NotRequired[list[ShowsIn]]
    right: str


class NoticeItemOut(TypedDict):
    """One listing of a notice: under which law, where it stands, and what its holder was told of the outcome. ``target`` is what is objected to; ``picture`` the address of the one picture or video of the listing, where it is that."""

    ref: str
    marketplace: str
    listing_id: str
    target: Literal["listing", "shop_front", "picture", "video"]
    picture: str
    regime: str
    status: str
    outcome_text: str
    settled_at: str | None
    due: list[DueOut]


class NoticeOut(TypedDict):
    """A notice; ``counts`` says how many of its ``listings`` stand where. ``state`` is where the whole stands. ``marketplace``, ``listing_id``, ``outcome_text`` and ``settled_at`` are told of a notice on one listing, ``status`` where all stand alike. Where one notice is asked for or was filed, ``items`` tells of each listing, ``lacking`` what an incomplete notice still needs, ``due`` by when."""

    ref: str
    right: str
    marketplace: str | None
    listing_id: str | None
    reason: str
    statement: str
    status: str | None
    outcome_text: str | None
    filed_at: str
    settled_at: str | None
    state: str
    listings: int
    counts: dict[str, Any]
    parties: list[PartyOut]
    items: NotRequired[list[NoticeItemOut] | None]
    lacking: NotRequired[list[LackingOut] | None]
    due: NotRequired[list[DueOut] | None]
    refused: NotRequired[list[RefusedOut] | None]


NoticeReason = Literal[
    "suspected_fake",
    "mark_in_text",
    "mark_in_picture",
    "mark_in_shop_name",
    "copied_picture",
    "copied_text",
    "copied_video",
    "pirated_copy",
    "lookalike_design",
    "uses_invention",
    "uses_utility_model",
    "false_origin",
]


class NoticesOut(TypedDict):
    """A page of notices, newest first."""

    items: list[NoticeOut]
    next: str | None


class OfferIn(TypedDict):
    """An offer; the names are those of the columns of listings in files."""

    title: str
    listing_id: NotRequired[str]
    seller_id: NotRequired[str | None]
    description: NotRequired[str | None]
    brand: NotRequired[str | None]
    category: NotRequired[str | None]
    price: NotRequired[float | None]
    currency: NotRequired[str | None]
    condition: NotRequired[str | None]
    quantity: NotRequired[int | None]
    gtin: NotRequired[str | None]
    url: NotRequired[str | None]
    attributes: NotRequired[str | None]
    offered_in: NotRequired[list[str] | None]
    ships_from: NotRequired[str | None]
    published_at: NotRequired[str | None]


class OrderIn(TypedDict):
    """An order: to ``act`` against listings, or to ``give`` information about sellers."""

    legal_basis: NotRequired[str]
    reasons: NotRequired[str]
    redress: NotRequired[str]
    inform: NotRequired[str]
    language: NotRequired[str]
    locations: NotRequired[list[str]]
    territories: NotRequired[list[str]]
    asked: NotRequired[
        list[
            Literal[
                "shop",
                "opened_on",
                "country",
                "name",
                "address",
                "phone",
                "email",
                "payment_account",
                "register",
                "register_number",
                "tax_number",
            ]
        ]
    ]
    product: NotRequired[Literal["", "illegal", "dangerous"]]
    contact: NotRequired[str]
    untold_until: NotRequired[str | None]
    letter: NotRequired[str | None]
    kind: Literal["act", "give"]
    authority: str
    country: str
    reference: str
    received_at: str


class OrderItemOut(TypedDict):
    """What an order names, and what became of it."""

    said: str
    listing_id: str | None
    seller_id: str | None
    outcome: str
    decision: str | None


class OrderOut(TypedDict):
    """An order; ``verified``: enough people found it to be real. ``missing`` are the elements of the law that it lacks; that and ``items`` are given of one order alone."""

    ref: str
    kind: str
    marketplace: str
    authority: str
    country: str
    reference: str
    status: str
    verified: bool
    received_at: str
    carried_out_at: str | None
    answered_at: str | None
    untold_until: str | None
    territories: list[str]
    product: str
    asked: list[str]
    asked_for_more: str
    answer: str
    ended_why: str
    missing: NotRequired[list[str] | None]
    items: NotRequired[list[OrderItemOut] | None]


OrderStatus = Literal["new", "received", "incomplete", "carried_out", "answered", "declined", "withdrawn", "lifted"]


class OrdersOut(TypedDict):
    """A page of orders, newest first."""

    items: list[OrderOut]
    next: str | None


class PartyOut(TypedDict):
    """Who is behind a notice: the ``principal``, whose right it is, and the ``agent`` that files for it, by a mandate or as a trusted flagger."""

    role: Literal["principal", "agent"]
    name: str
    mandate: str


class PictureIn(TypedDict):
    """A picture of the offer: the bytes of its file in Base64."""

    name: NotRequired[str]
    base64: str


class Place(TypedDict):
    """One thing that is wrong with what was sent, and where: a JSON pointer into the body."""

    pointer: str
    detail: str


class PlaceOut(TypedDict):
    """What a marketplace follows; `preview` is null where no other ladder was asked for."""

    followed: FollowedOut
    preview: PreviewOut | None


class PoliceIn(TypedDict):
    """What the police was told: of which ``country`` (two letters of a member state, or EUROPOL), and why they."""

    country: str
    authority: str
    basis: Basis
    given: str
    told_at: str
    reference: NotRequired[str]


class PoliceOut(TypedDict):
    """What an authority was told, why it, and what it was given."""

    country: str
    authority: str
    basis: Basis
    given: str
    told_at: str
    reference: str


class PreviewOut(TypedDict):
    """What following a ladder would change today. `now` and `then` count shops by the gravest that follows. `more`: not every shop was looked at, but those with the newest decisions. `changed` is for how many something else would follow; the gravest of them are named."""

    shops: int
    more: bool
    now: dict[str, Any]
    then: dict[str, Any]
    changed: int
    changes: list[ShopChangeOut]


class Problem(TypedDict):
    """Why a request was refused."""

    type: NotRequired[str]
    title: str
    status: int
    detail: str
    errors: NotRequired[list[Place] | None]


class ProofIn(TypedDict):
    """An invoice or an authorisation; ``files`` are photos, scans or PDFs of it, in Base64."""

    kind: Literal["invoice", "authorisation"]
    issued_by: str
    issued_on: str
    files: list[str]
    note: NotRequired[str]


class ProofOut(TypedDict):
    """A proof of where goods come from; accepted, it is good until ``valid_until``."""

    ref: str
    gate: str
    seller: str
    kind: str
    issued_by: str
    issued_on: str
    note: str
    pages: int
    status: str
    filed_at: str
    checked_at: str | None
    valid_until: str | None
    answer: str


ProofStatus = Literal["new", "filed", "accepted", "declined", "withdrawn", "expired", "revoked"]


class ProofsOut(TypedDict):
    """A page of proofs, newest first."""

    items: list[ProofOut]
    next: str | None


class ProposalAnswerIn(TypedDict):
    """A proposal is approved or declined, or what is in force lifted; the last two want a reason."""

    event: Literal["approve", "decline", "lift"]
    reason: NotRequired[str]


class ProposalIn(TypedDict):
    """What is proposed: ``suspend``, ``close``, ``ban`` (nothing new until ``ends_at``), or ``link`` to another shop. ``facts`` are what the seller reads first."""

    marketplace: str
    seller_id: str
    kind: Literal["suspend", "close", "ban", "link"]
    facts: str
    ground: Literal["law", "terms"]
    ground_reference: str
    ground_explanation: str
    ends_at: NotRequired[str | None]
    linked_marketplace: NotRequired[str]
    linked_seller_id: NotRequired[str]


class ReasonOut(TypedDict):
    """One term of a sum of log-odds, and what it means."""

    feature: str
    value: str | None
    weight: float
    text: str


class RefusedOut(TypedDict):
    """A listing that is not in the notice: its place in what was sent, from 1, why, and what stands already."""

    place: int
    given: str
    code: str
    detail: str
    joined: str


class ReplayIn(TypedDict):
    """From when on you are to be told once more; or which marketplace, where you are not its program."""

    since: str
    marketplace: NotRequired[str]


class ReplayOut(TypedDict):
    """What a version would have said of the listings that are here; ``counts`` beside what people decided on them."""

    asked_at: str
    finished_at: str | None
    listings: int
    held: int
    would_act: int
    counts: dict[str, Any]


class ReplayedOut(TypedDict):
    """How many messages are sent again."""

    messages: int


class ReplyIn(TypedDict):
    """What a holder says: ``accept`` puts the listing back; ``object`` (``files`` may show why) lets a reviewer decide, or under a statute is noted; ``claim_delay`` (with ``files``) lets the time for a suit stand still, until ``end_delay``."""

    said: Literal["accept", "object", "claim_delay", "end_delay"]
    text: NotRequired[str]
    files: NotRequired[list[EvidenceIn]]


class RestrictionOut(TypedDict):
    """What the marketplace was told to do, and what it answered."""

    status: str
    ordered_at: str
    confirmed_at: str | None
    lift_ordered_at: str | None
    lifted_at: str | None


class RetractionIn(TypedDict):
    """Why a notice is taken back; the seller reads it."""

    reason: str


class RetractionOut(TypedDict):
    """How many listings of a notice were taken back."""

    notice: str
    taken_back: int


class RightIn(TypedDict):
    """A right in words, as the office has it. A picture is added on the page of the right."""

    kind: RightKind
    text: str
    aliases: NotRequired[list[str]]
    owner: NotRequired[str]
    brand: NotRequired[str]
    office: NotRequired[str]
    number: NotRequired[str]
    nice_classes: NotRequired[list[int]]
    territories: NotRequired[list[str]]
    registered_on: NotRequired[str | None]
    expires_on: NotRequired[str | None]
    reference_price: NotRequired[float | None]
    currency: NotRequired[str]
    authorised_sellers: NotRequired[list[str]]


RightKind = Literal[
    "word_mark", "figurative_mark", "design", "copyright", "patent", "utility_model", "geographical_indication"
]


class RightOut(TypedDict):
    """A right as its holder says it and as it stands with the reviewers."""

    ref: str
    right_id: str
    kind: str
    text: str
    aliases: list[str]
    owner: str
    brand: str
    office: str
    number: str
    nice_classes: list[int]
    territories: list[str]
    registered_on: str | None
    expires_on: str | None
    reference_price: str | None
    currency: str
    authorised_sellers: list[str]
    status: str
    status_reason: str
    submitted_at: str
    verified_at: str | None


RightStatus = Literal["new", "submitted", "verified", "declined", "withdrawn", "claimed"]


class RightsOut(TypedDict):
    """A page of rights, newest first."""

    items: list[RightOut]
    next: str | None


class RowFault(TypedDict):
    """One value that could not be used: in which row, what is wrong, and what to do. ``refused`` leaves the row out."""

    row: int
    column: str
    value: str | None
    reason: str
    remedy: str
    severity: str


class RowResult(TypedDict):
    """What became of one row: whether it was news, changed what was here, gave way to a later row, or was left out."""

    row: int
    id: str | None
    outcome: Literal["new", "changed", "unchanged", "repeated", "refused"]


class RuleOut(TypedDict):
    """One version of a rule. ``text`` is it as it stands in a file."""

    ref: str
    name: str
    number: int
    status: str
    effect: str
    description: str
    reason: str
    text: str
    author: str
    written_at: str
    shadow_since: str | None
    proposed_by: str | None
    live_by: str | None
    live_since: str | None
    stopped_at: str | None
    stopped_because: str
    ended_at: str | None
    replay: ReplayOut | None


RuleStatus = Literal["new", "draft", "shadow", "proposed", "live", "stopped", "retired"]


class RulesIn(TypedDict):
    """A file of rules as text, and why it is written, for those rules that do not say so themselves."""

    text: str
    reason: str


class RulesOut(TypedDict):
    """A page of versions, newest first."""

    items: list[RuleOut]
    next: str | None


class RulingIn(TypedDict):
    """What a court has ruled since the listing was put back, with a file that shows it."""

    body: str
    number: str
    ruled_on: str
    files: NotRequired[list[EvidenceIn]]


class RungOut(TypedDict):
    """What follows from an amount on, for how many days where that is limited."""

    amount: int
    consequence: str
    days: int | None


SafetyStatus = Literal["new", "due", "met", "set_aside", "ended", "to_take_back", "taken_back"]


class SaidOut(TypedDict):
    """What the holder said to an answer."""

    said: str
    text: str
    at: str


class SaysIn(TypedDict):
    """What a step says; what is left out stays as it is. ``listings`` and ``files`` are added to those that are there, ``particulars`` by their names; ``leave_out`` are the places of listings, from 1, that are taken out first."""

    leave_out: NotRequired[list[int]]
    listings: NotRequired[list[ListingIn]]
    reason: NotRequired[NoticeReason | None]
    statement: NotRequired[str | None]
    particulars: NotRequired[dict[str, Any]]
    shared: NotRequired[list[Literal["name", "email", "phone", "address"]] | None]
    files: NotRequired[list[ShowsIn]]


class ScreeningIn(TypedDict):
    """What is to be screened. With ``hold`` the listing is kept, and held until somebody decides if it is not clear. ``hold`` needs a ``listing_id``, and the scope ``listings:write``."""

    listing: OfferIn
    image: NotRequired[PictureIn | None]
    hold: NotRequired[bool]


class ScreeningOut(TypedDict):
    """What was found, and by which register and model. Where it was asked to ``hold``: ``publication`` is ``cleared`` or ``held``, ``decision`` what it is held by."""

    assessment: AssessmentOut
    findings: list[FindingOut]
    snapshot_id: str
    model_version: str
    publication: NotRequired[str | None]
    decision: NotRequired[str | None]


class SecretOut(TypedDict):
    """A new secret. It is not shown again."""

    secret: str


class SellerOut(TypedDict):
    """A seller as the marketplace last sent it; ``standing`` is what the marketplace says of it."""

    marketplace: str
    seller_id: str
    name: str
    trader: str
    country: str
    opened_on: str | None
    standing: str


class SellersOut(TypedDict):
    """A page of sellers, newest first."""

    items: list[SellerOut]
    next: str | None


class SendingIn(TypedDict):
    """That what is said is accurate and complete; ``confirmed`` are the statements of laws, by their names."""

    good_faith: Literal[True]
    confirmed: NotRequired[list[str]]


class ShopChangeOut(TypedDict):
    """A shop for which something else would follow: the gravest step now and then, null where there is none."""

    seller_id: str
    now: RungOut | None
    then: RungOut | None


class ShownIn(TypedDict):
    """A file that was sent before, by its digest."""

    sha256: str


class ShowsIn(TypedDict):
    """A file that was sent before, by its digest, and which element it gives."""

    kind: Literal["evidence", "comparison", "claim_chart", "proof_of_right", "authority"]
    sha256: str


class StandingOut(TypedDict):
    """Where a shop stands on the ladder that its marketplace follows."""

    marketplace: str
    seller_id: str
    ladder: str
    tracks: list[TrackOut]


class StandingsOut(TypedDict):
    """A page of shops, newest first."""

    items: list[StandingOut]
    next: str | None


State = Literal["waiting", "carried", "given_up"]


class StatedRightIn(TypedDict):
    """Somebody's right, as you state it: it need not be in the register, and is judged with the notice."""

    kind: RightKind
    text: str
    owner: str
    office: NotRequired[str]
    number: NotRequired[str]
    territories: NotRequired[list[str]]


Step = Literal["shadow", "switch_on", "propose", "approve", "send_back", "stop", "retire"]


class StepIn(TypedDict):
    """A step. ``why`` goes with stopping and sending back; ``expects`` confirms for how many a wide rule holds."""

    step: Step
    why: NotRequired[str]
    expects: NotRequired[int | None]


class StepOut(TypedDict):
    """What follows from an amount on, for how many days where that is limited."""

    amount: int
    consequence: str
    days: int | None
    reached: bool


class SuitIn(TypedDict):
    """A suit, or where the law counts it a complaint to an authority, with a file that shows it."""

    kind: SuitKind
    body: str
    number: str
    filed_on: str
    files: NotRequired[list[EvidenceIn]]


SuitKind = Literal["suit", "complaint"]


class SuspicionIn(TypedDict):
    """A suspicion about a listing; ``reasons``: what was seen, where, and who may be in danger."""

    marketplace: str
    listing_id: str
    reasons: str


class SuspicionOut(TypedDict):
    """A suspicion; ``told`` and, of one that is still to be told, who is ``concerned`` are given of one alone."""

    ref: str
    marketplace: str
    listing_id: str
    decision: str | None
    reasons: str
    status: SuspicionStatus
    raised_at: str
    due_at: str | None
    why: str
    told: NotRequired[list[PoliceOut] | None]
    concerned: NotRequired[list[ConcernedOut] | None]


SuspicionStatus = Literal["new", "raised", "reported", "dropped"]


class SuspicionsOut(TypedDict):
    """A page of suspicions, newest first."""

    items: list[SuspicionOut]
    next: str | None


class Taken(TypedDict):
    """What became of the rows: ``results`` has each, in their order, with its id (null where it has none), and the first five counts add them up; ``faults`` say what was wrong. Rows are counted from 1, as lines of the body that are not blank. ``repeated`` rows gave way to a later one. ``pictures_missing`` are named by the rows and have not been sent yet."""

    rows: int
    new: int
    changed: int
    unchanged: int
    repeated: int
    refused: int
    pictures_missing: int
    faults: list[RowFault]
    faults_left_out: int
    results: list[RowResult]


class TemplateGoneOut(TypedDict):
    """The number of a template that is no more."""

    number: str


class TemplateIn(TypedDict):
    """The draft whose words are kept, by its reference, and under which name."""

    draft: str
    name: str


class TemplateOut(TypedDict):
    """Words for notices under rights of one ``kind``. A template never declares and never signs."""

    number: str
    name: str
    kind: str
    reason: str
    statement: str
    particulars: dict[str, Any]
    shared: list[str]
    made_at: str


class TemplatesOut(TypedDict):
    """A page of templates, newest first."""

    items: list[TemplateOut]
    next: str | None


class ToldIn(TypedDict):
    """What was told for a duty: ``where``, such as the Safety Business Gateway, or to whom; ``reference`` is the number under which they keep it, which authorities always give."""

    text: str
    where: str
    told_at: str
    reference: NotRequired[str]


class ToldOut(TypedDict):
    """What was told, where, when, and under which number they keep it."""

    text: str
    where: str
    told_at: str
    reference: str


class TrackOut(TypedDict):
    """One way of counting: the amount, what is behind it, the steps."""

    track: str
    amount: int
    behind: list[BehindOut]
    steps: list[StepOut]


class TraderAnswerIn(TypedDict):
    """They are right, or what is missing or wrong."""

    event: Literal["verify", "send_back"]
    why: NotRequired[str]


class TraderIn(TypedDict):
    """What a trader says of itself; ``document`` is one page, a photo, scan or PDF in Base64."""

    name: str
    address: str
    phone: str
    email: str
    payment_account: str
    trade_register: NotRequired[str]
    register_number: NotRequired[str]
    tax_number: NotRequired[str]
    document: str
    self_certified: Literal[True]


class TraderOut(TypedDict):
    """A trader's details, and by when what is due. Of the payment account, the last four characters. ``law`` asks for them; ``due_at`` is when the seller, or, of those ``given``, an operator must have acted."""

    ref: str
    organisation: str
    law: str
    status: str
    due_at: str | None
    name: str
    address: str
    phone: str
    email: str
    payment_account: str
    trade_register: str
    register_number: str
    tax_number: str
    has_document: bool
    self_certified: bool
    given_at: str | None
    verified_at: str | None
    returned_why: str


TraderStatus = Literal["new", "asked", "given", "returned", "verified", "due", "warned", "late"]


class TradersOut(TypedDict):
    """A page of traders, newest first."""

    items: list[TraderOut]
    next: str | None


class TryOut(TypedDict):
    """One try at a message, and what was answered."""

    number: int
    at: str
    finished_at: str | None
    outcome: str
    answer_code: int | None
    answer_excerpt: str
    error: str


Verdict = Literal["clear", "review", "act"]


Way = Literal["plain", "disguised", "referential", "copied_image", "logo", "lookalike"]


class WayOut(TypedDict):
    """One way of counting: for which gravity how much, for how many days, and the steps."""

    track: str
    points: dict[str, Any]
    life_days: int
    daily_cap: int | None
    merge_days: int | None
    steps: list[RungOut]


class WebhookIn(TypedDict):
    """Where you hear from now on."""

    url: str


class WebhookOut(TypedDict):
    """Where you hear, and with how many secrets it is signed. ``secret`` is told once, with the first address of an organisation; ``stopped_at``: nothing is sent any more, because nobody took it."""

    url: str
    secrets: int
    stopped_at: NotRequired[str | None]
    secret: NotRequired[str | None]


class WhatIn(TypedDict):
    """What the letter says; what it does not say is left out, and named as ``missing`` in the answer. ``locations`` are addresses or numbers of listings, or of sellers where information is asked for. Until ``untold_until`` the seller is told nothing. ``product`` is what an order to act says of the goods: ``illegal``, then whoever bought them is informed; ``dangerous``, then the duties of product safety begin as well."""

    legal_basis: NotRequired[str]
    reasons: NotRequired[str]
    redress: NotRequired[str]
    inform: NotRequired[str]
    language: NotRequired[str]
    locations: NotRequired[list[str]]
    territories: NotRequired[list[str]]
    asked: NotRequired[
        list[
            Literal[
                "shop",
                "opened_on",
                "country",
                "name",
                "address",
                "phone",
                "email",
                "payment_account",
                "register",
                "register_number",
                "tax_number",
            ]
        ]
    ]
    product: NotRequired[Literal["", "illegal", "dangerous"]]
    contact: NotRequired[str]
    untold_until: NotRequired[str | None]
    letter: NotRequired[str | None]


class WholeDeliveryOut(TypedDict):
    """A message with every try, and, for whoever is told, with what it says."""

    id: str
    to: str
    subject: str
    sequence: int
    state: str
    attempts: int
    created_at: str
    due_at: str
    tries: list[TryOut]
    payload: dict[str, Any] | None


class WithdrawalIn(TypedDict):
    """Who took the order back, and how you know."""

    why: str


class WrittenOut(TypedDict):
    """How many of the rules say something new; each of those is a draft now."""

    written: int


class Operations(Core):
    """One method for each operation."""

    def screen(self, body: ScreeningIn, *, idempotency_key: str | None = None) -> ScreeningOut:
        """Screen one offer, and keep nothing of it, unless you ask to `hold` it. It is screened as the catalogue is. Asked twice, it says the same for as long as the register and the model are the same, so an `Idempotency-Key` is taken, and not needed."""
        return cast("ScreeningOut", self._call("POST", "/screenings", body=body, key=idempotency_key))

    def take_in_listings(self, rows: Iterable[Mapping[str, Any]], *, idempotency_key: str | None = None) -> Taken:
        """Take in listings, new ones and ones that changed, as JSON Lines. A row with the ``kind`` ``shop_front``, ``video`` or ``picture`` is that page instead of an offer; ``videos`` are addresses of those that a listing shows. The answer says of each row what became of it. Rows with a fault are told, and the others are taken in. The same rows again change nothing."""
        return cast("Taken", self._call("POST", "/listings", rows=rows, key=idempotency_key))

    def list_listings(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        marketplace: str | None = None,
        listing_id: str | None = None,
        seller_id: str | None = None,
        changed_since: datetime | str | None = None,
    ) -> ListingsOut:
        """Give the listings that you may see."""
        return cast(
            "ListingsOut",
            self._call(
                "GET",
                "/listings",
                query={
                    "cursor": cursor,
                    "limit": limit,
                    "marketplace": marketplace,
                    "listing_id": listing_id,
                    "seller_id": seller_id,
                    "changed_since": changed_since,
                },
            ),
        )

    def say_listings_gone(self, body: GoneIn, *, idempotency_key: str | None = None) -> GoneOut:
        """Say that you do not have up to 1,000 listings any more, and why. Notices on them wait: sent again, such a listing is back, and is judged. What is not known here is left out and named; said twice, it changes nothing."""
        return cast("GoneOut", self._call("POST", "/listings/gone", body=body, key=idempotency_key))

    def take_in_sellers(self, rows: Iterable[Mapping[str, Any]], *, idempotency_key: str | None = None) -> Taken:
        """Take in sellers, new ones and ones that changed, as JSON Lines; each row is answered, faults are told."""
        return cast("Taken", self._call("POST", "/sellers", rows=rows, key=idempotency_key))

    def list_sellers(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        marketplace: str | None = None,
        seller_id: str | None = None,
    ) -> SellersOut:
        """Give the sellers that you may see."""
        return cast(
            "SellersOut",
            self._call(
                "GET",
                "/sellers",
                query={"cursor": cursor, "limit": limit, "marketplace": marketplace, "seller_id": seller_id},
            ),
        )

    def list_assessments(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        marketplace: str | None = None,
        listing_id: str | None = None,
        verdict: Verdict | None = None,
        made_since: datetime | str | None = None,
    ) -> AssessmentsOut:
        """Give the current assessment of each listing that you may see."""
        return cast(
            "AssessmentsOut",
            self._call(
                "GET",
                "/assessments",
                query={
                    "cursor": cursor,
                    "limit": limit,
                    "marketplace": marketplace,
                    "listing_id": listing_id,
                    "verdict": verdict,
                    "made_since": made_since,
                },
            ),
        )

    def list_findings(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        marketplace: str | None = None,
        listing_id: str | None = None,
        way: Way | None = None,
        made_since: datetime | str | None = None,
    ) -> FindingsOut:
        """Give where rights are used in the listings that you may see, as of their last screening."""
        return cast(
            "FindingsOut",
            self._call(
                "GET",
                "/findings",
                query={
                    "cursor": cursor,
                    "limit": limit,
                    "marketplace": marketplace,
                    "listing_id": listing_id,
                    "way": way,
                    "made_since": made_since,
                },
            ),
        )

    def list_decisions(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        marketplace: str | None = None,
        listing_id: str | None = None,
        status: DecisionStatus | None = None,
        decided_since: datetime | str | None = None,
    ) -> DecisionsOut:
        """Give the decisions that you may see."""
        return cast(
            "DecisionsOut",
            self._call(
                "GET",
                "/decisions",
                query={
                    "cursor": cursor,
                    "limit": limit,
                    "marketplace": marketplace,
                    "listing_id": listing_id,
                    "status": status,
                    "decided_since": decided_since,
                },
            ),
        )

    def get_decision(self, ref: str) -> DecisionOut:
        """Give one decision."""
        return cast("DecisionOut", self._call("GET", f"/decisions/{quote(ref, safe='')}"))

    def confirm_decision(self, ref: str, body: ConfirmationIn, *, idempotency_key: str | None = None) -> DecisionOut:
        """Say that your marketplace has done what a decision asks: for one that is not told by webhooks, or answers late. Said twice, it changes nothing."""
        return cast(
            "DecisionOut",
            self._call("POST", f"/decisions/{quote(ref, safe='')}/confirmation", body=body, key=idempotency_key),
        )

    def file_appeal(self, ref: str, body: AppealIn, *, idempotency_key: str | None = None) -> AppealOut:
        """Appeal a decision on a listing of yours. Somebody else than whoever decided looks at it again."""
        return cast(
            "AppealOut", self._call("POST", f"/decisions/{quote(ref, safe='')}/appeals", body=body, key=idempotency_key)
        )

    def appeal_refusal(self, ref: str, body: AppealIn, *, idempotency_key: str | None = None) -> AppealOut:
        """Appeal the refusal of one listing of a notice of yours. Somebody else than whoever decided looks at it again."""
        return cast(
            "AppealOut", self._call("POST", f"/notices/{quote(ref, safe='')}/appeals", body=body, key=idempotency_key)
        )

    def list_appeals(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        marketplace: str | None = None,
        listing_id: str | None = None,
        status: AppealStatus | None = None,
        filed_since: datetime | str | None = None,
    ) -> AppealsOut:
        """Give the appeals that you may see."""
        return cast(
            "AppealsOut",
            self._call(
                "GET",
                "/appeals",
                query={
                    "cursor": cursor,
                    "limit": limit,
                    "marketplace": marketplace,
                    "listing_id": listing_id,
                    "status": status,
                    "filed_since": filed_since,
                },
            ),
        )

    def get_appeal(self, ref: str) -> AppealOut:
        """Give one appeal."""
        return cast("AppealOut", self._call("GET", f"/appeals/{quote(ref, safe='')}"))

    def withdraw_appeal(self, ref: str, *, idempotency_key: str | None = None) -> AppealOut:
        """Take an appeal of yours back before it is decided."""
        return cast("AppealOut", self._call("POST", f"/appeals/{quote(ref, safe='')}/withdrawal", key=idempotency_key))

    def list_disputes(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        status: DisputeStatus | None = None,
        told_since: datetime | str | None = None,
    ) -> DisputesOut:
        """Give the disputes that you may see: those about appeals of yours."""
        return cast(
            "DisputesOut",
            self._call(
                "GET", "/disputes", query={"cursor": cursor, "limit": limit, "status": status, "told_since": told_since}
            ),
        )

    def get_dispute(self, ref: str) -> DisputeOut:
        """Give one dispute."""
        return cast("DisputeOut", self._call("GET", f"/disputes/{quote(ref, safe='')}"))

    def list_buyers(
        self, *, cursor: str | None = None, limit: int | None = None, status: BuyersStatus | None = None
    ) -> ManyBuyersOut:
        """Give the decisions of which buyers are to be informed, or were."""
        return cast(
            "ManyBuyersOut", self._call("GET", "/buyers", query={"cursor": cursor, "limit": limit, "status": status})
        )

    def get_buyers(self, ref: str) -> BuyersOut:
        """Give what is to be said, since when they bought, and by when it is due."""
        return cast("BuyersOut", self._call("GET", f"/decisions/{quote(ref, safe='')}/buyers"))

    def say_buyers_informed(self, ref: str, body: InformedIn, *, idempotency_key: str | None = None) -> BuyersOut:
        """Say how many buyers your marketplace has informed in all, and how many it could not reach. Said again with other numbers, the last ones count. Where somebody could not be reached, what buyers are told is published here at once."""
        return cast(
            "BuyersOut", self._call("POST", f"/decisions/{quote(ref, safe='')}/buyers", body=body, key=idempotency_key)
        )

    def send_evidence(self, data: bytes, *, name: str | None = None, idempotency_key: str | None = None) -> EvidenceOut:
        """Send a photo, a scan or a PDF as the body, and name it by the digest in the answer. Everything else is refused, as in every form. The same file again is the one that is here, and waits as long anew."""
        return cast(
            "EvidenceOut", self._call("POST", "/evidence", data=data, query={"name": name}, key=idempotency_key)
        )

    def file_notice(self, body: NoticeIn, *, idempotency_key: str | None = None) -> NoticeOut:
        """Report up to 300 listings under a verified right of yours, or of somebody who gave you a mandate; the others are given back with the reason."""
        return cast("NoticeOut", self._call("POST", "/notices", body=body, key=idempotency_key))

    def list_notices(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        marketplace: str | None = None,
        listing_id: str | None = None,
        status: ItemStatus | None = None,
        filed_since: datetime | str | None = None,
    ) -> NoticesOut:
        """Give the notices that you may see."""
        return cast(
            "NoticesOut",
            self._call(
                "GET",
                "/notices",
                query={
                    "cursor": cursor,
                    "limit": limit,
                    "marketplace": marketplace,
                    "listing_id": listing_id,
                    "status": status,
                    "filed_since": filed_since,
                },
            ),
        )

    def get_notice(self, ref: str) -> NoticeOut:
        """Give one notice, with each of its listings."""
        return cast("NoticeOut", self._call("GET", f"/notices/{quote(ref, safe='')}"))

    def withdraw_notice(self, ref: str, *, idempotency_key: str | None = None) -> NoticeOut:
        """Take back what of a notice of yours is not decided: the whole, or one of its listings by that one's reference."""
        return cast("NoticeOut", self._call("POST", f"/notices/{quote(ref, safe='')}/withdrawal", key=idempotency_key))

    def complete_notice(self, ref: str, body: CompletionIn, *, idempotency_key: str | None = None) -> NoticeOut:
        """Add what an incomplete notice of yours lacks; once nothing is lacking it is judged."""
        return cast(
            "NoticeOut",
            self._call("POST", f"/notices/{quote(ref, safe='')}/completion", body=body, key=idempotency_key),
        )

    def begin_draft(self, body: DraftIn, *, idempotency_key: str | None = None) -> DraftOut:
        """Begin a notice that you send later; nobody sees it but your organisation."""
        return cast("DraftOut", self._call("POST", "/notice-drafts", body=body, key=idempotency_key))

    def list_drafts(self, *, cursor: str | None = None, limit: int | None = None) -> DraftsOut:
        """Give the notices that your organisation writes and has not sent."""
        return cast("DraftsOut", self._call("GET", "/notice-drafts", query={"cursor": cursor, "limit": limit}))

    def get_draft(self, ref: str) -> DraftOut:
        """Give one draft, and what it would come to if it were sent now."""
        return cast("DraftOut", self._call("GET", f"/notice-drafts/{quote(ref, safe='')}"))

    def amend_draft(self, ref: str, body: SaysIn, *, idempotency_key: str | None = None) -> DraftOut:
        """Keep what you say of a draft; its time begins anew."""
        return cast(
            "DraftOut",
            self._call("POST", f"/notice-drafts/{quote(ref, safe='')}/amendment", body=body, key=idempotency_key),
        )

    def send_draft(self, ref: str, body: SendingIn, *, idempotency_key: str | None = None) -> NoticeOut:
        """Send a draft; from then on it is the notice of the same reference, and the others of its listings are refused."""
        return cast(
            "NoticeOut",
            self._call("POST", f"/notice-drafts/{quote(ref, safe='')}/sending", body=body, key=idempotency_key),
        )

    def discard_draft(self, ref: str, *, idempotency_key: str | None = None) -> DiscardedOut:
        """Delete a draft: its words and files go."""
        return cast(
            "DiscardedOut", self._call("POST", f"/notice-drafts/{quote(ref, safe='')}/discarding", key=idempotency_key)
        )

    def list_templates(self, *, cursor: str | None = None, limit: int | None = None) -> TemplatesOut:
        """Give the words that your organisation keeps for its notices."""
        return cast("TemplatesOut", self._call("GET", "/notice-templates", query={"cursor": cursor, "limit": limit}))

    def keep_template(self, body: TemplateIn, *, idempotency_key: str | None = None) -> TemplateOut:
        """Keep the words of a draft under a name; a template of the same name is replaced."""
        return cast("TemplateOut", self._call("POST", "/notice-templates", body=body, key=idempotency_key))

    def get_template(self, number: str) -> TemplateOut:
        """Give one template."""
        return cast("TemplateOut", self._call("GET", f"/notice-templates/{quote(number, safe='')}"))

    def delete_template(self, number: str, *, idempotency_key: str | None = None) -> TemplateGoneOut:
        """Delete a template; drafts that began with it keep their words."""
        return cast(
            "TemplateGoneOut",
            self._call("POST", f"/notice-templates/{quote(number, safe='')}/deletion", key=idempotency_key),
        )

    def file_counter_notice(self, ref: str, body: CounterIn, *, idempotency_key: str | None = None) -> CounterOut:
        """Answer a notice because of which a listing of yours was restricted: by its reference for that listing."""
        return cast(
            "CounterOut",
            self._call("POST", f"/notices/{quote(ref, safe='')}/counter-notices", body=body, key=idempotency_key),
        )

    def list_counter_notices(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        status: CounterStatus | None = None,
        filed_since: datetime | str | None = None,
    ) -> CountersOut:
        """Give the answers that you may see: a seller its own, a holder those to its notices that were forwarded."""
        return cast(
            "CountersOut",
            self._call(
                "GET",
                "/counter-notices",
                query={"cursor": cursor, "limit": limit, "status": status, "filed_since": filed_since},
            ),
        )

    def get_counter_notice(self, ref: str) -> CounterOut:
        """Give one answer."""
        return cast("CounterOut", self._call("GET", f"/counter-notices/{quote(ref, safe='')}"))

    def complete_counter_notice(self, ref: str, body: CounterIn, *, idempotency_key: str | None = None) -> CounterOut:
        """Add what an incomplete answer of yours lacks; once nothing is lacking it is forwarded."""
        return cast(
            "CounterOut",
            self._call("POST", f"/counter-notices/{quote(ref, safe='')}/completion", body=body, key=idempotency_key),
        )

    def withdraw_counter_notice(self, ref: str, *, idempotency_key: str | None = None) -> CounterOut:
        """Take an answer of yours back before anything came of it: the listing stays restricted."""
        return cast(
            "CounterOut", self._call("POST", f"/counter-notices/{quote(ref, safe='')}/withdrawal", key=idempotency_key)
        )

    def reply_to_counter_notice(self, ref: str, body: ReplyIn, *, idempotency_key: str | None = None) -> CounterOut:
        """Accept an answer to a notice of yours, object to it, or claim a delay that you cannot control."""
        return cast(
            "CounterOut",
            self._call("POST", f"/counter-notices/{quote(ref, safe='')}/reply", body=body, key=idempotency_key),
        )

    def show_suit(self, ref: str, body: SuitIn, *, idempotency_key: str | None = None) -> CounterOut:
        """Show in time that you brought a suit, or where that counts made a complaint: the listing stays restricted."""
        return cast(
            "CounterOut",
            self._call("POST", f"/counter-notices/{quote(ref, safe='')}/suit", body=body, key=idempotency_key),
        )

    def show_ruling(self, ref: str, body: RulingIn, *, idempotency_key: str | None = None) -> CounterOut:
        """Show that a court has ruled for you after the listing was put back: a reviewer then restricts it again."""
        return cast(
            "CounterOut",
            self._call("POST", f"/counter-notices/{quote(ref, safe='')}/ruling", body=body, key=idempotency_key),
        )

    def retract_notice(self, ref: str, body: RetractionIn, *, idempotency_key: str | None = None) -> RetractionOut:
        """Take back what of a notice of yours was upheld, the whole or one listing of it: the listings return."""
        return cast(
            "RetractionOut",
            self._call("POST", f"/notices/{quote(ref, safe='')}/retraction", body=body, key=idempotency_key),
        )

    def list_mandates(
        self, *, cursor: str | None = None, limit: int | None = None, status: MandateStatus | None = None
    ) -> MandatesOut:
        """Give the mandates that you gave and those that you were given."""
        return cast(
            "MandatesOut", self._call("GET", "/mandates", query={"cursor": cursor, "limit": limit, "status": status})
        )

    def give_mandate(self, body: MandateIn, *, idempotency_key: str | None = None) -> MandateOut:
        """Let another organisation file notices in your name; you see each of them, and either of you ends it."""
        return cast("MandateOut", self._call("POST", "/mandates", body=body, key=idempotency_key))

    def get_mandate(self, ref: str) -> MandateOut:
        """Give one mandate."""
        return cast("MandateOut", self._call("GET", f"/mandates/{quote(ref, safe='')}"))

    def list_rights_of_mandate(
        self, ref: str, *, cursor: str | None = None, limit: int | None = None
    ) -> CoveredListOut:
        """Give the rights under which the agent may file, as they stand today."""
        return cast(
            "CoveredListOut",
            self._call("GET", f"/mandates/{quote(ref, safe='')}/rights", query={"cursor": cursor, "limit": limit}),
        )

    def end_mandate(self, ref: str, body: EndIn, *, idempotency_key: str | None = None) -> MandateOut:
        """End a mandate of yours, given or received. What was filed under it goes on."""
        return cast(
            "MandateOut", self._call("POST", f"/mandates/{quote(ref, safe='')}/end", body=body, key=idempotency_key)
        )

    def get_flagger(self) -> FlaggerOut:
        """Give your organisation's status, and what came of its notices."""
        return cast("FlaggerOut", self._call("GET", "/trusted-flagger"))

    def flag_listings(self, body: FlagIn, *, idempotency_key: str | None = None) -> NoticeOut:
        """Report up to 300 listings in your field, under anybody's right; the others are given back with the reason. It goes first, and is judged like any other."""
        return cast("NoticeOut", self._call("POST", "/trusted-flagger/notices", body=body, key=idempotency_key))

    def list_flags(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        marketplace: str | None = None,
        listing_id: str | None = None,
        status: ItemStatus | None = None,
        filed_since: datetime | str | None = None,
    ) -> NoticesOut:
        """Give the notices that your organisation filed while its status counted."""
        return cast(
            "NoticesOut",
            self._call(
                "GET",
                "/trusted-flagger/notices",
                query={
                    "cursor": cursor,
                    "limit": limit,
                    "marketplace": marketplace,
                    "listing_id": listing_id,
                    "status": status,
                    "filed_since": filed_since,
                },
            ),
        )

    def get_flag(self, ref: str) -> NoticeOut:
        """Give one of them, with each of its listings."""
        return cast("NoticeOut", self._call("GET", f"/trusted-flagger/notices/{quote(ref, safe='')}"))

    def submit_right(self, body: RightIn, *, idempotency_key: str | None = None) -> RightOut:
        """Register a right of yours. It counts once a reviewer has verified it; the same right again is that one."""
        return cast("RightOut", self._call("POST", "/rights", body=body, key=idempotency_key))

    def list_rights(
        self, *, cursor: str | None = None, limit: int | None = None, status: RightStatus | None = None
    ) -> RightsOut:
        """Give the rights that you may see."""
        return cast(
            "RightsOut", self._call("GET", "/rights", query={"cursor": cursor, "limit": limit, "status": status})
        )

    def get_right(self, ref: str) -> RightOut:
        """Give one right."""
        return cast("RightOut", self._call("GET", f"/rights/{quote(ref, safe='')}"))

    def withdraw_right(self, ref: str, *, idempotency_key: str | None = None) -> RightOut:
        """Take a right of yours out of the register for good. It is no longer screened for."""
        return cast("RightOut", self._call("POST", f"/rights/{quote(ref, safe='')}/withdrawal", key=idempotency_key))

    def list_rules(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        status: RuleStatus | None = None,
        name: str | None = None,
    ) -> RulesOut:
        """Give the versions of rules that you may see."""
        return cast(
            "RulesOut",
            self._call("GET", "/rules", query={"cursor": cursor, "limit": limit, "status": status, "name": name}),
        )

    def write_rules(self, body: RulesIn, *, idempotency_key: str | None = None) -> WrittenOut:
        """Write the rules of a file, all or none, each as a draft; a rule that says what its last version says is left."""
        return cast("WrittenOut", self._call("POST", "/rules", body=body, key=idempotency_key))

    def get_rule(self, ref: str) -> RuleOut:
        """Give one version, with its last replay."""
        return cast("RuleOut", self._call("GET", f"/rules/{quote(ref, safe='')}"))

    def replay_rule(self, ref: str, *, idempotency_key: str | None = None) -> ReplayOut:
        """Have a version replayed; a large catalogue is gone on with in the background, and `finished_at` says when."""
        return cast("ReplayOut", self._call("POST", f"/rules/{quote(ref, safe='')}/replay", key=idempotency_key))

    def step_rule(self, ref: str, body: StepIn, *, idempotency_key: str | None = None) -> RuleOut:
        """Take a step. A rule that acts is proposed by one person and approved by another, whose token it then is."""
        return cast(
            "RuleOut", self._call("POST", f"/rules/{quote(ref, safe='')}/steps", body=body, key=idempotency_key)
        )

    def list_gates(self, *, cursor: str | None = None, limit: int | None = None) -> GatesOut:
        """Give the gates that you may see: a seller those that are open."""
        return cast("GatesOut", self._call("GET", "/gates", query={"cursor": cursor, "limit": limit}))

    def open_gate(self, body: GateIn, *, idempotency_key: str | None = None) -> GateOut:
        """Have sellers show where goods come from, from now on: what they send anew waits until they have."""
        return cast("GateOut", self._call("POST", "/gates", body=body, key=idempotency_key))

    def close_gate(self, ref: str, *, idempotency_key: str | None = None) -> GateOut:
        """Ask for no proofs any more: whatever waits before the gate goes on."""
        return cast("GateOut", self._call("POST", f"/gates/{quote(ref, safe='')}/closure", key=idempotency_key))

    def file_proof(self, ref: str, body: ProofIn, *, idempotency_key: str | None = None) -> ProofOut:
        """File a proof of where your goods come from. A reviewer checks it; what waits is then released."""
        return cast(
            "ProofOut", self._call("POST", f"/gates/{quote(ref, safe='')}/proofs", body=body, key=idempotency_key)
        )

    def list_proofs(
        self, *, cursor: str | None = None, limit: int | None = None, status: ProofStatus | None = None
    ) -> ProofsOut:
        """Give the proofs that you may see: a seller its own."""
        return cast(
            "ProofsOut", self._call("GET", "/proofs", query={"cursor": cursor, "limit": limit, "status": status})
        )

    def get_proof(self, ref: str) -> ProofOut:
        """Give one proof."""
        return cast("ProofOut", self._call("GET", f"/proofs/{quote(ref, safe='')}"))

    def check_proof(self, ref: str, body: CheckIn, *, idempotency_key: str | None = None) -> ProofOut:
        """Accept a proof until a moment, which releases what waits for it; decline it, or revoke it later."""
        return cast(
            "ProofOut", self._call("POST", f"/proofs/{quote(ref, safe='')}/check", body=body, key=idempotency_key)
        )

    def withdraw_proof(self, ref: str, *, idempotency_key: str | None = None) -> ProofOut:
        """Take a proof of yours back before it is checked."""
        return cast("ProofOut", self._call("POST", f"/proofs/{quote(ref, safe='')}/withdrawal", key=idempotency_key))

    def list_traders(
        self, *, cursor: str | None = None, limit: int | None = None, status: TraderStatus | None = None
    ) -> TradersOut:
        """Give the details that you may see: a seller its own, an operator all."""
        return cast(
            "TradersOut", self._call("GET", "/traders", query={"cursor": cursor, "limit": limit, "status": status})
        )

    def give_trader(self, body: TraderIn, *, idempotency_key: str | None = None) -> TraderOut:
        """Give your details, or give them anew. An operator compares them."""
        return cast("TraderOut", self._call("POST", "/traders", body=body, key=idempotency_key))

    def get_trader(self, ref: str) -> TraderOut:
        """Give one trader's details; ``own`` are those of whoever the token speaks for."""
        return cast("TraderOut", self._call("GET", f"/traders/{quote(ref, safe='')}"))

    def certify_trader(self, ref: str, *, idempotency_key: str | None = None) -> TraderOut:
        """Say that your details are still right: that holds for another year."""
        return cast(
            "TraderOut", self._call("POST", f"/traders/{quote(ref, safe='')}/certification", key=idempotency_key)
        )

    def verify_trader(self, ref: str, body: TraderAnswerIn, *, idempotency_key: str | None = None) -> TraderOut:
        """Say that details are right, or send them back with what is missing or wrong."""
        return cast(
            "TraderOut",
            self._call("POST", f"/traders/{quote(ref, safe='')}/verification", body=body, key=idempotency_key),
        )

    def list_standings(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        marketplace: str | None = None,
        seller_id: str | None = None,
    ) -> StandingsOut:
        """Give, for each shop that you may see, what counts against it now, until when, and what follows from it."""
        return cast(
            "StandingsOut",
            self._call(
                "GET",
                "/standings",
                query={"cursor": cursor, "limit": limit, "marketplace": marketplace, "seller_id": seller_id},
            ),
        )

    def propose_on_seller(self, body: ProposalIn, *, idempotency_key: str | None = None) -> DecisionOut:
        """Propose a decision on a seller. Nothing happens until somebody else approves it."""
        return cast("DecisionOut", self._call("POST", "/proposals", body=body, key=idempotency_key))

    def answer_proposal(self, ref: str, body: ProposalAnswerIn, *, idempotency_key: str | None = None) -> DecisionOut:
        """Approve what somebody else proposed against a seller, decline it, or lift what is in force."""
        return cast(
            "DecisionOut",
            self._call("POST", f"/proposals/{quote(ref, safe='')}/answer", body=body, key=idempotency_key),
        )

    def list_ladders(self) -> LaddersOut:
        """Give the ladders in force; whom a marketplace follows, to whoever sees every shop of it."""
        return cast("LaddersOut", self._call("GET", "/ladders"))

    def get_ladder(self, ref: str, *, instead: str | None = None) -> PlaceOut:
        """Give what a marketplace follows; with `instead`, its shops by what follows now, and would on that ladder."""
        return cast("PlaceOut", self._call("GET", f"/ladders/{quote(ref, safe='')}", query={"instead": instead}))

    def follow_ladder(self, ref: str, body: ChoiceIn, *, idempotency_key: str | None = None) -> FollowedOut:
        """Follow a ladder from now on. Nothing is proposed or taken back by that alone."""
        return cast(
            "FollowedOut",
            self._call("POST", f"/ladders/{quote(ref, safe='')}/following", body=body, key=idempotency_key),
        )

    def hand_in_order(self, body: OrderIn, *, idempotency_key: str | None = None) -> OrderOut:
        """Hand in an order that an authority sent to your marketplace. Nothing is done before a reviewer has verified it. One that stands already under the same authority and reference is given as it stands (200)."""
        return cast("OrderOut", self._call("POST", "/orders", body=body, key=idempotency_key))

    def list_orders(
        self, *, cursor: str | None = None, limit: int | None = None, status: OrderStatus | None = None
    ) -> OrdersOut:
        """Give the orders that were sent to your marketplace."""
        return cast(
            "OrdersOut", self._call("GET", "/orders", query={"cursor": cursor, "limit": limit, "status": status})
        )

    def get_order(self, ref: str) -> OrderOut:
        """Give one order, what it lacks, and what became of each thing that it names."""
        return cast("OrderOut", self._call("GET", f"/orders/{quote(ref, safe='')}"))

    def complete_order(self, ref: str, body: WhatIn, *, idempotency_key: str | None = None) -> OrderOut:
        """Send what the authority sent besides; all that the order says, anew. It is verified anew, too."""
        return cast(
            "OrderOut", self._call("POST", f"/orders/{quote(ref, safe='')}/completion", body=body, key=idempotency_key)
        )

    def withdraw_order(self, ref: str, body: WithdrawalIn, *, idempotency_key: str | None = None) -> OrderOut:
        """Say so before it is carried out; afterwards a reviewer lifts it."""
        return cast(
            "OrderOut", self._call("POST", f"/orders/{quote(ref, safe='')}/withdrawal", body=body, key=idempotency_key)
        )

    def list_safety_duties(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        status: SafetyStatus | None = None,
        due_before: datetime | str | None = None,
    ) -> DutiesOut:
        """Give the duties within your reach, for those who review."""
        return cast(
            "DutiesOut",
            self._call(
                "GET",
                "/safety-duties",
                query={"cursor": cursor, "limit": limit, "status": status, "due_before": due_before},
            ),
        )

    def get_safety_duty(self, ref: str) -> DutyOut:
        """Give one duty, with what was told."""
        return cast("DutyOut", self._call("GET", f"/safety-duties/{quote(ref, safe='')}"))

    def tell_of_safety(self, ref: str, body: ToldIn, *, idempotency_key: str | None = None) -> DutyOut:
        """Record what was told: a duty that is due is met by it, one whose decision was undone is taken back. What was reported as dangerous is met by a decision on the listing instead."""
        return cast(
            "DutyOut",
            self._call("POST", f"/safety-duties/{quote(ref, safe='')}/report", body=body, key=idempotency_key),
        )

    def set_duty_aside(self, ref: str, body: AsideIn, *, idempotency_key: str | None = None) -> DutyOut:
        """Say that a duty is not owed, or, of one that was set aside, that it is owed after all: those who lead alone."""
        return cast(
            "DutyOut",
            self._call("POST", f"/safety-duties/{quote(ref, safe='')}/setting-aside", body=body, key=idempotency_key),
        )

    def raise_suspicion(self, body: SuspicionIn, *, idempotency_key: str | None = None) -> SuspicionOut:
        """Say that a crime against somebody's life or safety may happen; those who tell the police are called at once."""
        return cast("SuspicionOut", self._call("POST", "/suspicions", body=body, key=idempotency_key))

    def list_suspicions(
        self, *, cursor: str | None = None, limit: int | None = None, status: SuspicionStatus | None = None
    ) -> SuspicionsOut:
        """Give the suspicions that you may see: all to those who tell the police, else those that you raised."""
        return cast(
            "SuspicionsOut",
            self._call("GET", "/suspicions", query={"cursor": cursor, "limit": limit, "status": status}),
        )

    def get_suspicion(self, ref: str) -> SuspicionOut:
        """Give one suspicion, what was told of it, and whose police it concerns."""
        return cast("SuspicionOut", self._call("GET", f"/suspicions/{quote(ref, safe='')}"))

    def report_suspicion(self, ref: str, body: PoliceIn, *, idempotency_key: str | None = None) -> SuspicionOut:
        """Record what the police was told, or what they were told besides."""
        return cast(
            "SuspicionOut",
            self._call("POST", f"/suspicions/{quote(ref, safe='')}/police-report", body=body, key=idempotency_key),
        )

    def drop_suspicion(self, ref: str, body: DroppingIn, *, idempotency_key: str | None = None) -> SuspicionOut:
        """Drop a suspicion of which nobody was told, or raise one again that was dropped."""
        return cast(
            "SuspicionOut",
            self._call("POST", f"/suspicions/{quote(ref, safe='')}/dropping", body=body, key=idempotency_key),
        )

    def list_deliveries(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        state: State | None = None,
        created_since: datetime | str | None = None,
    ) -> DeliveriesOut:
        """Give the messages to webhooks that you may know of."""
        return cast(
            "DeliveriesOut",
            self._call(
                "GET",
                "/deliveries",
                query={"cursor": cursor, "limit": limit, "state": state, "created_since": created_since},
            ),
        )

    def get_delivery(self, delivery: str) -> WholeDeliveryOut:
        """Give one message with every try."""
        return cast("WholeDeliveryOut", self._call("GET", f"/deliveries/{quote(delivery, safe='')}"))

    def replay_delivery(self, delivery: str, *, idempotency_key: str | None = None) -> DeliveryOut:
        """Send a message again that was carried out or given up, under its old id."""
        return cast(
            "DeliveryOut", self._call("POST", f"/deliveries/{quote(delivery, safe='')}/replay", key=idempotency_key)
        )

    def replay_deliveries(self, body: ReplayIn, *, idempotency_key: str | None = None) -> ReplayedOut:
        """Tell a marketplace once more how things stand, for one that was put back to an earlier day; an organisation all that it was told since."""
        return cast("ReplayedOut", self._call("POST", "/deliveries/replay", body=body, key=idempotency_key))

    def get_webhook(self) -> WebhookOut:
        """Say where your marketplace, or your organisation, hears."""
        return cast("WebhookOut", self._call("GET", "/webhook"))

    def set_webhook(self, body: WebhookIn) -> WebhookOut:
        """Say where you hear from now on, what waits too. A private address is refused. One that was stopped starts again."""
        return cast("WebhookOut", self._call("PUT", "/webhook", body=body))

    def rotate_secret(self, *, idempotency_key: str | None = None) -> SecretOut:
        """Make a new secret. What you are told is signed with it and with the one before, until you retire that."""
        return cast("SecretOut", self._call("POST", "/webhook/secret", key=idempotency_key))

    def retire_secret(self, *, idempotency_key: str | None = None) -> WebhookOut:
        """Have what you are told signed with the newest secret alone."""
        return cast("WebhookOut", self._call("POST", "/webhook/secret/retirement", key=idempotency_key))

    def test_webhook(self, *, idempotency_key: str | None = None) -> DeliveryOut:
        """Have a signed message of the type webhook.test sent to your address; look at /deliveries for what came of it."""
        return cast("DeliveryOut", self._call("POST", "/webhook/test", key=idempotency_key))

    def end_webhook(self, *, idempotency_key: str | None = None) -> WebhookOut:
        """Tell your organisation nothing any more: address and secrets are forgotten. A marketplace keeps its webhook."""
        return cast("WebhookOut", self._call("POST", "/webhook/end", key=idempotency_key))
