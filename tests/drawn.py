"""Frames as figures are handed them. Every value is invented, so that each mark appears once."""

import math

import pandas as pd

from clashbook.figures import charts
from clashbook.figures.charts.style import Side

OPEN = math.nan
ARM, AZE, BOTH = ("ARM", "Armenia"), ("AZE", "Azerbaijan"), ("both", "both sides")
SIDES = [
    Side("ARM", "Armenia", "#6C51A6", "#B3A2EC", "circle"),
    Side("AZE", "Azerbaijan", "#A15311", "#E3945F", "square"),
]
# Of whom a mark rests on: those who say so, and those who publish it.
STATED = {"claimant": "Ministry of Defence", "stated": "14\u00a0September\u00a02022"}
PUBLISHED = {"source_id": "yearbook", "claimant": "Yearbook", "stated": "31\u00a0March\u00a02024"}
NOBODY = {"claimant": "", "stated": ""}
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
    said = STATED if claims else NOBODY
    return who | bounds | said | {
        "firmness": firmness,
        "counted_by": by,
        "text": words,
        "indicator_label": "Killed",
        "claims": claims,
    }  # fmt: skip


def toll(episode, *args, dates="12 to 16 July 2020", highlighted=False, **cells):
    head = {"episode_id": episode, "episode": episode, "dates": dates, "highlighted": highlighted}
    return head | count(*args, **cells)


def tolls():
    long = {"dates": "27 September to 10 November 2020"}
    return frame(
        toll("July 2020", ARM, "exact", 5, text="5", claims="c-1", highlighted=True),
        toll("July 2020", AZE, "at_least", 13, text="at least\u00a013"),
        toll("July 2020", BOTH, "about", 100, text="about\u00a0100", by="third_party"),
        toll("Autumn 2020 war", ARM, "at_least", 3825, text="at least\u00a03,825", **long),
        toll("Autumn 2020 war", AZE, "unquantified", text="no number given", **long),
        toll("Autumn 2020 war", BOTH, "up_to", 7630, text="up to\u00a07,630", by="press", **long),
        toll("September 2022", ARM, "between", 135, 207, text="135\u00a0to\u00a0207"),
        toll("September 2022", AZE, "contested", text="contested: at least\u00a080; up to\u00a070"),
        toll("September 2022", BOTH, "exact", 285, text="285", by="own_side_and_others"),
    )


def quiet_tolls():
    return frame(
        toll("July 2020", ARM, "none", text="no figure found", by="", claims=""),
        toll("July 2020", AZE, "none_reported", text="none reported"),
        toll("September 2022", AZE, "at_least", 50, text="at least\u00a050", by="third_party"),
    )


def statement(day, *args, indicator="killed", who="Ministry of Defence", **cells):
    said = {"reported_on": day, "indicator": indicator}
    label = {"indicator_label": indicator.replace("_", " ").capitalize(), "claimant": who}
    return said | count(*args, **cells) | label


def statements():
    missing = {"indicator": "killed_or_missing", "who": "Security Council of Northern Armenia"}
    return frame(
        statement("2022-09-13", ARM, "at_least", 49, text="at least\u00a049", claims="c-1"),
        statement("2022-09-13", AZE, "exact", 50, text="50", claims="c-2"),
        statement("2022-09-13", AZE, "exact", 52, text="52", claims="c-3"),
        statement("2022-09-14", ARM, "exact", 105, text="105", claims="c-4"),
        statement("2022-09-15", AZE, "none_reported", text="none", who="authorities"),
        statement("2022-09-19", ARM, "exact", 207, text="207 killed or missing", **missing),
        statement("2022-10-15", AZE, "exact", 1, text="1\u00a0more", claims="c-5"),
        statement("2023-04-17", ARM, "exact", 225, text="225", who="Government"),
    )


MONTHS = {"July": 7, "September": 9, "October": 10, "April": 4}


def day(label, *args, killed=OPEN, **cells):
    number, month, *year = label.split()
    date = f"{year[0] if year else 2022}-{MONTHS[month]:02}-{int(number):02}"
    return {"date": date, "day_label": label, "killed": killed} | count(*args, **cells)


def silent(label, party):
    return day(label, party, "none", text="no new count", by="", claims="")


def days():
    wide = "more than\u00a0210 killed or missing"
    return frame(
        day("13 September", ARM, "at_least", 49, text="at least\u00a049", claims="c-1"),
        day("13 September", AZE, "none_reported", text="none reported"),
        silent("15 September", ARM),
        day("15 September", AZE, "exact", 71, text="71"),
        day("19 September", ARM, "exact", 207, text="207 killed or missing", killed=135),
        silent("19 September", AZE),
        day("14 October", ARM, "at_least", 210, text=wide, killed=135),
        day("14 October", AZE, "unquantified", text="no number given"),
        day("17 April 2023", ARM, "exact", 225, text="225"),
        day("17 April 2023", AZE, "up_to", 90, text="up to\u00a090"),
    )


