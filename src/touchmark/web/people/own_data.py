"""One's own data: downloading it, and having it erased."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.flows import own_data
from touchmark.web import clock
from touchmark.web.fresh import fresh
from touchmark.web.guard import PersonRequest, own_means, signed_in
from touchmark.web.ui.forms import Form


class EraseForm(Form):
    """That it is meant."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Type it, so that this does not happen by a slip."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


@signed_in
@own_means
@require_POST
def download(request: PersonRequest) -> HttpResponse:
    """Give the file."""
    packed = own_data.exported(user=request.user, at=clock.now())
    headers = {"Content-Disposition": 'attachment; filename="my-data.zip"'}
    return HttpResponse(packed, content_type="application/zip", headers=headers)


@signed_in
@own_means
@fresh
def erase(request: PersonRequest) -> HttpResponse:
    """Ask before everything about oneself is erased; a POST does it."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["email"].casefold() != request.user.email.casefold():
            form.add_error("email", _("This is not the address of your account."))
        else:
            user = request.user
            own_data.erase(user=user, at=clock.now())
            logout(request)
            messages.success(request, _("Your data is erased and your account is closed."))
            return redirect("home")
    return render(request, "touchmark/people/erase.html", {"form": form})
