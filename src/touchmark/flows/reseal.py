"""When the site's secret key changes: all that was sealed under the one before, sealed under the new one."""

from allauth.mfa.models import Authenticator

from touchmark.apps.accounts import sign_on
from touchmark.apps.accounts.sealed import SECOND_FACTOR, Sealed, sealed_anew
from touchmark.apps.accounts.sealed import reseal as reseal_rows
from touchmark.apps.catalog import webhook_secrets
from touchmark.apps.hooks import secrets as hook_secrets

#: Where an authenticator keeps a secret: a code's, and what recovery codes are made from.
HELD = ("secret", "seed")


def reseal(*, keep: bool) -> dict[str, Sealed]:
    """
    Seal every secret of the database under the newest key, and say of each kind how many opened and which did not.

    It may be broken off and run again: each row is its own transaction, and what is sealed anew opens as before.

    :param keep: without it nothing is written
    """
    return {
        "second factors": _factors(keep=keep),
        "single sign-on": sign_on.reseal_secrets(keep=keep),
        "marketplaces": webhook_secrets.reseal_secrets(keep=keep),
        "organisations": hook_secrets.reseal_secrets(keep=keep),
    }


def _factors(*, keep: bool) -> Sealed:
    def anew(row: Authenticator) -> None:
        for name in HELD:
            if row.data.get(name):
                row.data[name] = sealed_anew(row.data[name], SECOND_FACTOR)

    return reseal_rows(Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN), anew, keep=keep)
