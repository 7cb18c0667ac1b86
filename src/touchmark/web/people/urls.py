"""Addresses about oneself and one's colleagues. allauth's views keep its names, which its own code looks up."""

from allauth.account import views as allauth
from allauth.mfa.recovery_codes import views as recovery_codes
from django.urls import path, re_path
from django.views.generic import RedirectView, TemplateView

from touchmark.web.guard import public, signed_in
from touchmark.web.people import account, invitations, second_factor, sign_in, team

urlpatterns = [
    # Signing in and out
    path("sign-in", public(sign_in.SignIn.as_view()), name="account_login"),
    path("sign-in/code", public(second_factor.Show.as_view()), name="mfa_authenticate"),
    path("sign-in/again", signed_in(sign_in.ProveAgain.as_view()), name="account_reauthenticate"),
    path("sign-in/again/code", signed_in(second_factor.ShowAgain.as_view()), name="mfa_reauthenticate"),
    path(
        "sign-out",
        public(allauth.LogoutView.as_view(template_name="touchmark/people/sign_out.html")),
        name="account_logout",
    ),
    path(
        "closed",
        public(allauth.AccountInactiveView.as_view(template_name="touchmark/people/closed.html")),
        name="account_inactive",
    ),
    path(
        "join", public(TemplateView.as_view(template_name="touchmark/people/by_invitation.html")), name="account_signup"
    ),
    # The password
    path("password/forgotten", public(sign_in.ForgottenPassword.as_view()), name="account_reset_password"),
    path(
        "password/forgotten/sent",
        public(allauth.PasswordResetDoneView.as_view(template_name="touchmark/people/password_sent.html")),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        public(sign_in.SetForgottenPassword.as_view()),
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed",
        public(allauth.PasswordResetFromKeyDoneView.as_view(template_name="touchmark/people/password_done.html")),
        name="account_reset_password_from_key_done",
    ),
    path("account/password", signed_in(sign_in.ChangePassword.as_view()), name="account_change_password"),
    path(
        "account/password/first",
        signed_in(allauth.PasswordSetView.as_view(template_name="touchmark/people/password_first.html")),
        name="account_set_password",
    ),
    # The second factor
    path("account/security", signed_in(RedirectView.as_view(pattern_name="account")), name="mfa_index"),
    path("account/second-factor", signed_in(second_factor.SetUp.as_view()), name="mfa_activate_totp"),
    path(
        "account/second-factor/take-away",
        signed_in(second_factor.TakeAway.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/recovery-codes",
        signed_in(recovery_codes.ViewRecoveryCodesView.as_view(template_name="touchmark/people/recovery_codes.html")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new",
        signed_in(second_factor.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/download",
        signed_in(
            recovery_codes.DownloadRecoveryCodesView.as_view(template_name="touchmark/people/recovery_codes.txt")
        ),
        name="mfa_download_recovery_codes",
    ),
    # Oneself
    path("account", account.account, name="account"),
    path("account/act-for", account.act_for, name="act_for"),
    path("theme", account.theme, name="theme"),
    # Colleagues
    path("invitation/<str:secret>", invitations.invitation, name="invitation"),
    path("people", team.team, name="team"),
    path("people/organisations", team.organisations, name="organisations"),
    path("people/<int:organisation_id>", team.team, name="team_of"),
    path("people/<int:organisation_id>/invite", team.invite, name="invite"),
    path("people/invitations/<int:invitation_id>/withdraw", team.withdraw, name="withdraw_invitation"),
    path("people/memberships/<int:membership_id>/end", team.end, name="end_membership"),
]
