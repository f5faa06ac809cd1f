"""Which pages may talk to us, and which may frame the panel.

An origin is scheme, host and port. A request without one is not from a page of ours. Where the public address is a
loopback one, its other spellings on the same port are the same place (people type both).
"""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

_DEFAULT_PORT: Final = {"http": 80, "https": 443}
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


def normalised(url: str) -> str | None:
    """The origin of a URL or of an Origin header, default port left out; None when it has none (`null`, garbage)."""
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        return None
    if scheme not in _DEFAULT_PORT or not host or "@" in parts.netloc:
        return None
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}" if port in (None, _DEFAULT_PORT[scheme]) else f"{scheme}://{host}:{port}"


def own_origins(public_url: str, extra: Iterable[str] = ()) -> frozenset[str]:
    """Every origin whose pages may use our API and sockets. Raises ValueError when the public URL is not one."""
    own = normalised(public_url)
    if own is None:
        raise ValueError(f"{public_url!r} is not an http(s) address")
    origins = {own} | {origin for origin in map(normalised, extra) if origin}
    scheme, _, rest = own.partition("://")
    for name in _LOOPBACK:
        if rest == name or rest.startswith(f"{name}:"):
            origins |= {f"{scheme}://{other}{rest[len(name) :]}" for other in _LOOPBACK}
    return frozenset(origins)


def may_talk(origin: str | None, own: frozenset[str]) -> bool:
    """Whether a request with this Origin header comes from a page of ours."""
    return origin is not None and normalised(origin) in own


def frame_ancestors(allowed: Iterable[str]) -> str:
    """The `frame-ancestors` sources of a widget's panel: our own pages (demo, preview) and the widget's sites.

    A site is an origin, also with a wildcard for its sub-domains (`https://*.example.com`). What is neither is left
    out: a header built from a setting must not be able to say more than the setting means.
    """
    return " ".join(["'self'", *(site for site in map(_site, allowed) if site)])


def _site(value: str) -> str | None:
    scheme, separator, rest = value.strip().partition("://")
    wildcard = rest.startswith("*.")
    origin = normalised(f"{scheme}{separator}{rest[2:] if wildcard else rest}")
    if origin is None or any(c in origin for c in " ;,'\"*"):
        return None
    return origin.replace("://", "://*.", 1) if wildcard else origin
