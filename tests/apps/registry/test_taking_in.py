from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import accounts, pictures, registry
from tests.factories.accounts import AT
from tests.factories.pictures import Folder

from touchmark.apps.accounts.models import Organisation, OrganisationKind
from touchmark.apps.audit import queries as audit
from touchmark.apps.audit.models import Event
from touchmark.apps.registry import actions, queries
from touchmark.apps.registry.models import Brand, Right
from touchmark.apps.registry.record import stream_of
from touchmark.apps.registry.taking_in import import_rights
from touchmark.engine.lifecycle.right import RIGHT, RightStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.screening.intake import Intake
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
ALDERMOOR = {
    "right_id": "wm-1",
    "text": "ALDERMOOR",
    "aliases": ["Alder Moor", "奥德摩"],
    "owner": "Aldermoor Ltd",
    "brand": "Aldermoor",
    "office": "EUIPO",
    "number": "017",
    "nice_classes": [21, 8],
    "territories": ["EU"],
    "status": "registered",
    "registered_on": date(2017, 3, 1),
    "expires_on": date(2027, 3, 1),
    "reference_price": 89.9,
    "currency": "EUR",
    "authorised_sellers": ["s-9"],
}


def take_in(
    *said: dict[str, Any], extra: pa.RecordBatch | None = None, images: Any = pictures.EMPTY, **more: Any
) -> Intake:
    return import_rights(registry.rows(*said), extra, **{"images": images, "actor": Actor.system(), "at": AT} | more)


def counts(intake: Intake) -> tuple[int, int, int, int]:
    return intake.new, intake.changed, intake.unchanged, intake.refused


def test_every_column_is_kept() -> None:
    extra = pa.RecordBatch.from_pylist([{"attorney": "Smith & Co", "blank": None}])
    assert counts(take_in(ALDERMOOR, extra=extra)) == (1, 0, 0, 0)
    right = Right.objects.get()
    for column in ("text", "aliases", "owner", "office", "number", "nice_classes", "territories", "currency"):
        assert getattr(right, column) == ALDERMOOR[column]
    assert (right.registered_on, right.expires_on) == (date(2017, 3, 1), date(2027, 3, 1))
    assert (right.reference_price, right.authorised_sellers) == (Decimal("89.9"), ["s-9"])
    assert (right.status, right.office_status, right.submitted_at) == ("submitted", "registered", AT)
    assert (right.holder.name, right.holder.kind) == ("Aldermoor Ltd", OrganisationKind.HOLDER)
    assert right.brand == Brand.objects.get(name="Aldermoor", holder=right.holder)
    assert right.extra == {"attorney": "Smith & Co"}


def test_the_same_again_writes_nothing() -> None:
    folder = Folder({"logo.png": pictures.drawn()})
    said = (ALDERMOOR, {"right_id": "fm-1", "kind": "figurative_mark", "image": "logo.png", "owner": "Aldermoor Ltd"})
    take_in(*said, images=folder)
    before = list(Right.objects.values()), Event.objects.count(), queries.version()
    with CaptureQueriesContext(connection) as asked:
        assert counts(take_in(*said, images=folder, at=LATER)) == (0, 0, 2, 0)
    assert (list(Right.objects.values()), Event.objects.count(), queries.version()) == before
    assert [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_a_changed_right_waits_again_and_keeps_its_name_and_its_holder() -> None:
    take_in(ALDERMOOR)
    right = Right.objects.get()
    actions.verify(ref=right.ref, seen=right.digest, actor=accounts.actor(Role.REVIEWER), at=AT)
    assert counts(take_in(ALDERMOOR | {"number": "018"}, at=LATER)) == (0, 1, 0, 0)
    kept = Right.objects.get()
    assert (kept.pk, kept.ref, kept.number, kept.status) == (right.pk, right.ref, "018", RightStatus.SUBMITTED)
    assert (kept.submitted_at, kept.verified_at, kept.verified_by_id) == (LATER, None, None)
    assert queries.verified_table().num_rows == 0
    assert [event.kind for event in audit.events_of(stream_of(kept))] == ["submit", "verify", "amend"]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "ALDERMOOR®"},
        {"aliases": ["Alder Moor"]},
        {"brand": "Alder"},
        {"brand": None},
        {"nice_classes": [8, 21]},
        {"registered_on": None},
        {"reference_price": 90.0},
        {"kind": "design"},
        {"status": "cancelled"},
        {"image": "logo.png"},
    ],
)
def test_whatever_changes_counts_as_a_change(change: dict[str, Any]) -> None:
    take_in(ALDERMOOR)
    assert counts(take_in(ALDERMOOR | change)) == (0, 1, 0, 0)
    assert counts(take_in(ALDERMOOR | change)) == (0, 0, 1, 0)


