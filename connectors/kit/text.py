"""In which encoding a text file is written. A choice other than the declared one is shown, never made silently."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from connectors.contract import Issue, SourceFile
from connectors.kit.files import MEGABYTE, head, refused, signature
from models.vocabulary import Severity

UTF_8, WINDOWS, UTF_16 = "utf-8", "cp1252", "utf-16"
CODECS = {
    "utf-8": UTF_8,
    "utf8": UTF_8,
    "us-ascii": UTF_8,
    "ascii": UTF_8,
    "utf-16": UTF_16,
    "iso-8859-1": WINDOWS,
    "latin1": WINDOWS,
    "latin-1": WINDOWS,
    "iso-8859-15": "iso-8859-15",
    "windows-1252": WINDOWS,
    "cp1252": WINDOWS,
}
"""Declared names that are believed; ISO 8859-1 is read as the Windows-1252 that it nearly always is."""

_DAMAGED = "�".encode()
_TWICE = re.compile(rb"\xc3\x83\xc2[\x80-\xbf]|\xc3\xa2\xc2\x82\xc2\xac|\xc3\xa2\xe2\x82\xac")


@dataclass(frozen=True, slots=True)
class Encoding:
    """The codec to read a file with and what there is to say about that choice."""

    codec: str
    issues: tuple[Issue, ...] = ()


def encoding_of(file: SourceFile, declared: str | None = None) -> Encoding:
    """Find the encoding of a whole text file, in one pass; refuses what is not text."""
    start = head(file, 4)
    if kind := signature(start):
        raise refused(file, f"dit is {kind}, geen tekstbestand; kies de uitvoer die bij deze bron hoort.", code="soort")
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise refused(file, "het bestand staat in UTF-32; sla het op als UTF-8.", code="tekenset")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if not _decodes(file, UTF_16):
            raise refused(file, "het bestand is onvolledig of beschadigd; maak de uitvoer opnieuw.", code="tekenset")
        return Encoding(UTF_16)
    is_utf_8, is_ascii, issues = _scan(file)
    expected = UTF_8 if start.startswith(codecs.BOM_UTF8) else CODECS.get((declared or "").lower(), "")
    if is_ascii or (is_utf_8 and expected in {UTF_8, ""}):
        return Encoding(UTF_8, issues)
    if is_utf_8:
        return Encoding(UTF_8, (*issues, _chosen("UTF-8", "al staat er iets anders in de kop")))
    codec = expected if expected not in {UTF_8, ""} else WINDOWS
    if not _decodes(file, codec):
        raise refused(file, "de tekens zijn niet te lezen; sla het bestand op als UTF-8.", code="tekenset")
    if codec == expected:
        return Encoding(codec, issues)
    return Encoding(codec, (*issues, _chosen("Windows-1252", "want UTF-8 is het niet")))


def utf_8_chunks(file: SourceFile, encoding: Encoding) -> Iterator[bytes]:
    """Yield the file in pieces in which ASCII is ASCII: as it lies there, but UTF-16 rewritten."""
    wide = codecs.getincrementaldecoder(UTF_16)() if encoding.codec == UTF_16 else None
    for chunk in _chunks(file):
        yield wide.decode(chunk).encode() if wide else chunk


def _chosen(name: str, why: str) -> Issue:
    message = f"De tekens zijn gelezen als {name}, {why}; kijk of namen als Zoë en Noël er goed uitzien."
    return Issue("tekenset", message, "", Severity.WARNING)


def _chunks(file: SourceFile) -> Iterator[bytes]:
    with file.path.open("rb") as stream:
        while chunk := stream.read(MEGABYTE):
            yield chunk


def _decodes(file: SourceFile, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for chunk in _chunks(file):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _scan(file: SourceFile) -> tuple[bool, bool, tuple[Issue, ...]]:
    """Whether the file is UTF-8, whether it is ASCII, and remarks about damage done before it reached us."""
    is_ascii = is_utf_8 = True
    damaged = twice = False
    decoder = codecs.getincrementaldecoder(UTF_8)()
    for chunk in _chunks(file):
        if b"\0" in chunk:
            raise refused(file, "dit is geen tekstbestand; kies de uitvoer die bij deze bron hoort.", code="soort")
        if chunk.isascii():
            is_utf_8 = is_utf_8 and not decoder.getstate()[0]
            continue
        is_ascii = False
        damaged = damaged or _DAMAGED in chunk
        twice = twice or _TWICE.search(chunk) is not None
        try:
            if is_utf_8:
                decoder.decode(chunk)
        except UnicodeError:
            is_utf_8 = False
    if decoder.getstate()[0]:
        is_utf_8 = False
    remarks = []
    if damaged and is_utf_8:
        what = (
            "Er staan vervangtekens (�) in het bestand: letters die al bij de bron verloren gingen; kijk de namen na."
        )
        remarks.append(Issue("tekens_verloren", what, "", Severity.WARNING))
    if twice and is_utf_8:
        what = "Sommige letters lijken dubbel omgezet (Ã« in plaats van ë); maak de uitvoer opnieuw als UTF-8."
        remarks.append(Issue("tekens_dubbel", what, "", Severity.WARNING))
    return is_utf_8, is_ascii, tuple(remarks)
