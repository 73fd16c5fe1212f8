"""Numbers of tolls, and of the claims under them."""

from dataclasses import replace
from functools import partial

from clashbook import counting
from clashbook.analysis.statements import by_statement
from clashbook.bounds import NO_FIGURE, Bounds
from clashbook.counting import derivation
from clashbook.dataset.attribution import of_records
from clashbook.language import day_in_words, days_in_words
from clashbook.prose.numbers.declared import Numbers, number, of_each_clash
from clashbook.prose.numbers.model import Number
from clashbook.prose.numbers.naming import toll_id


@number(
    "{episode}-{indicator}-{population}-{party}-to-{period}",
    "{indicator}, {population}, {party}, {episode}, were its last day {period}",
)
@number(
    "{episode}-{indicator}-{population}-{party}", "{indicator}, {population}, {party}, {episode}"
)
def toll(
    numbers: Numbers, episode: str, indicator: str, population: str, party: str, period: str = ""
) -> Number:
    """A toll by the thirteen rules; with a day to that as the episode's last."""
    count = numbers.count(episode, period)
    held = count.toll(indicator, party, population)
    if not held.says_something:
        return no_figure(numbers)
    bounds = Bounds() if held.contested else held.bounds
    made = Number("", held.text, *bounds.ends, held.quantity.unit, claims=sorted(held.claims))
    steps = derivation.steps(count.settled, held, partial(toll_id, episode))
    return replace(made, steps=steps, left_out=derivation.left_out(count, held))


@number(
    "{episode}-{indicator}-{population}-newest-{party}",
    "{indicator}, {population}, {party}, {episode}: day of the newest claim counted",
)
def newest(numbers: Numbers, episode: str, indicator: str, population: str, party: str) -> Number:
    """The day of the newest claim that a toll rests on: it says nothing of what came later."""
    count = numbers.count(episode)
    held = count.toll(indicator, party, population)
    day = max(count.newest(held).values(), default="no day")
    return Number("", day_in_words(day), unit="date", claims=sorted(held.claims))


@number("{episode}-{indicator}-days", "{indicator}, {episode}: the single days that claims count")
def days_on_record(numbers: Numbers, episode: str, indicator: str) -> Number:
    """The single days of an episode that claims count: "13 and 14 July 2020"."""
    days = {
        claim.id: claim.period_start
        for claim in counting.standing_apart(numbers.data, episode)
        if claim.quantity.indicator == indicator and claim.period_start == claim.period_end != ""
    }
    text = days_in_words(sorted(set(days.values()))) or "no day"
    return Number("", text, unit="date", claims=sorted(days))


@number(
    "{episode}-{indicator}-{population}-own-count-{party}",
    "{indicator}, {population}, {party}, {episode}: newest count by its own authorities",
)
def own_count(numbers: Numbers, episode: str, **quantity: str) -> Number:
    """A side's own newest count from the episode's start: "49 (13 September 2022)"."""
    frame = by_statement(numbers.data, episode, quantity["indicator"], quantity["population"])
    mine = frame[frame.party == quantity["party"]]
    ids = mine.claims[mine.status == "current"].tail(1).tolist()
    if not ids:
        return no_figure(numbers)
    (claim,) = (numbers.count(episode).claims[key] for key in ids)
    stated = of_records(numbers.data, "claims", ids)["stated"]
    return Number("", f"{claim.words} ({stated})", *claim.bounds.ends, "persons", claims=ids)


# "17 in July 2020 (statements up to …) and …".
of_each_clash(
    "clashes-{indicator}-{population}-{party}",
    "{indicator}, {population}, {party}, each clash",
    "persons",
    "{text} in {name}{until}",
    f"{NO_FIGURE} by {{day}}",
)


def no_figure(numbers: Numbers) -> Number:
    """What nobody has said yet, which is not zero."""
    return Number("", f"{NO_FIGURE} by {day_in_words(numbers.data.as_of)}", unit="persons")