def as_known():
    days = [f"2022-09-{number}" for number in (13, 14, 15, 16, 19)]
    rows = [
        {
            "as_known": day,
            "day_label": f"{day[-2:]} September 2022",
            **toll("September 2022", party, "at_least", value, text=f"at least {value:g}"),
        }
        for at, day in enumerate(days, 1)
        for party, value in ((ARM, 49 * at), (AZE, 50 * at), (BOTH, 99 * at))
    ]
    return frame(*rows)


def beside():
    tracker = {"by": "third_party", "claims": ""}
    figure = {"series_id": "s-1", **PUBLISHED}
    ours = {"series_id": "", "source_id": ""}
    rows = [
        (toll("July 2020", ARM, "exact", 5, text="5") | ours, "Armenia, soldiers"),
        (toll("July 2020", ARM, "exact", 6, text="6", **tracker) | figure, "Armenia, soldiers"),
        (toll("July 2020", AZE, "none", text="no figure found", by="", claims="") | ours,
         "Azerbaijan, civilians"),
        (toll("September 2022", ARM, "between", 135, 207, text="135 to 207") | ours,
         "Armenia, soldiers"),
        (toll("September 2022", ARM, "exact", 206, text="206", **tracker) | figure,
         "Armenia, soldiers"),
    ]  # fmt: skip
    return frame(*(row | {"people": people} for row, people in rows))


def by_place():
    def year(period, place, best, text, **limits):
        row = count(("unspecified", "side not stated"), "exact", best, text=text, claims="")
        row |= {"indicator_label": "Killed, by place", "series_id": f"s-{place}", **PUBLISHED}
        return row | {"period": str(period), "place_name": place} | limits

    return frame(
        year(2023, "Armenia", 0, "0"),
        year(2022, "Armenia", 154, "154 to 153, as\u00a0published"),
        year(2020, "Azerbaijan", 7636, "7,538 to\u00a09,066", low=7538.0, high=9066.0),
        year(2019, "Azerbaijan", 9, "7 to\u00a010"),
    )


def part(words, value, kind="solid", party="ARM", claims="a-claim"):
    of = {"part": words, "value": value, "kind": kind, "party": party}
    return of | {"claims": claims, **STATED}


def parts():
    return frame(
        part("soldiers killed", 135),
        part("civilians killed", 4),
        part("killed or missing", 67, "pale"),
        part("named missing", 1, "open"),
    )


def speakers():
    own = {"together": "80 from a side’s own authorities"}
    return frame(
        part("from Armenia’s authorities about their own side", 42) | own,
        part("from Azerbaijan’s authorities about their own side", 38, party="AZE") | own,
        part("from one side about the other", 9, "open", ""),
        part("from press and authors", 50, "pale", ""),
        part("from third parties", 9, "solid", ""),
    ).fillna({"together": ""})


def point(period, value, kind="vintage", party="ARM", label="Vintage of March 2024", **cells):
    row = {"period": period, "label": label, "party": party, "value": value, "kind": kind}
    row |= {"measure": "Activity", "unit": "percent", "written": "", "period_start": ""}
    row |= {"text": f"{value:.1f}\u00a0percent"}
    row |= {"claims": "", "series_id": f"s-{party}-{kind}", "period_end": "", **PUBLISHED}
    return row | cells


def span(name, start, end):
    return point(
        start[:7], OPEN, "episode", "", name, series_id="", period_start=start, period_end=end
    )


def activity():
    months = [f"{year}-{month:02d}" for year in (2020, 2021, 2022) for month in range(1, 13)]
    gap = months[9:11]
    return frame(
        *(point(month, 6 * math.sin(at / 3) - 3) for at, month in enumerate(months[:-1])),
        point(months[-1], -6.5, written="\u22126.5%"),
        *(
            point(month, 4 * math.cos(at / 4) + 3, party="AZE", label="Vintage of May 2024")
            for at, month in enumerate(months)
            if month not in gap
        ),
        point("2020-05", -12.8, "printed", label="Printed by an institute", claims="c-1", **STATED),
        point("2020-07", 5.0, "first_release", label="As first published"),
        point("2020-08", 4.0, "first_release", label="As first published"),
        span("July 2020", "2020-07-12", "2020-07-16"),
        span("Autumn 2020 war", "2020-09-27", "2020-11-10"),
        span("September 2022", "2022-09-13", ""),
    )


