"""What the analyses need of the data: their tables and columns, and the words they know."""

import json
from pathlib import Path

from clashbook.bounds import FILLED_BY

# The tables that the analyses read, with the columns that each has in every version of the data
# and what these hold: string, number, date, or the ids of the rows of another table. A package may
# have more of both.
COLUMNS: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("needs.json").read_text(encoding="utf-8")
)
# The words that the counting knows.
WORDS = {
    "qualifier": set(FILLED_BY),
    "relation": {"updates", "repeats", "adds_to", "part_of", "disputes"},
    "status": {"stated", "derived", "source_error"},
    "claimant_role": {"own_side", "opposing_side", "third_party", "press", "statistics"},
}
