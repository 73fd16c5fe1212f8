"""The scripts by which a page checks a brief, run in V8 by the command line and the build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

FILES = tuple(Path(__file__).with_name(name) for name in ("pieces.js", "features.js", "judge.js"))


def running(expression: str) -> MiniRacer:
    """V8 with the scripts, and as `made` what an expression gives there."""
    from py_mini_racer import MiniRacer  # large: a page of the book needs the files alone

    engine = MiniRacer()
    engine.eval("globalThis.self = globalThis")  # as browsers call what all scripts share
    for file in FILES:
        engine.eval(file.read_text(encoding="utf-8"))
    engine.eval(f"globalThis.made = {expression}")
    return engine
