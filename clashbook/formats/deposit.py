"""What a repository of data asks of a deposit: for GitHub, for Zenodo, and for DataCite.

All of it is in `_config.yml` and in the data's own description, and is written nowhere by hand.
"""

from __future__ import annotations

import json
from typing import Any

import yaml

from clashbook.config import Config
from clashbook.dataset.tables import Dataset
from clashbook.language import NO_BREAK, day_in_words

CFF, ZENODO, DATACITE = "CITATION.cff", ".zenodo.json", "datacite.json"
COMMAND = "clashbook deposit"
_REPORT = (
    "Every figure of the report is computed from them and leads back to who said it, and where."
)


def files(config: Config, data: Dataset) -> dict[str, bytes]:
    """The files of a deposit, by their names in the project's folder.

    Parameters
    ----------
    config : Config
        Title, makers, publisher, addresses.
    data : Dataset
        Version and day of issue, description, keywords, licence, and the day that it is known on.
    """
    texts = {ZENODO: _zenodo(config, data), DATACITE: _datacite(config, data)}
    made = {name: json.dumps(it, ensure_ascii=False, indent=1) for name, it in texts.items()}
    made[CFF] = yaml.safe_dump(_cff(config, data), sort_keys=False, allow_unicode=True, width=100)
    return {name: f"{text.rstrip()}\n".encode() for name, text in made.items()}


def _cff(config: Config, data: Dataset) -> dict[str, Any]:
    return _given(
        {
            "cff-version": "1.2.0",
            "message": "If you use this report or its data, please cite it: as known on "
            f"{_day(data)}, data version {data.version}.",
            "type": "dataset",
            "title": _title(config),
            "abstract": _abstract(data),
            "authors": [{"name": name} for name in config.authors],
            "license": _licence(data)["name"],
            "version": data.version,
            "date-released": data.issued,
            "keywords": data.package.get("keywords", []),
            "url": config.base_url,
            "repository-code": config.repository,
        }
    )


def _zenodo(config: Config, data: Dataset) -> dict[str, Any]:
    related = [
        {"identifier": address, "relation": relation, "scheme": "url"}
        for address, relation in (
            (config.base_url, "isDescribedBy"),
            (config.repository, "isSupplementedBy"),
        )
        if address
    ]
    return _given(
        {
            "upload_type": "dataset",
            "title": _title(config),
            "description": _abstract(data),
            "creators": [{"name": name} for name in config.authors],
            "version": data.version,
            "publication_date": data.issued,
            "access_right": "open",
            "license": _licence(data)["name"].lower(),
            "keywords": data.package.get("keywords", []),
            "language": "eng",
            "notes": f"As known on {_day(data)}.",
            "related_identifiers": related,
        }
    )


def _datacite(config: Config, data: Dataset) -> dict[str, Any]:
    licence = _licence(data)
    abstract = {"description": _abstract(data), "descriptionType": "Abstract"}
    return _given(
        {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "types": {
                "resourceTypeGeneral": "Dataset",
                "resourceType": "Claims, series and events",
            },
            "titles": [{"title": _title(config)}],
            "creators": [{"name": name, "nameType": "Organizational"} for name in config.authors],
            # A deposit without a publisher is refused; who has none publishes it themselves.
            "publisher": {"name": config.publisher or "; ".join(config.authors)},
            "publicationYear": int(data.issued[:4]),
            "dates": [
                {"date": data.issued, "dateType": "Issued"},
                {"date": data.as_of, "dateType": "Other", "dateInformation": "as known on"},
            ],
            "language": "en",
            "version": data.version,
            "subjects": [{"subject": word} for word in data.package.get("keywords", [])],
            "rightsList": [
                {
                    "rights": licence["title"],
                    "rightsUri": licence["path"],
                    "rightsIdentifier": licence["name"],
                    "rightsIdentifierScheme": "SPDX",
                }
            ],
            "descriptions": [abstract],
            "geoLocations": [{"geoLocationPlace": data.name(side)} for side in data.parties()],
            "url": config.base_url,
        }
    )


def _title(config: Config) -> str:
    return f"{config.title}: {config.subtitle}" if config.subtitle else config.title


def _abstract(data: Dataset) -> str:
    """What the data are; how their files are written is told in these."""
    first, _, _ = data.package["description"].partition(". ")
    return f"{first.rstrip('.')}. {_REPORT}"


def _day(data: Dataset) -> str:
    return day_in_words(data.as_of).replace(NO_BREAK, " ")


def _licence(data: Dataset) -> dict[str, str]:
    return data.package["licenses"][0]


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
