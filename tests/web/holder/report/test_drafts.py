"""Drafts of notices and templates: several, kept at each step."""

import pytest
from django.test import Client
from tests.factories import registry
from tests.web import worlds
from tests.web.holder.report.written import STATEMENT, begun, told, written

from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.models import Notice, NoticeTemplate
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db


def test_drafts_are_several_and_go_on_where_they_were_left(client: Client, right: Right, listing: Listing) -> None:
    first, second = written(client, right, "4711"), begun(client, right)
    page = told(client.get("/holder/drafts/"))
    assert page.count("ALDERMOOR") == 2
    assert "deleted after" in page
    assert client.get(f"{second}check/").status_code == 302
    client.post(f"{first}delete/")
    assert client.get(f"{first}check/").status_code == 404
    kept = Notice.objects.exclude(status="draft").get()
    assert (kept.status, kept.statement) == ("withdrawn", "")
    assert told(client.get("/holder/notices/")).startswith("Notices")


def test_a_template_begins_another_notice_and_signs_for_nobody(client: Client, right: Right, listing: Listing) -> None:
    draft = written(client, right, "4711", shared=["email"])
    client.post(f"{draft}template/", {"name": " Clasp \n"})
    kept = NoticeTemplate.objects.get()
    assert (kept.name, kept.statement, kept.shared) == ("Clasp", STATEMENT, ["email"])
    answer = client.post("/holder/report/", {"right": right.ref, "template": str(kept.pk)})
    words = answer.headers["Location"].replace("listings/", "words/")
    client.post(answer.headers["Location"], {"pasted": "4711"})
    assert client.get(words).context["form"].initial["statement"] == STATEMENT
    other, actor, _ = worlds.person(Role.HOLDER, "Somebody else")
    registry.verified(actor)
    assert "Clasp" not in told(other.get("/holder/report/"))
    assert other.post(f"/holder/templates/{kept.pk}/delete/").status_code == 404
    client.post(f"/holder/templates/{kept.pk}/delete/")
    assert not NoticeTemplate.objects.exists()
