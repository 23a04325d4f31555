"""Headers of every answer, also of 404, 500 and style sheets: nothing from elsewhere, nothing inline, nothing kept."""

from api.settings import Settings

RawHeaders = list[tuple[bytes, bytes]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "geolocation=(), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "server": "kindblad",  # else the server adds its own name
    "vary": "Cookie, Accept-Encoding",
}
HTTPS_ONLY = {"strict-transport-security": "max-age=63072000; includeSubDomains"}
NO_STORE = (b"cache-control", b"no-store")


def always(settings: Settings) -> RawHeaders:
    """The headers as bytes, ready to send; HSTS only where cookies travel over https too."""
    chosen = ALWAYS | (HTTPS_ONLY if settings.cookie_secure else {})
    return [(name.encode(), value.encode()) for name, value in chosen.items()]


def complete(own: RawHeaders, general: RawHeaders) -> RawHeaders:
    """Add the general headers to an answer's own, and `no-store` unless it says itself how long it may be kept."""
    kept = any(name.lower() == b"cache-control" for name, _ in own)
    return [*own, *general] if kept else [*own, *general, NO_STORE]
