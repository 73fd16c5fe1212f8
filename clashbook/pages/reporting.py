"""Where a reader reports an error: the settings' address, with what it is about filled in."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from clashbook.about import About

# What mail programs put into a new letter, and trackers of issues into a new issue.
_FIELDS = {"mailto": "subject", "https": "title"}


def address(about: About, kind: str, key: str) -> str:
    """The address for an error in one thing; "" while the settings have none.

    Parameters
    ----------
    about : About
        What the edition says of itself.
    kind, key : str
        What the thing is, as a reader calls it, and its id.
    """
    if not about.report_error:
        return ""
    parts = urlsplit(about.report_error)
    subject = f"Error in {kind} {key} (as known on {about.as_of}, data version {about.version})"
    filled = f"{_FIELDS[parts.scheme]}={quote(subject, safe='')}"
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, filled)))))
