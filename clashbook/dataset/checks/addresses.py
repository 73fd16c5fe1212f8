"""Whether an address on the web is one that readers can be sent to."""

import re
from urllib.parse import urlsplit

_LABEL = re.compile(r"(?!-)[^\W_]([\w-]{0,61}[^\W_])?")


def address_fault(address: str) -> str:
    """Return what keeps `address` from being a plain address of a page, or ""."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        return f"is no address ({error})"
    if parts.scheme not in ("http", "https"):
        return "is no address of a page"
    if "@" in parts.netloc:
        return "names a user before its host"
    if not host:
        return "names no host"
    if port == 0 or parts.netloc.endswith(":"):
        return "has no port after its host"
    labels = host.split(".")
    if len(host) > 253 or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return "has no name of a host"
    if re.search(r"%(?![0-9A-Fa-f]{2})", address):
        return "has a % that no two hexadecimal digits follow"
    return "has a character that an address cannot have" if re.search(r"[\\^`{|}]", address) else ""
