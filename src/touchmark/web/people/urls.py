"""Addresses about oneself and one's colleagues. allauth's views keep its names, which its own code looks up."""

from allauth.account import views as allauth
from allauth.mfa.recovery_codes import views as recovery_codes
from django.urls import path, re_path
from django.views.generic import RedirectView

from touchmark.web.fresh import fresh
from touchmark.web.guard import nothing_beyond, own_means, public, signed_in
from touchmark.web.people import (
    account,
    invitations,
    join,
    leaving,
    looks,
    overview,
    own_data,
    passkeys,
    second_factor,
    sessions,
    sign_in,
    sign_on,
    sign_on_page,
    team,
    teams,
    tokens,
)

FROM = "touchmark/people"

sign_out = allauth.LogoutView.as_view(template_name=f"{FROM}/sign_out.html")
closed = allauth.AccountInactiveView.as_view(template_name=f"{FROM}/closed.html")
password_sent = allauth.PasswordResetDoneView.as_view(template_name=f"{FROM}/password_sent.html")
password_done = allauth.PasswordResetFromKeyDoneView.as_view(template_name=f"{FROM}/password_done.html")
codes = recovery_codes.ViewRecoveryCodesView.as_view(template_name=f"{FROM}/recovery_codes.html")
remove_passkey = passkeys.Remove.as_view()
new_codes = second_factor.NewRecoveryCodes.as_view()
codes_file = recovery_codes.DownloadRecoveryCodesView.as_view(template_name=f"{FROM}/recovery_codes.txt")
security = RedirectView.as_view(pattern_name="account")

signing_in = [
    path("sign-in", public(sign_in.SignIn.as_view()), name="account_login"),
    path("sign-in/code", public(second_factor.Show.as_view()), name="mfa_authenticate"),
    path("sign-in/with/<str:key>", sign_on.begin, name="sign_on"),
    path("sign-in/with/<str:key>/back", sign_on.back, name="sign_on_back"),
    path("sign-in/again", signed_in(sign_in.ProveAgain.as_view()), name="account_reauthenticate"),
    path("sign-in/passkey", public(passkeys.SignIn.as_view()), name="mfa_login_webauthn"),
    path("sign-in/again/passkey", signed_in(passkeys.ShowAgain.as_view()), name="mfa_reauthenticate_webauthn"),
    path("sign-in/again/code", signed_in(second_factor.ShowAgain.as_view()), name="mfa_reauthenticate"),
    path("sign-out", public(sign_out), name="account_logout"),
    path("closed", public(closed), name="account_inactive"),
    path("join", join.ask, name="account_signup"),
    path("join/sent", join.sent, name="join_sent"),
    path("join/<str:secret>", join.finish, name="join_finish"),
]

password = [
    path("password/forgotten", public(sign_in.ForgottenPassword.as_view()), name="account_reset_password"),
    path("password/forgotten/sent", public(password_sent), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        public(sign_in.SetForgottenPassword.as_view()),
        name="account_reset_password_from_key",
    ),
    path("password/changed", public(password_done), name="account_reset_password_from_key_done"),
    path("account/password", signed_in(own_means(sign_in.ChangePassword.as_view())), name="account_change_password"),
]

factor = [
    path("account/security", signed_in(security), name="mfa_index"),
    path(
        "account/second-factor",
        signed_in(nothing_beyond(fresh(second_factor.SetUp.as_view()))),
        name="mfa_activate_totp",
    ),
    path(
        "account/second-factor/another",
        signed_in(fresh(second_factor.SetUpAnother.as_view(), signing_in_counts=True)),
        name="second_factor_another",
    ),
    path("account/second-factor/end", signed_in(fresh(second_factor.TakeAway.as_view())), name="mfa_deactivate_totp"),
    path("account/passkeys", signed_in(passkeys.Passkeys.as_view()), name="mfa_list_webauthn"),
    path("account/passkeys/add", signed_in(own_means(fresh(passkeys.Add.as_view()))), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/end",
        signed_in(own_means(fresh(remove_passkey))),
        name="mfa_remove_webauthn",
    ),
    path("account/codes", signed_in(fresh(codes)), name="mfa_view_recovery_codes"),
    path(
        "account/codes/new",
        signed_in(fresh(new_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path("account/codes/file", signed_in(fresh(codes_file)), name="mfa_download_recovery_codes"),
]

oneself = [
    path("account", account.account, name="account"),
    path("account/act-for", account.act_for, name="act_for"),
    path("account/sessions", sessions.sessions, name="sessions"),
    path("account/sessions/<int:session_id>/end", sessions.end, name="end_session"),
    path("account/sessions/end", sessions.end_others, name="end_sessions"),
    path("account/tokens", tokens.tokens, name="tokens"),
    path("account/tokens/new", tokens.new, name="token_new"),
    path("account/tokens/<int:client_id>/end", tokens.end, name="token_end"),
    path("account/data", own_data.download, name="own_data"),
    path("account/erase", own_data.erase, name="erase_oneself"),
    path("theme", account.theme, name="theme"),
    path("language", account.language, name="language"),
]

colleagues = [
    path("invitation/<str:secret>", invitations.invitation, name="invitation"),
    path("people", team.team, name="team"),
    path("people/overview", overview.overview, name="operator_home"),
    path("people/organisations", team.organisations, name="organisations"),
    path("people/<int:organisation_id>", team.team, name="team_of"),
    path("people/<int:organisation_id>/invite", team.invite, name="invite"),
    path("people/<int:organisation_id>/sign-on", sign_on_page.page, name="sign_on_page"),
    path("people/<int:organisation_id>/sign-on/end", sign_on_page.end, name="sign_on_end"),
    path("people/<int:organisation_id>/teams/new", teams.new, name="new_team"),
    path("people/teams/<int:team_id>", teams.team, name="team_form"),
    path("people/teams/<int:team_id>/dissolve", teams.dissolve, name="dissolve_team"),
    path("people/memberships/<int:membership_id>/team", teams.move, name="move"),
    path("people/memberships/<int:membership_id>/leave", leaving.leave, name="leave"),
    path("people/looks", looks.looks, name="looks"),
    path("people/invitations/<int:invitation_id>/withdraw", team.withdraw, name="withdraw_invitation"),
    path("people/memberships/<int:membership_id>/end", team.end, name="end_membership"),
]

urlpatterns = [*signing_in, *password, *factor, *oneself, *colleagues]
