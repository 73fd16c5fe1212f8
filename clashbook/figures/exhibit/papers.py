"""What a file of an exhibit says of itself wherever it goes, in the form that each format has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree
from PIL.PngImagePlugin import PngInfo

from clashbook.figures.exhibit.record import terms
from clashbook.language import NO_BREAK

# What a code is written in: letters that no eye takes for others, and that make no words.
LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
CODE = f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}"
_SPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "book": "urn:clashbook:papers:1",
}
# Of Dublin Core's elements, those that XMP keeps as lists, and in which kind of list.
_LISTS = {"title": "Alt", "description": "Alt", "rights": "Alt", "creator": "Seq", "date": "Seq"}
_LISTS |= {"publisher": "Bag", "source": "Bag"}
_PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{}<?xpacket end="r"?>'


def digest(content: bytes) -> str:
    return f"sha256-{hashlib.sha256(content).hexdigest()}"


def code(of: str) -> str:
    """Eight letters for a text, which a person can type: ``BCDF-GHJK``."""
    number = int.from_bytes(hashlib.sha256(of.encode()).digest())
    letters = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(8))
    return f"{letters[:4]}-{letters[4:]}"


@dataclass(frozen=True)
class Papers:
    """What each file of one exhibit carries.

    Parameters
    ----------
    id, title, description : str
        Of the exhibit; the last is its text alternative.
    creators, publisher : str
        Who made it, and who publishes it; the publisher may be empty.
    as_of, version, issued : str
        The day that it is known on, the version of the data, and the day of that version.
    source, rights : str
        The names of its sources, and its licence.
    address : str
        Where it stays, or its path in the site while the book has no address.
    digest, code : str
        Of its table, and eight letters for all that tells this exhibit from others and from itself
        in another edition.
    """

    id: str
    title: str
    description: str
    creators: str
    publisher: str
    as_of: str
    version: str
    issued: str
    source: str
    rights: str
    address: str
    digest: str
    code: str

    @classmethod
    def of(cls, record: Mapping, table: bytes) -> Papers:
        """The papers of an exhibit, by its record and its CSV."""
        made, item = digest(table), record["citation"]
        key, state = record["id"], {name: record[name] for name in ("as_of", "version", "address")}
        (day,) = item["issued"]["date-parts"]
        return cls(
            id=key,
            title=_plain(record["title"]),
            description=_plain(record["alt"]),
            creators="; ".join(author["literal"] for author in item["author"]),
            publisher=item.get("publisher", ""),
            issued="-".join(f"{part:02}" for part in day),
            source="; ".join(dict.fromkeys(source["name"] for source in record["sources"])),
            rights=terms(record["licence"], record.get("series", [])),
            digest=made,
            code=code(f"{key} {state['as_of']} {state['version']} {made}"),
            **state,
        )

    @property
    def printed(self) -> str:
        """What stands at the foot of a picture."""
        return f"{self.address}. Code {self.code}"

    def png(self, *, packet: bool = True) -> PngInfo:
        """The chunks of a PNG: text, and if wanted the packet that editors of pictures read."""
        info = PngInfo()
        named = {
            **{"Title": self.title, "Author": self.creators, "Description": self.description},
            **{"Copyright": self.rights, "Source": self.source, "Identifier": self.id},
            **{"As known on": self.as_of, "Data version": self.version, "Address": self.address},
            **{"Data digest": self.digest, "Code": self.code, "Publisher": self.publisher},
        }
        for name, words in named.items():
            if words:
                info.add_text(name, words)
        if packet:
            info.add_itxt("XML:com.adobe.xmp", self.xmp().decode())
        return info

    def pdf(self) -> dict[str, str]:
        """The information dictionary of a PDF."""
        state = f"as known on {self.as_of}, data version {self.version}"
        keywords = (self.id, state, self.rights, self.address, self.digest, self.code)
        return {
            "Title": self.title,
            "Author": self.creators,
            "Subject": f"{self.description} Source: {self.source}",
            "Keywords": "; ".join(keywords),
        }

    def xmp(self) -> bytes:
        """The packet that programs for pictures and documents read."""
        root = etree.Element(_name("x:xmpmeta"), nsmap={"x": _SPACES["x"]})
        root.append(self.rdf())
        return _PACKET.format(etree.tostring(root, encoding="unicode")).encode()

    def rdf(self) -> etree._Element:
        """Dublin Core, and what it has no words for."""
        spaces = {name: _SPACES[name] for name in ("rdf", "dc", "book")}
        root = etree.Element(_name("rdf:RDF"), nsmap=spaces)
        about = etree.SubElement(root, _name("rdf:Description"), {_name("rdf:about"): ""})
        core = {
            **{"title": self.title, "description": self.description, "creator": self.creators},
            **{"publisher": self.publisher, "date": self.issued, "source": self.source},
            **{"rights": self.rights, "identifier": self.address},
        }
        for name, words in core.items():
            if words:
                _put(etree.SubElement(about, _name(f"dc:{name}")), words, _LISTS.get(name, ""))
        own = {"id": self.id, "asKnownOn": self.as_of, "dataVersion": self.version}
        for name, words in {**own, "dataDigest": self.digest, "code": self.code}.items():
            etree.SubElement(about, _name(f"book:{name}")).text = words
        return root

    def csvw(self, path: str, columns: Iterable[Mapping[str, str]]) -> bytes:
        """What lies beside a CSV, as the W3C has it (CSV on the Web): a reader may pass it over."""
        about = {
            **{"dc:title": self.title, "dc:description": self.description},
            **{"dc:creator": self.creators, "dc:publisher": self.publisher},
            **{"dc:date": self.issued, "dc:source": self.source, "dc:rights": self.rights},
            **{"dc:identifier": self.address, "schema:identifier": self.id},
            **{"schema:version": self.version, "schema:sha256": self.digest.partition("-")[2]},
        }
        notes = {"id": self.id, "as_of": self.as_of, "version": self.version, "code": self.code}
        content = {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "url": path.rpartition("/")[2],
            **{name: words for name, words in about.items() if words},
            "notes": [{**notes, "digest": self.digest}],
            "tableSchema": {"columns": [_column(column) for column in columns]},
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _column(column: Mapping[str, str]) -> dict[str, str]:
    kind = "number" if column["type"] == "number" else "string"
    words = {"dc:title": column.get("title"), "dc:description": column.get("description")}
    return {"name": column["name"], "datatype": kind, **{k: v for k, v in words.items() if v}}


def _put(element: etree._Element, words: str, kind: str) -> None:
    """Give an element of Dublin Core its words, in the list that XMP wants."""
    if not kind:
        element.text = words
        return
    listed = etree.SubElement(element, _name(f"rdf:{kind}"))
    language = {"{http://www.w3.org/XML/1998/namespace}lang": "x-default"} if kind == "Alt" else {}
    etree.SubElement(listed, _name("rdf:li"), language).text = words


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _plain(words: str) -> str:
    return words.replace(NO_BREAK, " ")