def test_rights_of_one_owner_have_one_holder_and_those_without_are_named_after_what_they_say() -> None:
    take_in(
        {"right_id": "1", "text": "A", "owner": "Aldermoor Ltd"},
        {"right_id": "2", "text": "B", "owner": " Aldermoor Ltd "},
        {"right_id": "3", "text": "C", "brand": "Copse"},
        {"right_id": "4", "text": "DELL"},
        {"right_id": "5", "kind": "design", "image": "chair.png"},
        {"right_id": "6", "text": "F", "owner": "x" * 400},
    )
    names = [right.holder.name for right in Right.objects.order_by("right_id").select_related("holder")]
    assert names == ["Aldermoor Ltd", "Aldermoor Ltd", "Copse", "DELL", "5", "x" * 300]
    founded = Event.objects.filter(kind="organisation_founded")
    assert founded.count() == Organisation.objects.count() == 5


def test_a_holder_that_is_here_already_is_found_and_a_seller_of_that_name_is_not() -> None:
    accounts.organisation(OrganisationKind.SELLER, name="Aldermoor Ltd")
    first = accounts.organisation(name="Aldermoor Ltd")
    accounts.organisation(name="Aldermoor Ltd")
    take_in(ALDERMOOR)
    assert Right.objects.get().holder == first


def test_an_assigned_right_does_not_leave_its_people_by_way_of_a_file() -> None:
    take_in(ALDERMOOR)
    result = take_in(ALDERMOOR | {"owner": "Grabber Inc"})
    assert (counts(result), Right.objects.get().holder.name) == ((0, 1, 0, 0), "Aldermoor Ltd")
    assert [(problem.column, problem.severity) for problem in result.problems] == [("owner", "warning")]
    assert not Organisation.objects.filter(name="Grabber Inc").exists()


def test_a_holders_own_file_is_of_that_holder_whatever_it_says() -> None:
    vera = registry.organisation_of(registry.holder("Aldermoor Ltd"))
    take_in({"right_id": "1", "text": "A", "owner": "Somebody Else"}, holder=vera)
    assert Right.objects.get().holder == vera
    assert not Organisation.objects.filter(name="Somebody Else").exists()


def test_a_holders_own_file_touches_nobody_elses_right() -> None:
    take_in(ALDERMOOR)
    mallory = registry.organisation_of(registry.holder("Mallory Inc"))
    result = take_in(ALDERMOOR | {"text": "MALLORY"}, holder=mallory)
    assert (counts(result), Right.objects.get().text) == ((0, 0, 0, 1), "ALDERMOOR")
    said = " ".join(f"{problem.reason} {problem.remedy}" for problem in result.problems)
    assert "Aldermoor" not in said


def test_a_withdrawn_right_is_not_raised_by_a_file() -> None:
    vera = registry.holder("Aldermoor Ltd")
    take_in(ALDERMOOR, holder=registry.organisation_of(vera))
    actions.withdraw(ref=Right.objects.get().ref, actor=vera, at=AT)
    assert counts(take_in(ALDERMOOR)) == (0, 0, 1, 0)
    result = take_in(ALDERMOOR | {"number": "9"})
    assert (counts(result), Right.objects.get().status) == ((0, 0, 0, 1), "withdrawn")
    assert "withdrawn" in result.problems[0].reason


