"""The tags: what they write for a browser and for a screen reader."""

from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from touchmark.web import clock
from touchmark.web.ui.forms import Form
from touchmark.web.ui.pictures import Box, Picture


def shown(template: str, **values: Any) -> str:
    return (
        engines["django"].from_string("{% load ui %}" + template).render(values, RequestFactory().get("/x?a=1&page=2"))
    )


class Questions(Form):
    number = forms.CharField(label="Number", help_text="Seven digits.")
    way = forms.ChoiceField(label="Way", choices=[("a", "A")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I am sure")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    q = forms.CharField(label="Look for", required=False, widget=forms.TextInput(attrs={"type": "search"}))


@pytest.mark.parametrize(
    ("risk", "width", "text", "level"),
    [
        (0.0, "0", "0.00", "risk "),
        (0.5, "50", "0.50", "some"),
        (0.93, "93", "0.93", "high"),
        (1.7, "100", "1.00", "high"),
    ],
)
def test_a_risk_is_a_bar_and_a_number(risk: float, width: str, text: str, level: str) -> None:
    written = shown("{% risk value %}", value=risk)
    assert f'width="{width}"' in written
    assert text in written
    assert level in written


def test_a_badge_says_its_word_and_hides_its_icon() -> None:
    written = shown('{% badge "red" text %}', text="<Restricted>")
    assert "&lt;Restricted&gt;" in written
    assert 'aria-hidden="true"' in written


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = Questions({"number": ""})
    written = shown("{% field form.number %}", form=form)
    assert 'aria-describedby="id_number_helptext id_number_error"' in written
    assert 'id="id_number_error"' in written
    assert 'id="id_number_helptext"' in written
    assert 'aria-invalid="true"' in written
    assert "Fill in “Number”" in written


def test_radio_buttons_are_a_fieldset_with_a_legend() -> None:
    written = shown("{% field form.way %}", form=Questions())
    assert "<fieldset" in written
    assert "<legend>Way" in written


def test_the_summary_leads_to_each_field() -> None:
    form = Questions({})
    form.add_error(None, "Both at once make no sense.")
    written = shown("{% errors form %}", form=form)
    for target in ("id_number", "id_way_0", "id_sure"):
        assert f'href="#{target}"' in written
        assert f'id="{target}"' in shown("{% field form.number %}{% field form.way %}{% field form.sure %}", form=form)
    assert "<li>Both at once make no sense.</li>" in written
    assert shown("{% errors form %}", form=Questions()).strip() == ""


def test_what_may_be_left_out_is_marked() -> None:
    assert "(optional)" in shown("{% field form.note %}", form=Questions())
    assert "(optional)" not in shown("{% field form.number %}", form=Questions())
    assert "(optional)" not in shown("{% field form.q %}", form=Questions())


def test_a_clock_is_a_date_a_zone_what_is_left_and_what_follows() -> None:
    due = clock.now() + timedelta(days=12, hours=1)
    written = shown('{% clock "Answer" due "If you do not, it comes back." %}', due=due)
    assert "Answer by" in written
    assert "(UTC)" in written
    assert "days left" in written
    assert "If you do not, it comes back." in written


def test_pages_keep_the_filters_of_the_address() -> None:
    page = Paginator(range(50), 10).page(2)
    written = shown("{% pages page %}", page=page)
    assert 'href="?a=1&amp;page=1"' in written
    assert 'href="?a=1&amp;page=3"' in written
    assert shown("{% pages page %}", page=Paginator(range(5), 10).page(1)).strip() == ""


def test_boxes_over_a_picture_differ_in_shape() -> None:
    boxes = (Box(0, 0, 10, 10, "copied_image"), Box(0, 0, 10, 10, "logo"), Box(0, 0, 10, 10, "lookalike"))
    copied, logo, lookalike = (
        shown("{% picture p %}", p=Picture("/x.png", "A bag", 100, 80, boxes=(box,))) for box in boxes
    )
    assert "polygon" not in copied
    assert "referential" not in copied
    assert "polygon" in logo
    assert "referential" in lookalike


def test_blocks_keep_what_is_in_them_and_escape_what_they_are_told() -> None:
    written = shown('{% dialog "d" title %}<p>{{ body }}</p>{% enddialog %}', title="<b>", body="<i>")
    assert "<p>&lt;i&gt;</p>" in written
    assert "<b>" not in written
    assert "<p>why</p>" in shown('{% banner "amber" %}<p>why</p>{% endbanner %}')
    assert "<p>why</p>" in shown('{% empty "None" %}<p>why</p>{% endempty %}')


def test_a_page_of_keys_lists_its_own() -> None:
    assert "Restrict" in shown('{% keys r="Restrict" %}')
