"""Where a request comes from: what floods are counted by."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def place_of(request: HttpRequest) -> str:
    """Give the network address that a request came from; behind proxies of our own, the one that they were asked by."""
    return str(get_adapter().get_client_ip(request))
