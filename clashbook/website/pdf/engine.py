"""Whether this machine can make a PDF: asked by every build, and so without loading anything."""

from ctypes.util import find_library
from functools import cache

# What WeasyPrint opens of the system, and the packages that README.md names for it.
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@cache
def lacking() -> str:
    """Why there can be no PDF on this machine, in one line; "" where there can."""
    if all(map(find_library, LIBRARIES)):
        return ""
    return f"no PDF: a system library is missing; install {PACKAGES}"
