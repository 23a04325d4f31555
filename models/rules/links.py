"""Addresses that people type for a link to another site: only https, with a host that can be shown beside it."""

from urllib.parse import urlsplit

LONGEST = 300
MAY_NOT_HOLD = frozenset(" \t\r\n\"'<>\\^`{|}")


def https_link(text: str) -> str:
    """Return the address as it was typed, without spaces around it; empty stays empty.

    A `ValueError` (in Dutch) for what is no https address of another site, is too long, or hides a name or password.
    """
    link = text.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("Dit is geen adres van een site.") from None
    if parts.scheme.lower() != "https":
        raise ValueError("Een link begint met https://.")
    if len(link) > LONGEST:
        raise ValueError(f"Een link is hooguit {LONGEST} tekens lang.")
    if MAY_NOT_HOLD & set(link) or not link.isprintable() or "@" in parts.netloc or port not in (None, 443):
        raise ValueError("In deze link staan tekens die daar niet horen.")
    if "." not in host or host.startswith(".") or host.endswith(".") or not host.isascii():
        raise ValueError("Dit is geen adres van een site.")
    if host.replace(".", "").isdigit() or ":" in host:
        raise ValueError("Een link noemt een site bij naam, geen getal.")
    return link


def host_of(link: str) -> str:
    """Return the site of a checked link, "youtube.com", to be shown beside it."""
    return (urlsplit(link).hostname or "").removeprefix("www.")
