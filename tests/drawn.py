"""Frames as figures are handed them. Every value is invented, so that each mark appears once."""

import math

import pandas as pd

from clashbook import charts
from clashbook.charts.style import Side

OPEN = math.nan
ARM, AZE, BOTH = ("ARM", "Armenia"), ("AZE", "Azerbaijan"), ("both", "both sides")
SIDES = [
    Side("ARM", "Armenia", "#6C51A6", "#B3A2EC", "circle"),
    Side("AZE", "Azerbaijan", "#A15311", "#E3945F", "square"),
]
BOUNDS = {
    "exact": lambda value, _: (value, value, value),
    "at_least": lambda value, _: (value, OPEN, OPEN),
    "up_to": lambda value, _: (OPEN, OPEN, value),
    "between": lambda value, other: (value, OPEN, other),
    "about": lambda value, _: (OPEN, value, OPEN),
}


def frame(*rows):
    """A frame of rows, its number columns floats as in every frame of the book."""
    made = pd.DataFrame(rows)
    numbers = [name for name in ("low", "best", "high", "value") if name in made]
    return made.astype(dict.fromkeys(numbers, float))


def count(party, firmness, value=OPEN, other=OPEN, text="", by="own_side", claims="a-claim"):
    low, best, high = BOUNDS.get(firmness, lambda *_: (OPEN, OPEN, OPEN))(value, other)
    bounds = {"low": low, "best": best, "high": high}
    words = text or firmness.replace("_", " ")
    who = {"party": party[0], "party_name": party[1]}
    return who | bounds | {
        "firmness": firmness,
        "counted_by": by,
        "text": words,
        "claims": claims,
    }  # fmt: skip


def toll(episode, *args, dates="12 to 16 July 2020", highlighted=False, **cells):
    head = {"episode_id": episode, "episode": episode, "dates": dates, "highlighted": highlighted}
    return head | count(*args, **cells)


def tolls():
    opposing = {"by": "opposing_side"}
    long = {"dates": "27 September to 10 November 2020"}
    return frame(
        toll("July 2020", ARM, "exact", 5, text="5", claims="c-1", highlighted=True),
        toll("July 2020", ARM, "about", 100, text="about\u00a0100", **opposing),
        toll("July 2020", AZE, "at_least", 13, text="at least\u00a013"),
        toll("July 2020", AZE, "unquantified", text="no number given", **opposing),
        toll("Autumn 2020 war", ARM, "at_least", 3825, text="at least\u00a03,825", **long),
        toll("Autumn 2020 war", ARM, "at_least", 5000, text="at least\u00a05,000", **opposing),
        toll("Autumn 2020 war", AZE, "up_to", 7630, text="up to\u00a07,630", **opposing),
        toll("September 2022", ARM, "between", 135, 207, text="135\u00a0to\u00a0207"),
        toll("September 2022", ARM, "between", 300, 450, text="300\u00a0to\u00a0450", **opposing),
        toll("September 2022", AZE, "contested", text="contested: at least\u00a080; up to\u00a070"),
        toll("September 2022", BOTH, "exact", 285, text="285", by="press"),
    )


def quiet_tolls():
    return frame(
        toll("July 2020", ARM, "none", text="none reported", by="", claims=""),
        toll("July 2020", AZE, "none_reported", text="none reported"),
        toll("September 2022", AZE, "at_least", 50, text="at least\u00a050", by="third_party"),
    )


def statement(day, *args, status="replaced", indicator="killed", **cells):
    extra = {"reported_on": f"2022-09-{day:02d}", "status": status, "indicator": indicator}
    extra |= {"indicator_label": indicator.replace("_", " ").capitalize()}
    extra |= {"period_start": "2022-09-13", "period_end": "2022-09-14"}
    return extra | count(*args, **cells)


def statements():
    wider = {"indicator": "killed_or_missing", "status": "current"}
    return frame(
        statement(13, ARM, "at_least", 49, text="at least\u00a049", claims="c-1"),
        statement(13, AZE, "exact", 50, text="50", claims="c-2"),
        statement(14, ARM, "exact", 105, text="105", claims="c-3"),
        statement(15, AZE, "exact", 71, text="71", claims="c-4"),
        statement(16, ARM, "at_least", 135, text="at least\u00a0135", status="current"),
        statement(16, AZE, "exact", 77, text="77", claims="c-6"),
        statement(19, ARM, "up_to", 207, text="up to\u00a0207", claims="c-7", **wider),
        statement(22, AZE, "exact", 80, text="80", claims="c-8", status="current"),
    )


def vague_statements():
    return frame(
        statement(13, ARM, "unquantified", text="no number given", claims="c-1"),
        statement(13, ARM, "about", 100, text="about\u00a0100", claims="c-2"),
        statement(28, ARM, "between", 90, 120, text="90\u00a0to\u00a0120", status="current"),
        statement(29, AZE, "exact", 95, text="95", status="current"),
    )


