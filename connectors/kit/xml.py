"""The one way XML is read: streaming, without DTD, entities or network, with limits on size, depth and silence.

A DTD of any kind is refused before the parser starts. An element is forgotten as soon as its user asks for the next, so
memory stays flat however long the file is. Nothing outside this module touches lxml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from connectors.contract import SourceFile
from connectors.errors import FileRefused
from connectors.kit.files import MEGABYTE, head, refused, require_size
from connectors.kit.text import CODECS, UTF_8, UTF_16, Encoding, encoding_of, utf_8_chunks

Element = etree._Element  # noqa: SLF001 - the public name of the class, in lxml's own stubs as well

MAX_BYTES = 200 * MEGABYTE
MAX_SILENCE = 2 * MEGABYTE
"""More bytes than this without one element that the connector knows: then it is another kind of file."""

_CHUNK = 65_536
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

KNOWN_ROOTS = {
    "EDEX": "een EDEXML-bestand met leerlingen en groepen",
    "leerlinggegevens_antwoord": "een UWLR-bestand met leerlingen en groepen",
    "leerresultaten_verzoek": "een UWLR-bestand met toetsresultaten",
    "dossier": "een overstapdossier (OSO)",
    "html": "een webpagina",
}
_EDEX2000 = re.compile(r"EDEX(?:LL|LK|GR|LG)", re.IGNORECASE)
_CHOOSE = "kies bij het uitvoeren EDEXML of een andere XML-uitvoer"
_ENTITY = "ERR_UNDECLARED_ENTITY"
_TOO_MUCH = {"ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG", "ERR_ENTITY_LOOP"}


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first bytes of an XML file say: the local name of its root, and how to decode it."""

    root: str
    encoding: Encoding


