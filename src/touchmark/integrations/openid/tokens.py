"""
What an ID token must prove before anybody is let in by it (OpenID Connect Core 1.0, 3.1.3.7).

The signature is always checked, also where the token came over TLS from the provider itself: then a token that leaks
into a log on the way, or one made by whoever stands between, opens nothing.
"""

from collections.abc import Mapping
from typing import Any

import jwt

from touchmark.engine.errors import TouchmarkError

#: Signatures by a key that the provider alone has. Not among them: ``none``, and those by a secret that both know.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
REQUIRED = ("iss", "sub", "aud", "exp", "iat", "nonce")
#: So far may the clocks of the provider and of this machine be apart, in seconds.
APART = 60
LONGEST_SUBJECT = 255  # by the standard


class TokenRefused(TouchmarkError):
    """The ID token does not prove what it should; the text says what is missing, and holds nothing of the token."""


def proven(token: object, *, keys: object, issuer: str, client_id: str) -> dict[str, Any]:
    """
    Give the claims of an ID token whose signature, issuer, audience and dates hold.

    The nonce is the caller's to compare: it waits in the browser's session.

    :param keys: the provider's keys, as its JWKS gives them
    :raises TokenRefused: if anything does not hold
    """
    try:
        key = _key_for(token, keys)
        claims = jwt.decode(
            token,  # type: ignore[arg-type]  # what is no text is refused above
            key=key,
            algorithms=list(ALGORITHMS),
            issuer=issuer,
            audience=client_id,
            leeway=APART,
            options={"require": list(REQUIRED)},
        )
    except (jwt.PyJWTError, LookupError, TypeError, ValueError) as error:
        raise TokenRefused(f"The ID token is refused: {type(error).__name__}.") from error
    _require_party(claims, client_id)
    return claims


def _key_for(token: object, keys: object) -> Any:
    if not isinstance(token, str) or not isinstance(keys, Mapping):
        raise TokenRefused("The identity provider gave no ID token, or no keys.")
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise TokenRefused("The ID token is signed in a way that proves nothing here.")
    signing = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in ("sig", None)]
    named = [key for key in signing if key.key_id == header.get("kid")] if header.get("kid") else signing
    if len(named) != 1:
        raise TokenRefused("The identity provider has no key of the name that the ID token was signed with.")
    return named[0]


def _require_party(claims: Mapping[str, Any], client_id: str) -> None:
    """Refuse a token that was made for somebody else too, unless it says that it was given to us."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != client_id:
        raise TokenRefused("The ID token was given to another party.")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or "\x00" in subject:
        raise TokenRefused("The ID token names nobody.")