@pytest.mark.parametrize(
    ("row", "column", "severity"),
    [
        ({"right_id": "x" * 201, "text": "A"}, "right_id", "refused"),
        ({"right_id": "1", "text": " "}, "text", "refused"),
        ({"right_id": "1", "text": "A", "kind": "trade secret"}, "kind", "refused"),
        ({"right_id": "1", "text": "A", "image": "nowhere.png"}, "image", "warning"),
        ({"right_id": "1", "text": "A", "image": "script.svg"}, "image", "warning"),
        ({"right_id": "1", "text": "A", "image": "huge.png"}, "image", "warning"),
        ({"right_id": "1", "text": "A", "reference_price": 1e300}, "reference_price", "warning"),
        ({"right_id": "1", "text": "A", "status": "lapsed"}, "status", "warning"),
    ],
)
def test_what_is_wrong_is_said_and_costs_no_more_than_it_must(row: dict[str, Any], column: str, severity: str) -> None:
    folder = Folder({"script.svg": pictures.SVG_WITH_SCRIPT, "huge.png": pictures.TOO_LARGE})
    result = take_in(row, {"right_id": "sound", "text": "B"}, images=folder)
    (problem,) = result.problems
    assert (problem.row, problem.column, problem.severity) == (1, column, severity)
    assert problem.reason
    assert problem.remedy
    assert result.new == (1 if severity == "refused" else 2)


def test_a_hostile_picture_is_kept_as_evidence_and_unusable() -> None:
    take_in(
        {"right_id": "1", "kind": "figurative_mark", "image": "x.svg"},
        images=Folder({"x.svg": pictures.SVG_WITH_SCRIPT}),
    )
    image = Right.objects.get().image
    assert image is not None
    assert image.problem == "unsafe_svg"


def test_a_word_that_is_no_registration_is_not_screened_for() -> None:
    take_in({"right_id": "1", "text": "A", "status": "lapsed"})
    assert Right.objects.get().office_status == "applied"


def test_a_picture_that_does_not_come_the_second_time_stays() -> None:
    row = {"right_id": "1", "kind": "figurative_mark", "image": "logo.png"}
    take_in(row, images=Folder({"logo.png": pictures.drawn()}))
    image = Right.objects.get().image_id
    again = take_in(row)
    assert (counts(again), Right.objects.get().image_id, again.warnings) == ((0, 0, 1, 0), image, 1)
    assert counts(take_in(row | {"image": "other.png"})) == (0, 1, 0, 0)
    assert Right.objects.get().image_id is None


def test_a_batch_that_fails_leaves_nothing_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("power")

    monkeypatch.setattr("touchmark.apps.registry.record.append_many", lambda *_, **__: fail())
    with pytest.raises(RuntimeError):
        take_in(ALDERMOOR)
    assert not Right.objects.exists()
    assert not Organisation.objects.exists()
    assert not Brand.objects.exists()


def test_only_those_who_may_submit() -> None:
    with pytest.raises(NotYours):
        take_in(ALDERMOOR, actor=accounts.actor(Role.REVIEWER))


def test_thousands_cost_a_few_questions_each_batch(django_assert_max_num_queries: Any) -> None:
    said = [{"right_id": f"r-{n}", "text": f"MARK {n}", "owner": f"Owner {n % 40}"} for n in range(500)]
    take_in(*said)
    with django_assert_max_num_queries(80):
        result = take_in(*(row | {"number": "1"} for row in said))
    assert counts(result) == (0, 500, 0, 0)
    assert Event.objects.filter(stream__startswith="right:").count() == 1000
    for right in Right.objects.all()[:5]:
        assert RIGHT.folded(event.kind for event in audit.events_of(stream_of(right))) == right.status


def test_html_in_a_mark_is_text_like_any_other() -> None:
    take_in({"right_id": "1", "text": "<script>alert(1)</script>"})
    assert Right.objects.get().text == "<script>alert(1)</script>"