def components():
    """Measures of very unlike reach, of one of which the other side has a single figure."""
    months = [f"2020-{month:02d}" for month in range(1, 13)]
    unsure = {"label": "Printed, period uncertain", "claims": "c-1", "firmness": "about", **STATED}
    reach = {"Construction": 80, "Services": 20, "Domestic trade": 10}
    return frame(
        *(
            point(month, size * math.sin(at / 5), measure=measure)
            for measure, size in reach.items()
            for at, month in enumerate(months)
        ),
        point("2020-05", -23.4, "printed", measure="Services", **unsure),
        point(
            "2020-06",
            -4.3,
            "first_release",
            "AZE",
            "GDP as first published",
            party_name="Azerbaijan",
            measure="Services",
            written="-4.3%",
        ),
        span("July 2020", "2020-07-12", "2020-07-16"),
    )


def holdings():
    """Measures by year and by month, each of several countries, on scales of their own."""
    money = {"measure": "Reserves", "unit": "billion US dollars"}
    growth = {"measure": "Growth", "unit": "percent a year"}
    sizes = ((ARM, 1, "vintage"), (AZE, 4, "vintage"), (("GEO", "Georgia"), 2, "context"))
    prices = {"measure": "Prices", "unit": "percent on a year before"}
    return frame(
        *(
            point(str(year), size * (year - 2012.5), kind, party[0], party_name=party[1])
            | growth
            | {"written": f"{2.5 * size}%" if year == 2015 else ""}
            for party, size, kind in sizes
            for year in range(2010, 2025)
        ),
        *(point(f"2020-{month:02d}", month % 5 + 1) | prices for month in range(1, 13)),
        *(point(f"2021-{month:02d}", month % 7 - 2) | prices for month in range(1, 13)),
        *(point(str(year), 90.5 * (year - 2013)) | money for year in range(2014, 2024)),
        span("July 2020", "2020-07-12", "2020-07-16"),
        span("September 2022", "2022-09-13", ""),
    )


def branches():
    values = {"Construction": (-19.5, 14.6), "Services": (-21.7, 26.3), "Industry": (2.3, -14.7)}
    return frame(
        *(
            point(period, value, measure=measure, written=f"{value}%")
            for measure, found in values.items()
            for period, value in zip(("2020-07", "2022-09"), found, strict=True)
        )
    )


def month(period, value, party=ARM, population="military"):
    who = {"military": "soldiers", "civilian": "civilians"}.get(population, population)
    of = {"party": party[0], "party_name": party[1], "population": population, "who": who}
    row = {"period": period, "value": value, "text": f"{value:.0f}", "kind": "month", "label": ""}
    return row | of | {"indicator_label": "Killed", **PUBLISHED}


def begins(period, label):
    row = month(period, OPEN, ("", "both sides"), "episode")
    return row | {"kind": "episode", "label": label}


def by_month():
    months = [f"{number}-{at:02d}" for number in range(2015, 2024) for at in range(1, 10)]
    return frame(
        *(month(period, 1 + at % 9) for at, period in enumerate(months) if at % 4),
        *(month(period, 1 + at % 5, AZE) for at, period in enumerate(months) if at % 3),
        month("2022-10", 206),
        month("2022-10", 88, AZE),
        month("2015-02", 1, population="civilian"),
        month("2020-07", 1, AZE, "civilian"),
        begins("2016-04", "2 to 5 April 2016, left out"),
        begins("2020-07", "July 2020"),
        begins("2020-09", "Autumn 2020 war, left out"),
        begins("2022-09", "September 2022"),
    )


def strip():
    return frame(
        *(month(f"{year}-07", year - 2014, BOTH, "all") for year in range(2015, 2024)),
        month("2022-09", 299, BOTH, "all"),
        begins("2020-07", "July 2020"),
        begins("2022-09", "September 2022"),
    )


def entry(name, act, *, actor="", lane="words", start="2020-07-12", end="", date="", **cells):
    """A line of the timeline; one without a day has start ""."""
    episode = {
        "episode_id": "2020-07",
        "episode": "July 2020",
        "date": date or "12\u00a0July\u00a02020",
    }
    days = {"date_start": start, "date_end": end, "date_precision": "day" if start else ""}
    rest = {"moment": "", "done": lane in ("ground", "deeds"), "standing": "", "before": False}
    records = {"what": f"{name}: {act}", "events": "", "reactions": "a-reaction", **STATED}
    return {
        **{**episode, **days, "lane": lane, "lane_label": lane.capitalize(), "actor": actor},
        **{"actor_name": name, "act": act, **rest, **records, **cells},
    }


