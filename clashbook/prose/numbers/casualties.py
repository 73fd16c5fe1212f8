"""Numbers of tolls, and of the claims under them."""

from dataclasses import replace
from functools import partial

from clashbook.analysis import casualties
from clashbook.bounds import NO_FIGURE, Bounds
from clashbook.counting import derivation
from clashbook.dataset.attribution import of_records
from clashbook.language import day_in_words, days_in_words, until
from clashbook.prose.numbers.declared import (
    Number,
    Numbers,
    actor_of,
    counted,
    ids_in,
    indicator_of,
    number,
    of_each_clash,
    slug,
    toll_id,
)


@number(
    "{episode}-{indicator}-{population}-{party}",
    "{indicator}, {population}, {party}, {episode}",
)
def toll(numbers: Numbers, episode: str, indicator: str, population: str, party: str) -> Number:
    """A toll by the thirteen rules."""
    whose = actor_of(numbers, party)
    count = numbers.count(episode)
    held = count.toll(indicator_of(numbers, indicator), whose, population)
    if not held.says_something:
        return no_figure(numbers)
    unsaid = held.contested
    return Number(
        "",
        held.text,
        None if unsaid else held.bounds.low,
        held.bounds.best,
        held.bounds.high,
        held.quantity.unit,
        claims=tuple(sorted(held.claims)),
        steps=tuple(derivation.steps(count, held, partial(toll_id, episode))),
        left_out=tuple(derivation.left_out(count, held)),
    )


@number(
    "{episode}-{indicator}-{population}-newest-{party}",
    "{indicator}, {population}, {party}, {episode}: day of the newest claim counted",
)
def newest(numbers: Numbers, episode: str, indicator: str, population: str, party: str) -> Number:
    """The day of the newest claim that a toll rests on: it says nothing of what came later."""
    count, whose = numbers.count(episode), actor_of(numbers, party)
    held = count.toll(indicator_of(numbers, indicator), whose, population)
    day = max(count.newest(held).values(), default="")
    text = day_in_words(day) if day else "no day"
    return Number("", text, unit="date", claims=tuple(sorted(held.claims)))


@number(
    "{episode}-{indicator}-{population}-sides-added",
    "{indicator}, {population}, {episode}: the two sides' tolls added",
)
def sides_added(numbers: Numbers, episode: str, indicator: str, population: str) -> Number:
    """The two sides' tolls added, without what is said of both together."""
    count, name = numbers.count(episode), indicator_of(numbers, indicator)
    sides = [count.toll(name, party, population) for party in numbers.data.parties()]
    total = Bounds.exact(0)
    for side in sides:
        held = side.bounds.without_best()
        total = total + (replace(held, low=0) if held.low is None else held)
    claims = sorted({claim for side in sides for claim in side.claims})
    return Number("", total.words(), total.low, None, total.high, "persons", claims=tuple(claims))


@number("{episode}-{indicator}-days", "{indicator}, {episode}: the single days that claims count")
def days_on_record(numbers: Numbers, episode: str, indicator: str) -> Number:
    """The single days of an episode that claims count: "13 and 14 July 2020"."""
    frame = casualties.by_day(numbers.data, episode, indicator_of(numbers, indicator))
    frame = frame[frame.firmness != "none"]
    text = days_in_words(sorted(set(frame.date))) or "no day"
    return Number("", text, unit="date", claims=ids_in(frame.claims))


@number(
    "{episode}-{indicator}-{population}-statements-{party}",
    "{indicator}, {population}, {party}, {episode}: counts by its own authorities",
)
def statements(
    numbers: Numbers, episode: str, indicator: str, population: str, party: str
) -> Number:
    """How many counts from the episode's start a side's own authorities are on record with."""
    frame = casualties.by_statement(
        numbers.data, episode, indicator_of(numbers, indicator), population
    )
    mine = frame[frame.party.str.lower() == party]
    return counted(len(mine), "statements", claims=mine.claims)


@number(
    "{episode}-{indicator}-{population}-own-count-{party}",
    "{indicator}, {population}, {party}, {episode}: newest count by its own authorities",
)
def own_count(
    numbers: Numbers, episode: str, indicator: str, population: str, party: str
) -> Number:
    """A side's own newest count from the episode's start: "49 (13 September 2022)"."""
    frame = casualties.by_statement(
        numbers.data, episode, indicator_of(numbers, indicator), population
    )
    mine = frame[(frame.party.str.lower() == party) & (frame.status == "current")]
    if mine.empty:
        return no_figure(numbers)
    row = mine.iloc[-1]
    count = numbers.count(episode).claims[row.claims]
    stated = of_records(numbers.data, "claims", [row.claims])["stated"]
    low, best, high = count.bounds.low, count.bounds.best, count.bounds.high
    text = f"{count.words} ({stated})"
    return Number("", text, low, best, high, "persons", claims=(row.claims,))


@number("clashes-{indicator}-by-{role}", "{indicator}, all clashes: claims {role}")
def claims_by_role(numbers: Numbers, indicator: str, role: str) -> Number:
    """How many claims of an indicator a kind of claimant has made about the clashes."""
    rows, clashes = numbers.data.claims, numbers.data.episodes
    rows = rows[rows.episode_id.isin(clashes[clashes.kind == "clash"].episode_id)]
    rows = rows[rows.claimant_role.map(slug) == role]
    rows = rows[rows.indicator == indicator_of(numbers, indicator)]
    return counted(len(rows), "claims", claims=rows.claim_id)


@number(
    "clashes-{indicator}-{population}-{party}",
    "{indicator}, {population}, {party}, each clash",
)
def toll_of_each_clash(numbers: Numbers, indicator: str, population: str, party: str) -> Number:
    """The toll of each clash known by the date: "17 in July 2020 (statements up to …) and …"."""

    def words(toll: Number, name: str) -> str:
        return f"{toll.text} in {name}{until(toll.stated)}"

    rest = f"{indicator}-{population}-{party}"
    return of_each_clash(numbers, rest, "persons", words, no_figure(numbers).text)


def no_figure(numbers: Numbers) -> Number:
    """What nobody has said yet, which is not zero."""
    return Number("", f"{NO_FIGURE} by {day_in_words(numbers.data.as_of)}", unit="persons")
