"""Frames of several parts."""

from __future__ import annotations

import pandas as pd


def stacked(columns: list[str], *parts: pd.DataFrame) -> pd.DataFrame:
    """Parts below one another with these columns: texts, but for `value` and numbers of the first.

    A text that a part lacks is empty, a number NaN.
    """
    known = [part.reindex(columns=columns).astype(object) for part in parts]
    numbers = {"value", *parts[0].select_dtypes("number")} & {*columns}
    frame = pd.concat(known, ignore_index=True).astype(dict.fromkeys(numbers, float))
    return frame.fillna({name: "" for name in columns if name not in numbers})