def days_and_deeds():
    arm = {"actor": "ARM", "lane": "ground"}
    start = {"lane": "ground", "done": False}
    later = {"episode_id": "2022-09", "episode": "September 2022", "start": "2022-09-13"}
    long = "Collective Security Treaty Organization"
    within = {"date_precision": "within", "end": "2020-07-26"}
    shelled = {"what": "A village was shelled.", "events": "shells", "reactions": ""}
    return pd.DataFrame(
        [
            entry("Serbia", "arms", lane="deeds", start="2020-05-01", end="2020-06-30",
                  date="May to June\u00a02020", before=True, date_precision="month"),
            entry("Armenia", "shelling", **arm, **shelled),
            entry("Armenia", "shelling", **arm, what="Another village was shelled."),
            entry("Armenia", "shelling", **arm),
            entry("Azerbaijan", "account of start", actor="AZE", **start, standing="disputed"),
            *(entry("press and others", "account of start", **start) for _ in range(6)),
            entry(long, "mission", actor="CSTO", lane="deeds", done=False, standing="announced"),
            entry("Turkey", "exercise", actor="TUR", lane="deeds", start="2020-07-13",
                  end="2020-07-20", date="13 to 20\u00a0July\u00a02020"),
            entry("states and organisations, unnamed, of the whole world", "appeal", actor="many",
                  date="between 12 and 26\u00a0July\u00a02020", **within, reactions="call"),
            entry("both sides", "negotiation", actor="both", lane="table", done=True,
                  date="between 12\u00a0July and 26\u00a0September\u00a02020", **within),
            entry("Russia", "arms", actor="RUS", lane="deeds", start="",
                  date="by 26\u00a0September\u00a02020"),
            entry("European Union", "talks", actor="EU", **later,
                  date="13\u00a0September\u00a02022"),
        ]
    )  # fmt: skip


def place(name, country=ARM, at=(OPEN, OPEN), precision=OPEN, what="shelling", **cells):
    """A place that an event names; without coordinates it is on no map."""
    where = {"latitude": at[0], "longitude": at[1], "precision_km": precision}
    of = {"episode": "July 2020", "country": country[0], "country_name": country[1]}
    told = {"reporter": country[0], "reporter_name": country[1], "happened": what == "shelling"}
    return {
        **{**of, "name": name, "what": what, **told, **where},
        **{"events": f"e-{name[:4].lower()}", **STATED, **cells},
    }


LANDMARK = {"episode": "", "reporter": "", "reporter_name": "", "events": "", **NOBODY}


def on_the_map():
    later = {"episode": "September 2022"}
    made = pd.DataFrame(
        [
            place("Listed"),
            place("Plant", at=(40.14, 44.11), precision=10, what="threat"),
            place("Region", at=(41.03, 45.16), precision=41, what="account of start"),
            place("Town", at=(40.88, 45.39), precision=3),
            place("Village", at=(40.85, 45.58), precision=1),
            place("Unplaced with a name as long as any/and another", AZE),
            place("Gushchu by name/Quşçu by name", AZE, (40.95, 45.62), 1),
            place("District", AZE, (40.88, 45.61), 19),
            place("Exclave/and its other name", AZE, (39.32, 45.44), 68, what="fighting"),
            place("Southern town", at=(39.21, 46.41), precision=3, **later),
            place("Northern town", at=(39.51, 46.34), precision=3, **later),
            place("Capital", at=(40.18, 44.51), precision=2, **LANDMARK),
            place("Lake", at=(40.3, 45.35), precision=30, **LANDMARK),
        ]
    )
    numbers = ("latitude", "longitude", "precision_km")
    return made.astype(dict.fromkeys(numbers, float))


FIGURES = {
    "tolls": (charts.range_bars, tolls),
    "quiet tolls": (charts.range_bars, quiet_tolls),
    "days": (charts.counts_by_day, days),
    "as known": (charts.as_known, as_known),
    "beside": (charts.beside, beside),
    "by place": (charts.by_place, by_place),
    "parts": (charts.range_parts, parts),
    "speakers": (charts.one_bar, speakers),
    "statements": (charts.who_said_what, statements),
    "activity": (charts.lines, activity),
    "components": (charts.small_multiples, components),
    "holdings": (charts.lines, holdings),
    "branches": (charts.dots, branches),
    "months": (charts.months, by_month),
    "strip": (charts.months, strip),
    "timeline": (charts.timeline, days_and_deeds),
    "places": (charts.places_map, on_the_map),
}
