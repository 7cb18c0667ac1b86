"""
What is settled: errands that people do once, by the site's own actions, multiplied by bulk SQL with all they left.

A holder reports two listings of one shop. One is taken off sale, the shop appeals, and a colleague upholds it; the
other may stay. A third is taken off sale without a notice. So one shop has as many decisions, and one holder as many
notices, as the largest of a marketplace; what counts in its record is a tenth. References carry the year they were
given in; those of a copy carry its number in that place.
"""

# ruff: noqa: S608  # every statement is put together here, of nothing that anybody gave
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from benchmarks.desk.filling import AT, SELLERS

if TYPE_CHECKING:
    from django.db.models import Model

    from touchmark.engine.terms import Actor

#: One in so many of what was multiplied is still under way: appeals wait, orders are not confirmed, telling failed.
UNDER_WAY = 50

#: One in so many stays with the one shop; the others are of all shops, as its neighbours'.
OF_THE_SHOP = 10
#: So long before the one that went before is each: twenty thousand reach back for seventy days.
SECONDS_APART = 300

Copied = dict[type["Model"], list[Any]]


def settle(times: int) -> None:
    """Do the errands once, and multiply them."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        before = {model: set(keys_of(model)) for model in tables()}
        do_errands()
        made = {model: [key for key in keys_of(model) if key not in before[model]] for model in tables()}
        for statement in multiplied({model: keys for model, keys in made.items() if keys}, times) + under_way():
            cursor.execute(statement)
        write_a_rule()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def tables() -> list[type[Model]]:
    """Give what an errand leaves rows in, each behind what it points to."""
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.audit.models import Event, Unsealed
    from touchmark.apps.catalog.models import Listing, ListingSnapshot
    from touchmark.apps.deadlines.models import Deadline
    from touchmark.apps.decisions.models import Decision, Restriction, Statement
    from touchmark.apps.inbox.models import Letter
    from touchmark.apps.notices.models import Notice, NoticeItem
    from touchmark.apps.outbox.models import Attempt, Message
    from touchmark.apps.penalties.models import Trace

    first: list[type[Model]] = [Listing, ListingSnapshot, Notice, NoticeItem, Decision, Decision.notices.through]
    then: list[type[Model]] = [Statement, Restriction, Trace, Appeal, Letter, Deadline, Message, Attempt]
    return [*first, *then, Event, Unsealed]


def keys_of(model: type[Model]) -> list[Any]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class People:
    """Who does the errands."""

    vera: Actor
    sam: Actor
    rita: Actor
    ravi: Actor


def people() -> People:
    """Make the holder and the shop's seller, with programs of both, and find the reviewers."""
    from tests.factories import accounts

    from touchmark.apps.accounts.models import OrganisationKind, User
    from touchmark.engine.terms import Actor, Role

    def of(kind: str, role: Role, name: str, email: str) -> Actor:
        organisation = accounts.organisation(kind, name=name)
        person = accounts.member(role, of=organisation, name=name, email=email)
        return Actor(person.pk, organisation.pk, frozenset({role}))

    def reviewer(name: str) -> Actor:
        held = User.objects.get(email=f"{name}@desk.test").memberships.get()
        return Actor(held.user_id, held.organisation_id, frozenset({Role.REVIEWER}))

    vera = of(OrganisationKind.HOLDER, Role.HOLDER, "Vera Aldermoor", "vera@desk.test")
    sam = of(OrganisationKind.SELLER, Role.SELLER, "Sam Crate", "sam@desk.test")
    return People(vera, sam, reviewer("rita"), reviewer("ravi"))


