"""Which device that was, in two words from what the browser says of itself: enough to recognise one's own."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Say "Chrome op Windows"; what is not known is left out, nothing that was sent is repeated."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "onbekende browser")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser} op {system}" if system else browser
