"""What is kept of a visitor's network address: the whole, a part that names no household, or nothing."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal

AddressPolicy = Literal["whole", "shortened", "none"]


def kept(address: str, policy: AddressPolicy) -> str:
    """The address as agents may see it; "" where there is none to show.

    Shortened: the last 8 bits of an IPv4 address are zeroed, the last 80 of an IPv6 address.
    """
    if policy == "none":
        return ""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if policy == "whole":
        return str(ip)
    return str(ip_network((ip, 24 if ip.version == 4 else 48), strict=False).network_address)


def limited_as(address: str) -> str:
    """The key by which an address is rate limited: a whole IPv4 address, the /64 of an IPv6 one."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or ip_network((ip, 64), strict=False))
    return str(ip)