class LocalNames(dict[str, str]):
    """From a tag as lxml writes it to its name without namespace, remembered per tag."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition("}")[2]
        return name


def opening(file: SourceFile) -> Opening:
    """Look at the beginning of a file; refuses what is empty, too large, not XML, or carries a DTD."""
    require_size(file, MAX_BYTES)
    start = head(file)
    found = _DECLARED.search(start[:400])
    declared = found[1].decode() if found else None
    if declared and declared.lower() not in CODECS:
        raise refused(file, "de tekenset in de kop wordt niet gelezen; sla het bestand op als UTF-8.", code="tekenset")
    encoding = encoding_of(file, declared)
    text = start.decode("utf-8-sig" if encoding.codec == UTF_8 else encoding.codec, errors="ignore")
    body = text[_PROLOG.match(text).end() :]  # type: ignore[union-attr] # matches the empty string
    if _DOCTYPE.match(body):
        raise _with_dtd(file)
    root = _ROOT.match(body)
    if not root:
        raise refused(file, f"dit is {_looks_like(file, body)}, geen XML; {_CHOOSE}.", code="soort")
    return Opening(root[1], encoding)


def unexpected_root(file: SourceFile, root: str, wanted: str) -> FileRefused:
    """The refusal of a sound XML file of another kind."""
    other = KNOWN_ROOTS.get(root, "een ander soort XML-bestand")
    return refused(file, f"dit is {other}, en deze bron leest {wanted}; kies de juiste uitvoer of bron.", code="soort")


def elements(file: SourceFile, encoding: Encoding, *names: str) -> Iterator[Element]:
    """Yield the outermost elements with these local names, in order; each is emptied when the next is asked for."""
    with file.path.open("rb") as stream:
        yield from parsed(file, encoding, iter(lambda: stream.read(_CHUNK), b""), *names)


def parsed(file: SourceFile, encoding: Encoding, chunks: Iterator[bytes], *names: str) -> Iterator[Element]:
    """Do as `elements` with the bytes of a file, or of the part of it that matters."""
    tags = [f"{{*}}{name}" for name in names]
    parser = etree.XMLPullParser(
        events=("end",),
        tag=tags,
        encoding=None if encoding.codec == UTF_16 else encoding.codec,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    silence = 0
    is_complete = is_inside = False
    parent: Element | None = None
    try:
        for chunk in chunks:
            parser.feed(chunk)
            silence += len(chunk)
            for _, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                if (above := element.getparent()) is not parent or parent is None:
                    parent = above
                    is_inside = next(element.iterancestors(*tags), None) is not None
                    if element.getroottree().docinfo.internalDTD is not None:
                        raise _with_dtd(file)
                    _forget_before(parent)
                if not is_inside:
                    silence = 0
                    yield element
                    element.clear()
                    _forget_before(element, once=True)
            if silence > MAX_SILENCE:
                what = "er staat veel in dat deze bron niet kent; kies de juiste uitvoer."
                raise refused(file, what, code="soort")
        is_complete = True
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _syntax(file, error, is_complete=is_complete) from None


def mentions(file: SourceFile, encoding: Encoding, name: bytes) -> bool:
    """Whether an element with this local name begins somewhere in the file, without parsing it."""
    begin = re.compile(rb"<(?:[\w.-]{1,40}:)?" + name + rb"[\s>/]").search
    tail = b""
    for chunk in utf_8_chunks(file, encoding):
        part = tail + chunk
        if name in part and begin(part):
            return True
        tail = part[-100:]
    return False


def line_of(element: Element) -> int:
    """The line on which an element begins; zero when the parser does not know."""
    return cast("int | None", element.sourceline) or 0


class Places:
    """Writes where elements stand; remembers the path of the last parent, for most have the same."""

    def __init__(self, names: LocalNames) -> None:
        self._names = names
        self._parent: Element | None = None
        self._path = ""

    def locator(self, element: Element, number: int) -> str:
        """Give "/EDEX/leerlingen/leerling[3] (regel 120)"; `number` counts from one."""
        parent = element.getparent()
        if parent is not None and parent is not self._parent:
            self._parent, self._path = parent, path(parent, self._names)
        line = line_of(element)
        place = f"{self._path}/{self._names[element.tag]}[{number}]"
        return f"{place} (regel {line})" if line else place


def path(element: Element, names: LocalNames) -> str:
    """The names from the root to an element: "/EDEX/leerlingen"."""
    return "/" + "/".join([*[names[up.tag] for up in element.iterancestors()][::-1], names[element.tag]])


def child_text(element: Element, names: LocalNames) -> dict[str, str]:
    """The non-empty texts of the direct children, by local name; of equal names the first."""
    texts: dict[str, str] = {}
    for child in element:
        if text := (child.text or "").strip():
            texts.setdefault(names[child.tag], text)
    return texts


def _looks_like(file: SourceFile, text: str) -> str:
    if _EDEX2000.search(file.name):
        return "een EDEX2000-bestand (de voorloper)"
    first = text.partition("\n")[0]
    return "een CSV-lijst" if any(first.count(sign) for sign in ";\t,") else "een ander soort bestand"


def _forget_before(element: Element | None, *, once: bool = False) -> None:
    """Drop what stands before an element, and unless `once` before its ancestors too."""
    while element is not None:
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
        element = None if once else parent


def _with_dtd(file: SourceFile) -> FileRefused:
    what = (
        "bestand met DTD geweigerd: zo'n kop kan kwaad en hoort er niet in; laat de leverancier het zonder DTD maken."
    )
    return refused(file, what, code="dtd")


def _syntax(file: SourceFile, error: etree.XMLSyntaxError, *, is_complete: bool) -> FileRefused:
    log = list(error.error_log)  # type: ignore[call-overload] # iterable; the stubs do not know
    kind, number = (log[-1].type_name, log[-1].line) if log else ("", error.lineno)
    place = f"regel {number}" if number else ""
    if kind == _ENTITY:
        what = "er staat een verwijzing (&…;) in die nergens naar verwijst; laat de leverancier de uitvoer nakijken."
        return refused(file, what, locator=place, code="entiteit")
    if kind in _TOO_MUCH:
        what = "het bestand is te diep of te groot opgebouwd; kies de juiste uitvoer."
        return refused(file, what, locator=place, code="te_diep")
    if is_complete:
        return refused(file, "het bestand is onvolledig; maak de uitvoer opnieuw.", locator=place, code="onvolledig")
    what = "dit is geen geldige XML; maak de uitvoer opnieuw en bewerk haar niet met de hand."
    return refused(file, what, locator=place, code="xml")
