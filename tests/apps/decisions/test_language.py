"""A statement of reasons is in the language that the seller reads, whoever writes it."""

import pytest
from django.utils import translation
from tests.factories import accounts
from tests.flows.world import built

from touchmark.apps.accounts import queries
from touchmark.apps.accounts.models import OrganisationKind, User
from touchmark.apps.decisions.facts import place_of
from touchmark.engine.terms import Role
from touchmark.web.desk.grounds import known

pytestmark = pytest.mark.django_db


def test_the_language_of_an_organisation_is_that_of_most_of_its_people() -> None:
    shop = accounts.organisation(OrganisationKind.SELLER)
    assert queries.language_of(shop.pk) == "en"
    for language in ("zh-hans", "en", "zh-hans"):
        person = accounts.member(Role.SELLER, of=shop)
        person.language = language
        person.save()
    assert queries.language_of(shop.pk) == "zh-hans"
    assert queries.language_of(None) == "en"


def test_the_statement_is_in_the_sellers_language_whoever_decides() -> None:
    world = built()
    person = User.objects.get(pk=world.sam.user_id)
    person.language = "zh-hans"
    person.save()
    with translation.override("en"):
        statement = world.restrict().statement
    assert statement.language == "zh-hans"
    assert statement.content["restriction"] == "该商品已下架。"
    assert "由人作出决定" in statement.content["automated_decision"]
    assert "法院" in statement.content["court"]
    assert "庭外" in statement.content["out_of_court"]


OFFERED = next(ground for ground in known() if ground.id == "eu.mark").explanation


@pytest.mark.parametrize(("written", "read"), [(OFFERED, "未经权利人同意"), ("As our terms say.", "As our terms say.")])
def test_why_a_ground_applies_is_in_the_sellers_language_if_it_was_offered(written: str, read: str) -> None:
    world = built()
    User.objects.filter(pk=world.sam.user_id).update(language="zh-hans")
    statement = world.restrict(ground_explanation=written).statement
    assert statement.content["ground_explanation"].startswith(read)


def test_an_english_seller_reads_english_from_a_reviewer_who_reads_chinese() -> None:
    with translation.override("zh-hans"):
        statement = built().restrict().statement
    assert statement.language == "en"
    assert statement.content["restriction"] == "The listing is taken off sale."
    assert "UTC and lasts until it is reversed" in statement.content["duration"]


def test_the_place_of_a_finding_is_named_in_the_language_of_who_reads_it() -> None:
    place, picture = place_of("title", "", []), place_of("images", "b", ["a", "b"])
    with translation.override("zh-hans"):
        assert (str(place), str(picture)) == ("标题", "图片 2")
    assert (str(place), str(picture)) == ("title", "picture 2")
