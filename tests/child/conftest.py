"""The application to test against; see tests/site.py."""

from tests.site import one_site, site

__all__ = ["one_site", "site"]
