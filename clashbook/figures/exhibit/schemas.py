"""The schemas of what programs read in the site, published beside it."""

from __future__ import annotations

from typing import Any

from clashbook.dataset import kinds

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT = {"type": "string", "minLength": 1}
LIST = {"type": "array", "items": TEXT}
TEXTS = {**LIST, "minItems": 1}
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
PATHS = {"type": "object", "additionalProperties": TEXT, "minProperties": 2}
DIGESTS = {
    "type": "object",
    "additionalProperties": {"type": "string", "pattern": "^sha256-[0-9a-f]{64}$"},
    "minProperties": 1,
}
BOUND = {"type": ["number", "null"]}
BOOLEAN = {"type": "boolean"}
RULE = {"type": "integer", "minimum": 1}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None, **more: Any) -> dict:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


GROUNDS = dict.fromkeys((kind.table for kind in kinds.GROUNDS), TEXTS)
SHARED = {
    "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "kind": {"enum": ["figure", "table"]},
    "title": TEXT,
    "caption": TEXT,
    "alt": TEXT,
    "as_of": DAY,
    "address": TEXT,
    "files": PATHS,
    "digests": DIGESTS,
}
EXHIBIT = _object(
    SHARED
    | {
        "$schema": TEXT,
        "version": TEXT,
        "licence": TEXT,
        "chapter": TEXT,
        "sources": {
            "type": "array",
            "items": _object({"id": TEXT, "name": TEXT}),
            "minItems": 1,
        },
        "citation": {"type": "object", "required": ["id", "type", "title"]},
        "columns": {
            "type": "array",
            "items": _object({"name": TEXT, "type": {"enum": ["number", "text"]}}, {"title": TEXT}),
            "minItems": 1,
        },
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": {"type": ["string", "number", "boolean"]},
                "minProperties": 1,
            },
            "minItems": 1,
        },
    },
    GROUNDS | {"subtitle": TEXT, "note": TEXT, "units": TEXTS},
    title="An exhibit with its data",
)
EXHIBITS = _object(
    {
        "$schema": TEXT,
        "as_of": DAY,
        "version": TEXT,
        "exhibits": {"type": "array", "items": _object(SHARED, GROUNDS)},
    },
    title="All exhibits of an edition",
)
_END = {"toll": TEXT, "end": {"enum": ["low", "high"]}, "value": BOUND, "strict": BOOLEAN}
STEP = _object(
    {
        **_END,
        "rule": RULE,
        "claims": LIST,
        "of": {"type": "array", "items": _object(_END)},
    }
)
LEFT_OUT = _object({"claim": TEXT, "rule": RULE, "reason": TEXT, "by": LIST})
NUMBERS = _object(
    {
        "$schema": TEXT,
        "as_of": DAY,
        "version": TEXT,
        "numbers": {
            "type": "array",
            "items": _object(
                {
                    "id": TEXT,
                    "text": TEXT,
                    "what": TEXT,
                    **dict.fromkeys(("low", "best", "high"), BOUND),
                    "unit": {"type": "string"},
                    "as_of": DAY,
                    **dict.fromkeys((*GROUNDS, "claimants", "roles", "sources", "counts"), LIST),
                    "steps": {"type": "array", "items": STEP},
                    "left_out": {"type": "array", "items": LEFT_OUT},
                    **{key: {"type": "string"} for key in ("attribution", "stated")},
                    "used_on": LIST,
                }
            ),
        },
    },
    title="All numbers that the text of an edition uses",
)
SCHEMAS = {
    f"schemas/{name}.json": {"$schema": DIALECT, **schema}
    for name, schema in (("exhibit", EXHIBIT), ("exhibits", EXHIBITS), ("numbers", NUMBERS))
}
