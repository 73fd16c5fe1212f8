"""Where one row leads: step by step by way of what it names, or to all that it takes in."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

Name = TypeVar("Name")


def chain(first: str, following: Mapping[str, str]) -> list[str]:
    """Return `first` and what it leads to, step by step; it ends where a circle would close."""
    path = [first]
    while (one := following.get(path[-1], "")) and one not in path:
        path.append(one)
    return path


def reached(names: Iterable[Name], parts: Mapping[Name, Collection[Name]]) -> set[Name]:
    """Return `names` and all their parts, the parts of these and so on; circles are cut."""
    found: set[Name] = set()
    todo = [*names]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += parts.get(one, ())
    return found