def do_errands() -> None:
    """Do each of the errands once."""
    from tests.factories import catalog, registry

    from touchmark.apps.accounts.models import Organisation
    from touchmark.apps.appeals.actions import AppealForm
    from touchmark.apps.appeals.actions import file as appeal
    from touchmark.flows.resolve_appeal import resolve

    who = people()
    shop = Organisation.objects.get(pk=who.sam.organisation_id)
    right = registry.verified(who.vera, by=who.rita, text="VEREMARK")
    said = {"title": "VEREMARK leather bag", "seller_id": "sams-shop", "price": 20.0, "currency": "EUR"}
    for name in ("upheld", "stays", "found"):
        catalog.listing(on="market-0", of=shop, listing_id=f"E-{name}", **said)
    for name in ("upheld", "stays"):
        report_it(who, right.ref, f"E-{name}")
    restriction = decide_it(who, "E-upheld", right, upheld=True)
    decide_it(who, "E-stays", None, upheld=False)
    decide_it(who, "E-found", right, upheld=True)
    form = AppealForm(grounds="We bought these from the maker; see the invoice.", request_key=uuid4())
    filed = appeal(decision_ref=restriction, form=form, actor=who.sam, at=AT)
    resolve(ref=filed.ref, event="uphold", text="The invoice names other goods.", actor=who.ravi, at=AT)


def write_a_rule() -> None:
    """Let a policy owner write a rule, try it and ask for its replay."""
    from tests.factories import rules

    from touchmark.engine.screening.rules.rule import Conditions
    from touchmark.engine.terms import Way

    rules.on_trial(rules.rule(id="bags", when=Conditions(way=(Way.PLAIN,))), at=AT)


def report_it(who: People, right: str, listing_id: str) -> None:
    from touchmark.apps.notices.actions import NoticeForm
    from touchmark.apps.notices.reasons import NoticeReason
    from touchmark.flows.report_listing import report

    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "We do not make this.", good_faith=True, request_key=uuid4())
    report(right=right, marketplace="market-0", listing_id=listing_id, form=form, actor=who.vera, at=AT)


def decide_it(who: People, listing_id: str, right: Any, *, upheld: bool) -> str:
    """Take the listing off sale, or let it stay; give the decision's reference."""
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.decisions.actions import Choice
    from touchmark.apps.decisions.kinds import DecisionKind, DismissReason, Ground
    from touchmark.apps.notices import queries as reported
    from touchmark.flows.decide import NoticeAnswer, Seen, decide

    listing = Listing.objects.get(marketplace__slug="market-0", listing_id=listing_id)
    refs = frozenset(waiting.ref for waiting in reported.open_on(listing))
    taken_off = {
        "right": right,
        "ground": Ground.LAW,
        "ground_reference": "Regulation (EU) 2017/1001, art. 9(2)",
        "ground_explanation": "The sign is used for goods that the mark protects.",
    }
    about = (
        {"kind": DecisionKind.REMOVE} | taken_off
        if upheld
        else {"kind": DecisionKind.NONE, "reason": DismissReason.NO_USE}
    )
    made = decide(
        marketplace="market-0",
        listing_id=listing_id,
        choice=Choice(facts="The title shows the mark.", request_key=uuid4(), **about),
        seen=Seen(listing.digest, None, refs),
        answers={ref: NoticeAnswer(upheld=upheld, reasons="As we see it.") for ref in refs},
        actor=who.rita,
        at=AT,
    )
    return str(made.ref)


def multiplied(made: Copied, times: int) -> list[str]:
    """Give the statements that copy all of these rows so often, each copy pointing to what was copied with it."""
    said = [copies_of(model, keys, made, times) for model, keys in made.items()]
    numbered = [model for model in made if model._meta.pk.get_internal_type().endswith("AutoField")]
    return said + [
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        for table in (model._meta.db_table for model in numbered)
    ]


