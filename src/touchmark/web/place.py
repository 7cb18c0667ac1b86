"""Where a request comes from: what floods are counted by."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

#: One line of one household is given so much of IPv6; within it everybody has more addresses than there are people.
HOUSEHOLD = 64


def place_of(request: HttpRequest) -> str:
    """
    Give the place in the network that a request came from; behind proxies of our own, the one that they were asked by.

    Of IPv6 a whole household is one place: else one shopper would be as many as they like.
    """
    found = ip_address(str(get_adapter().get_client_ip(request)))
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, HOUSEHOLD), strict=False))
