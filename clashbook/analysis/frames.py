"""Frames of several parts."""

from __future__ import annotations

import pandas as pd


def stacked(columns: list[str], *parts: pd.DataFrame) -> pd.DataFrame:
    """Parts below one another with these columns: texts, but for `value`, a number.

    A text that a part lacks is empty, a number NaN.
    """
    known = [part.reindex(columns=columns).astype(object) for part in parts]
    frame = pd.concat(known, ignore_index=True).astype({"value": float})
    return frame.fillna({name: "" for name in columns if name != "value"})