def copies_of(model: type[Model], keys: Sequence[Any], made: Copied, times: int) -> str:
    """
    Give the statement that copies rows of one table.

    A row is read as JSON, every reference in any of its texts is changed, and what must be its own is written over.
    """
    table = model._meta.db_table
    own = ", ".join(f"'{name}', {value}" for name, value in changed_of(model, made).items())
    row = "regexp_replace(to_jsonb(x)::text, '([A-Z]-)20[0-9]{2}-', '\\1C' || n || '-', 'g')::jsonb"
    return (
        f"INSERT INTO {table} SELECT copy.* FROM {table} x CROSS JOIN generate_series(1, {times}) n CROSS JOIN LATERAL "
        f"jsonb_populate_record(NULL::{table}, {row} || jsonb_build_object({own})) copy "
        f"WHERE x.{model._meta.pk.column} IN ({listed(keys)}){only_of(model)}"
    )


def only_of(model: type[Model]) -> str:
    """Copy of the record only what is about something that has a reference: other streams go on, numbered."""
    about = "stream ~ '[A-Z]-20[0-9]{2}-'"
    event = f"EXISTS (SELECT FROM audit_event e WHERE e.id = x.event_id AND e.{about})"
    asked = {"Event": f"x.{about}", "Unsealed": event}
    return f" AND {asked[model.__name__]}" if model.__name__ in asked else ""


def changed_of(model: type[Model], made: Copied) -> dict[str, str]:
    """Give by column what a copy must have for itself: keys, what it points to, numbers that are given once."""
    changed = {}
    for field in model._meta.concrete_fields:
        to = field.related_model if field.is_relation else model if field.primary_key else None
        if to in made:
            changed[field.column] = moved(f"x.{field.column}", made[to])
        elif field.get_internal_type() == "DateTimeField":
            changed[field.column] = f"x.{field.column} - make_interval(secs => n * {SECONDS_APART})"
        elif field.get_internal_type() == "UUIDField":
            changed[field.column] = "gen_random_uuid()"
        elif field.name in OWN.get(model.__name__, ()):
            changed[field.column] = f"CASE x.{field.column} WHEN '' THEN '' ELSE x.{field.column} || '-' || n END"
    return changed


#: Texts that are given once, and are no references.
OWN = {"Listing": ("listing_id",), "Message": ("subject",)}


def moved(column: str, keys: Sequence[Any]) -> str:
    """Give the key that the copy of a row has; of one that was not copied its own."""
    if not isinstance(keys[0], int):
        return f"CASE WHEN {column} IN ({listed(keys)}) THEN md5({column}::text || n)::uuid ELSE {column} END"
    apart = keys[-1] - keys[0] + 1
    return f"CASE WHEN {column} IN ({listed(keys)}) THEN {column} + n::bigint * {apart} ELSE {column} END"


def listed(keys: Sequence[Any]) -> str:
    return ", ".join(str(key) if isinstance(key, int) else f"'{key}'" for key in keys)


def under_way() -> list[str]:
    """Give the statements that confirm and carry nearly all, and leave the rest waiting, or given up."""
    other = f"(SELECT min(id) FROM catalog_seller) + 1 + id % {SELLERS - 1}"
    some, mixed = f"id % {UNDER_WAY}", f"('x' || substr(md5(id::text), 1, 6))::bit(24)::int % {UNDER_WAY}"
    state = f"CASE WHEN {mixed} = 0 THEN 'given_up' ELSE 'carried' END"
    return [
        f"UPDATE catalog_listing SET seller_id = {other} WHERE listing_id LIKE 'E-%' AND id % {OF_THE_SHOP} > 0",
        "UPDATE decisions_decision d SET counts_for_id = l.seller_id FROM catalog_listing l "
        "WHERE l.id = d.listing_id AND l.listing_id LIKE 'E-%'",
        f"UPDATE decisions_restriction SET status = 'in_place', confirmed_at = ordered_at WHERE {some} > 0",
        f"UPDATE outbox_message SET state = {state} WHERE {mixed} <> 1",
        f"UPDATE appeals_appeal SET status = 'filed', decided_at = NULL, answer = '' WHERE {some} = 0",
        f"UPDATE inbox_letter SET read_at = delivered_at WHERE {some} > 0",
    ]
