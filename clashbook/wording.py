"""Days and small counts as the report writes them."""

NO_BREAK = "\u00a0"
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def day_in_words(day: str) -> str:
    r"""An ISO day, month or year as the report writes it.

    >>> day_in_words("2020-07-16"), day_in_words("2020-05"), day_in_words("2020")
    ('16\xa0July\xa02020', 'May\xa02020', '2020')
    """
    year, *rest = day.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    ordinal = [str(int(rest[1]))] if len(rest) > 1 else []
    return NO_BREAK.join([*ordinal, *month, year])


def span_in_words(start: str, end: str) -> str:
    r"""Two ISO days as a span; without an end it is open.

    >>> span_in_words("2016-04-02", "2016-04-05"), span_in_words("2020-07-12", "")
    ('2\xa0to\xa05\xa0April\xa02016', 'from\xa012\xa0July\xa02020')
    >>> span_in_words("2020-09-27", "2020-11-10")
    '27\xa0September to 10\xa0November\xa02020'
    """
    if not start:
        return ""
    if not end:
        return f"from{NO_BREAK}{day_in_words(start)}"
    first, last = day_in_words(start), day_in_words(end)
    if start == end:
        return first
    if start[:7] == end[:7]:
        return f"{int(start[8:])}{NO_BREAK}to{NO_BREAK}{last}"
    if start[:4] == end[:4]:
        first = first.removesuffix(NO_BREAK + start[:4])
    return f"{first} to {last}"


def days_in_words(days: list[str]) -> str:
    r"""ISO days as a list that names month and year where they change.

    >>> days_in_words(["2020-07-13", "2020-07-14"])
    '13 and 14\xa0July\xa02020'
    """
    said = []
    for day, after in zip(days, [*days[1:], ""], strict=True):
        same_month = day[:7] == after[:7]
        said.append(str(int(day[8:])) if same_month else day_in_words(day))
    return " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))


def how_many(value: int) -> str:
    """A count of things other than people or money: in words below ten.

    >>> how_many(7), how_many(112)
    ('seven', '112')
    """
    return SMALL[value] if value < len(SMALL) else f"{value:,}"
