"""Encodings: told by mark, declaration or content; broken ones mended, and said so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import NotText
from dragoman.read.encoding import decode, mend

ENGLISH = "The Prime Minister said “we will rebuild” after the talks – and thanked the café owners of São Tomé."
FRENCH = "Le ministre des Affaires étrangères a reçu son homologue à Genève, où des progrès ont été réalisés."
GERMAN = "Der Außenminister empfing seinen Kollegen; beide Länder würden die Grenzübergänge öffnen."
POLISH = "Minister spraw zagranicznych spotkał się z delegacją w Łodzi. Rozmawiano o współpracy i bezpieczeństwie."
CZECH = "Ministr zahraničí přijal delegaci v Praze. Jednali o spolupráci, řekl mluvčí. Příště se sejdou na podzim."
TURKISH = "Dışişleri Bakanı mevkidaşıyla Ankara'da görüştü. Sınır kapılarının açılması konuları ele alındı."
RUSSIAN = "Министр иностранных дел встретился с послом. Стороны обсудили вопросы сотрудничества и безопасности."
ARABIC = (
    "التقى وزير الخارجية نظيره في العاصمة صباح اليوم وناقشا فتح المعبر الحدودي والتعاون الاقتصادي بين البلدين."
)
CHINESE = (
    "外交部长今天上午在首都会见了来访的大使，双方就经贸合作、地区安全和人文交流等问题交换了意见，并同意开放口岸。"
)
JAPANESE = "外務大臣は本日午前、首都で大使と会談し、経済協力や地域の安全保障について意見を交わした。"
KOREAN = "외교부 장관은 오늘 오전 수도에서 대사를 만나 경제 협력과 지역 안보 문제를 논의했다."
GREEK = "Ο υπουργός Εξωτερικών συναντήθηκε με τον πρέσβη στην πρωτεύουσα και συζήτησαν την ασφάλεια της περιοχής."

GUESSED = [
    (ENGLISH, "cp1252"),
    (FRENCH, "cp1252"),
    (GERMAN, "latin-1"),
    (POLISH, "cp1250"),
    (POLISH, "iso8859_2"),
    (CZECH, "cp1250"),
    (TURKISH, "cp1254"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8_r"),
    (RUSSIAN, "cp866"),
    (ARABIC, "cp1256"),
    (CHINESE, "gb18030"),
    (JAPANESE, "shift_jis"),
    (KOREAN, "euc_kr"),
    (GREEK, "cp1253"),
]


@pytest.mark.parametrize("text, encoding", GUESSED, ids=[f"{encoding}-{text[:12]}" for text, encoding in GUESSED])
def test_code_page_is_guessed_and_said(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.mended and "decoded from" in decoded.mended[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, CHINESE, "short", "🤝"])
def test_unicode_is_read_without_a_word(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text.removeprefix("\ufeff") == text
    assert decoded.mended == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_by_its_nuls(encoding: str) -> None:
    decoded = decode(ENGLISH.encode(encoding))
    assert decoded.text == ENGLISH
    assert "UTF-16" in decoded.mended[0]


def test_declared_encoding_comes_before_a_guess() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), declared="koi8-r").text == RUSSIAN
    assert decode(RUSSIAN.encode("utf-8"), declared="koi8-r").text == RUSSIAN


@pytest.mark.parametrize(
    "declared", ["no-such-thing", "idna", "unicode_escape", "hex", "rot13", "utf-7", "a\0b", "undefined"]
)
def test_what_is_no_character_set_is_not_believed(declared: str) -> None:
    assert decode(RUSSIAN.encode("cp1251"), declared=declared).text == RUSSIAN


def test_stray_bytes_in_utf8_are_read_as_windows() -> None:
    data = FRENCH.encode() + b" \x93oui\x94" + RUSSIAN.encode()
    decoded = decode(data)
    assert decoded.text == FRENCH + " “oui”" + RUSSIAN
    assert decoded.mended == ("2 bytes that are not UTF-8 read as windows-1252",)


BINARY = [
    (b"%PDF-1.7 \xe2\xe3", "a PDF"),
    (b"PK\x03\x04\x14\x00", "a ZIP archive or an Office document"),
    (b"\x89PNG\r\n\x1a\n\x00", "a PNG image"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (bytes(range(256)) * 20, "a binary file"),
    (b"\x00" * 1000, "a binary file"),
]


@pytest.mark.parametrize("data, kind", BINARY, ids=[kind for _, kind in BINARY])
def test_binary_is_refused_by_its_kind(data: bytes, kind: str) -> None:
    with pytest.raises(NotText, match=kind) as caught:
        decode(data, where="a.bin")
    assert str(caught.value).startswith("a.bin: this is ")
    assert "\n" not in str(caught.value)


def test_announced_utf16_that_is_none_is_refused() -> None:
    with pytest.raises(NotText, match="UTF-16"):
        decode(b"\xff\xfe" + b"\x00\xd8" * 50)


MENDED = [
    ("a\r\nb\rc", "a\nb\nc", ()),
    ("\ufeffa", "a", ()),
    ("a\0b", "ab", ("1 NUL character removed",)),
    ("a\ud800b", "a\ufffdb", ("1 lone surrogate replaced",)),
    ("\ud83e\udd1d", "🤝", ()),
    ("the cafÃ© of SÃ£o TomÃ©", "the café of São Tomé", ("mojibake repaired in 1 line",)),
    ("heâ€™s here\nand â€œthereâ€\x9d\nplain", "he’s here\nand “there”\nplain", ("mojibake repaired in 2 lines",)),
    ("“curly” — ‘quotes’, ﬁ, ＡＢ, &amp; and …", "“curly” — ‘quotes’, ﬁ, ＡＢ, &amp; and …", ()),
    ("café’s “naïveté” — São Tomé’s Ð", "café’s “naïveté” — São Tomé’s Ð", ()),
    ("Президент — «Россия»", "Президент — «Россия»", ()),
    ("tab\tand \u200frtl\u200e and \u00a0space", "tab\tand \u200frtl\u200e and \u00a0space", ()),
]


@pytest.mark.parametrize("text, stored, notes", MENDED, ids=[repr(text[:20]) for text, _, _ in MENDED])
def test_only_what_is_broken_is_mended(text: str, stored: str, notes: tuple[str, ...]) -> None:
    mended = mend(text)
    assert (mended.text, mended.mended) == (stored, notes)


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200).filter(lambda text: text[:1] != "\ufeff")
)
def test_utf8_round_trip(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except NotText as error:
        assert error.hint
    else:
        decoded.text.encode("utf-8")