def day(number, *args, population="", **cells):
    date = {"date": f"2020-07-{number:02d}", "day_label": f"{number} July"}
    return date | count(*args, **cells) | {"population": population}


def nothing(number, party):
    return day(number, party, "none", text="none reported", by="", claims="")


def days():
    soldiers = {"population": "military"}
    return frame(
        day(12, ARM, "none_reported", text="none reported", population="all"),
        day(12, AZE, "at_least", 3, text="at least\u00a03", **soldiers),
        day(13, ARM, "unquantified", text="no number given", by="press"),
        day(13, AZE, "exact", 1, text="1", by="press", **soldiers),
        day(14, ARM, "between", 4, 5, text="4\u00a0to\u00a05", **soldiers),
        day(14, AZE, "exact", 7, text="7", **soldiers),
        day(14, AZE, "exact", 1, text="1", population="civilian"),
        nothing(15, ARM),
        day(15, AZE, "up_to", 12, text="up to\u00a012", by="opposing_side"),
        *(nothing(number, party) for number in range(16, 32) for party in (ARM, AZE)),
    )


def point(period, value, kind="vintage", party="ARM", label="Vintage of March 2024", **cells):
    row = {"period": period, "label": label, "party": party, "value": value, "kind": kind}
    rest = {"text": f"{value:.1f}\u00a0percent", "claims": "", "series_id": f"s-{party}-{kind}"}
    return row | rest | {"period_start": "", "period_end": ""} | cells


def span(name, start, end):
    return point(
        start[:7], OPEN, "episode", "", name, series_id="", period_start=start, period_end=end
    )


def activity():
    months = [f"{year}-{month:02d}" for year in (2020, 2021, 2022) for month in range(1, 13)]
    gap = months[9:11]
    return frame(
        *(point(month, 6 * math.sin(at / 3) - 3) for at, month in enumerate(months)),
        *(
            point(month, 4 * math.cos(at / 4) + 3, party="AZE", label="Vintage of May 2024")
            for at, month in enumerate(months)
            if month not in gap
        ),
        point("2020-05", -12.8, "printed", label="Printed by an institute", claims="c-1"),
        point("2020-07", 5.0, "first_release", label="First release"),
        point("2020-08", 4.0, "first_release", label="First release"),
        span("July 2020", "2020-07-12", "2020-07-16"),
        span("Autumn 2020 war", "2020-09-27", "2020-11-10"),
        span("September 2022", "2022-09-13", ""),
    )


def reserve(party, value, date, text, claims=""):
    row = {"label": "Gross international reserves", "party": party[0], "party_name": party[1]}
    row |= {"value": value, "unit_label": "US dollars", "date_label": date, "text": text}
    return row | {"claims": claims, "series_id": "" if claims else "growth"}


def reserves():
    return frame(
        reserve(ARM, 2.616e9, "end of 2020", "USD 2.616 billion"),
        reserve(ARM, 4.112e9, "end of 2022", "USD 4.112 billion"),
        reserve(AZE, 5.153e10, "July 2020", "USD 51.53 billion", "c-1"),
    )


def stance(actor, episode, name, party=("", ""), text="", words=True, group="States", record=""):
    label = name.replace("_", " ").capitalize()
    where = {"group": group, "actor": actor, "actor_id": actor[:3].upper()}
    where |= {"episode_id": episode, "episode": f"Episode {episode}"}
    what = {"stance": name, "stance_label": label, "toward": party[0], "toward_name": party[1]}
    return where | what | {
        "words": words,
        "status": "done",
        "text": text or label,
        "reactions": record,
    }  # fmt: skip


def reactions():
    early, late = "2020-07", "2022-09"
    support = "Military support (Azerbaijan), disputed and reversed"
    return pd.DataFrame(
        [
            stance("A country with a long name", early, "supports", ARM, "Supports (Armenia)"),
            stance("A country with a long name", late, "", text="no statement found"),
            stance("Turkey", early, "military_support", AZE, support, words=False, record="r-1"),
            stance("Turkey", late, "restraint", BOTH, "Restraint (both sides)", record="r-2 r-3"),
            stance("Turkey", late, "supports", AZE, "Supports (Azerbaijan), announced"),
            stance("Union", early, "declined_to_act", ARM, "Declined to act (Armenia)",
                   group="Organisations", record="r-4"),
            stance("Union", late, "investigates", group="Organisations", record="r-5"),
        ]
    )  # fmt: skip


FIGURES = {
    "tolls": (charts.toll_rows, tolls),
    "quiet tolls": (charts.toll_rows, quiet_tolls),
    "statements": (charts.revisions, statements),
    "vague statements": (charts.revisions, vague_statements),
    "days": (charts.daily, days),
    "activity": (charts.lines, activity),
    "reserves": (charts.dots, reserves),
    "reactions": (charts.stances, reactions),
}
