"""Addresses of listings, as people copy them out of a browser."""

from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

#: Parts of a query that say where a visitor came from, not what is shown.
_TRACKING = ("utm_", "spm", "scm", "fbclid", "gclid", "ref", "ref_")


def key_of(url: str) -> str:
    """
    Give a key that is the same for addresses that lead to the same page; "" for what is no web address.

    Scheme, ``www.``, the case of the host, a slash at the end, a fragment, the order of a query and its tracking words
    make no difference.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _tracks(pair[0])))
    return sha256(f"{host}{parts.path.rstrip('/')}?{query}".encode()).hexdigest()


def _tracks(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING[0])


#: How addresses of pictures and videos end.
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".svg", ".mp4", ".webm", ".mov", ".m3u8", ".avi")


def is_picture(url: str) -> bool:
    """Whether an address is one of a picture or a video, as its end says."""
    try:
        return urlsplit(url.strip()).path.lower().endswith(_PICTURES)
    except ValueError:
        return False
