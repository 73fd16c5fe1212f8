"""What the analyses need of the data: their tables and columns, and the words they know."""

from clashbook.bounds import FILLED_BY
from clashbook.dataset import kinds

# The tables that the analyses read, with the columns that each has in every version of the data.
# A package may have more of both.
COLUMNS = {
    "claims": "claim_id episode_id indicator party population low best high qualifier unit "
    "period_start period_end period_precision reported_on reported_precision claimant "
    "claimant_role source_id locator relation related_claim status note",
    "series": "series_id indicator party population unit source_id vintage released_on "
    "released_precision note",
    "observations": "series_id period low best high status note",
    "reactions": "reaction_id episode_id actor_id speaker date_start date_end date_precision "
    "reported_on reported_precision stance toward act addressed_to status claimant claimant_role "
    "source_id locator relation related_reaction note",
    "events": "event_id episode_id date_start date_end date_precision reported_on "
    "reported_precision kind what place_id party claimant claimant_role source_id locator relation "
    "related_event status note",
    "episodes": "episode_id name kind start end",
    "actors": "actor_id name aliases kind",
    "indicators": "indicator label unit kind domain party_is includes definition",
    "stances": "stance label definition",
    "places": "place_id names country latitude longitude gazetteer gazetteer_id precision_km note",
    "corrections": "date table row_id what_changed why",
    "sources": "source_id type title author publisher issued issued_precision accessed url licence "
    "extent origin note",
}
# Columns of other types than text.
TYPES = {
    **dict.fromkeys(("low", "best", "high", "latitude", "longitude", "precision_km"), "number"),
    **dict.fromkeys(("period_start", "period_end", "date_start", "date_end"), "date"),
    **dict.fromkeys(("reported_on", "released_on", "start", "end"), "date"),
    **dict.fromkeys(("issued", "accessed", "date"), "date"),
}
# A column of this name holds the id of a row there.
NAMES = {
    **{kind.key: kind.table for kind in kinds.KINDS},
    **{kind.related: kind.table for kind in kinds.SPOKEN},
    **{"party": "actors", "toward": "actors"},
}
# The words that the counting knows.
WORDS = {
    "qualifier": set(FILLED_BY),
    "relation": {"updates", "repeats", "adds_to", "part_of", "disputes"},
    "status": {"stated", "derived", "source_error"},
    "claimant_role": {"own_side", "opposing_side", "third_party", "press", "statistics"},
}
