"""Bytes to text, and text to the form in which it is stored; each repair is said in words."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.errors import NotText

__all__ = ["Decoded", "binary_kind", "byte_order", "decode", "mend"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and what was done to get it."""

    text: str
    mended: tuple[str, ...] = ()


_BYTE_ORDER_MARKS = (  # UTF-32 before UTF-16: the little-endian marks begin alike
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
)

# Encodings in which agencies have published; charset-normalizer chooses among these only.
_CANDIDATES = [
    *("cp1251", "koi8_r", "cp866", "cp1250", "iso8859_2", "cp1253", "cp1254", "cp1255", "cp1256", "cp1258"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp874", "cp1252"),
]

_CENTRAL_EUROPEAN = {"pl", "cs", "sk", "hu", "ro", "hr", "sl", "sr", "bs"}
_CODE_PAGES = {"tr": "cp1254", "az": "cp1254", "et": "cp1257", "lv": "cp1257", "lt": "cp1257", "vi": "cp1258"}
_NAMES = {f"cp125{digit}": f"windows-125{digit}" for digit in range(9)}
_HIGH = bytes(range(0x80, 0x100))

_CHARSETS = re.compile(
    r"(?:ascii|utf-(?:8|16|32)|cp\d|iso8859|koi8|gb|hz|big5|euc_|shift_jis|iso2022|mac|tis|kz1048|ptcp)"
)

_SAMPLE = 100_000  # bytes on which an encoding is guessed
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_HINT_TEXT = "give plain text, HTML, JSON or JSONL"
_HINT_ENCODING = "convert it to UTF-8"


def byte_order(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start announces."""
    return next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def binary_kind(data: bytes) -> str | None:
    """What kind of binary file these are the first bytes of; None where they look like text."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if byte_order(data) or _utf16_without_mark(data):
        return None
    nuls = data.count(b"\0")
    controls = len(_CONTROLS.findall(data))
    if nuls > max(3, len(data) // 1000) or controls > max(3, len(data) // 50):
        return "a binary file"
    return None


def decode(data: bytes, *, where: str | None = None, declared: str | None = None) -> Decoded:
    """Text of these bytes: by byte order mark, UTF-8, the declared encoding, or the likeliest one.

    Raises NotText for binary data and for bytes that no encoding makes into text.
    """
    marked = byte_order(data)
    if marked:
        return _decode_marked(data, marked, where)
    kind = binary_kind(data[:_SAMPLE])
    if kind:
        raise NotText(f"this is {kind}, not text", where=where, hint=_HINT_TEXT)
    wide = _utf16_without_mark(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), (f"read as {wide.upper()}, which it does not announce",))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if declared and _is_charset(declared):
        text = _try(data, declared)
        if text is not None:
            return Decoded(text)
    return _guess(data, where)


def mend(text: str) -> Decoded:
    """The text as it is stored: LF line ends, no NULs or lone surrogates, no mojibake. Nothing else changes."""
    done: list[str] = []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # too common to report
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        done.append(_count(text.count("\0"), "NUL character") + " removed")
        text = text.replace("\0", "")
    if not text.isascii():
        text = _mend_surrogates(text, done)
        text = _mend_mojibake(text, done)
    return Decoded(text, tuple(done))


def _decode_marked(data: bytes, encoding: str, where: str | None) -> Decoded:
    try:
        text = data.decode(encoding)
        notes: tuple[str, ...] = ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        bad = text.count("\ufffd")
        if bad * 10 > len(text):
            hint = _HINT_ENCODING
            raise NotText(f"announces {encoding.upper()} but is not", where=where, hint=hint) from None
        notes = (f"{_count(bad, 'broken character')} of {encoding.upper()} replaced",)
    return Decoded(text.removeprefix("\ufeff"), notes)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of a mostly Latin text has a NUL in every other byte."""
    sample = data[:4096]
    if len(sample) < 8 or sample.count(b"\0") * 4 < len(sample):
        return None
    half = len(sample) // 2
    for encoding, zeros, letters in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if zeros.count(b"\0") > 0.6 * half and letters.count(b"\0") < 0.05 * half:
            text = sample[: 2 * half].decode(encoding, "replace")
            if sum(char.isprintable() or char in "\r\n\t" for char in text) > 0.95 * len(text):
                return encoding
    return None


def _is_charset(name: str) -> bool:
    """Whether this names a character set of the web. Python's "idna" or "unicode_escape" are no such thing."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return False
    return _CHARSETS.match(known) is not None


def _guess(data: bytes, where: str | None) -> Decoded:
    """Not valid UTF-8 and nothing declared."""
    loose = data.decode("utf-8", "replace")
    bad = loose.count("\ufffd")
    high = len(data) - len(data.translate(None, delete=_HIGH))
    if high - bad > 6 * bad:  # UTF-8 all the same, with some bytes from elsewhere
        text = data.decode("utf-8", _register_handler())
        return Decoded(
            text, (f"{_count(bad, 'byte')} that {'is' if bad == 1 else 'are'} not UTF-8 read as windows-1252",)
        )
    if _is_latin(data):
        page = _latin_code_page(data)
        text_or_none = _try(data, page)
        if text_or_none is not None:
            return Decoded(text_or_none, (f"decoded from {_NAMES.get(page, page)}, not UTF-8",))
    found = _likeliest(data)
    if found is None:
        raise NotText("no encoding makes this into text", where=where, hint=_HINT_ENCODING)
    text, encoding = found
    return Decoded(text, (f"decoded from {_NAMES.get(encoding, encoding)}, the likeliest encoding",))


def _is_latin(data: bytes) -> bool:
    """Whether bytes above 127 stand alone among ASCII letters, as accents and quotation marks do."""
    sample = data[:_SAMPLE]
    runs = re.findall(rb"[\x80-\xff]+", sample)
    alone = sum(1 for run in runs if len(run) == 1)
    return alone > 0.6 * len(runs) and len(re.findall(rb"[A-Za-z]", sample)) > 2 * sum(map(len, runs))


def _latin_code_page(data: bytes) -> str:
    """The code page of the language that the ASCII letters show; charset-normalizer takes French for Polish."""
    from dragoman.read.language import detect

    language = detect(data[:_SAMPLE].decode("ascii", "ignore"))
    if language in _CENTRAL_EUROPEAN:
        # Common letters that Windows moved: ś š ž ť to 0x80 to 0x9F, ą to 0xB9
        moved = rb"[\x80-\x9f\xa5\xb9]" if language == "pl" else rb"[\x80-\x9f]"
        return "cp1250" if re.search(moved, data) else "iso8859_2"
    return _CODE_PAGES.get(language or "", "cp1252")


def _likeliest(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    if best is None:
        return None
    text = _try(data, best.encoding)
    return (text, best.encoding) if text is not None else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=1)
def _register_handler() -> str:
    """An error handler under which bytes that are not UTF-8 are read as windows-1252."""

    def as_windows(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end

    codecs.register_error("dragoman-windows-1252", as_windows)
    return "dragoman-windows-1252"


_SURROGATE = re.compile("[\ud800-\udfff]")


def _mend_surrogates(text: str, done: list[str]) -> str:
    if not _SURROGATE.search(text):
        return text
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lone = paired.count("\ufffd") - text.count("\ufffd")
    if lone > 0:
        done.append(f"{_count(lone, 'lone surrogate')} replaced")
    return paired


# What UTF-8 looks like when it was read as windows-1252 or -1251: a letter that stands for a lead byte and a sign
# that stands for a continuation byte. Only then is it worth asking ftfy, which takes 170 ms a megabyte.
_SUSPECT = re.compile("[Â-ôРС][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґё№єјЅѕї]")


def _mend_mojibake(text: str, done: list[str]) -> str:
    if not _SUSPECT.search(text):
        return text
    import ftfy

    lines = text.split("\n")
    changed = 0
    for index, line in enumerate(lines):
        if _SUSPECT.search(line) and ftfy.is_bad(line):
            fixed = ftfy.fix_text(line, _ftfy_config())
            changed += fixed != line
            lines[index] = fixed
    if not changed:
        return text
    done.append(f"mojibake repaired in {_count(changed, 'line')}")
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _ftfy_config() -> Any:
    """Only the encoding: quotation marks, dashes, ligatures and entities stay as the agency wrote them."""
    import ftfy

    return ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
