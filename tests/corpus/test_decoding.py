"""Bytes into text, and text that was decoded wrongly before it came here."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decoding import CHUNK_BYTES, decode, decode_stream, mojibake_in
from corpus.errors import UnreadableError

ROMANIAN = "Fundația „Vatra” a aprins lămpi în șapte sate – și încă trei urmează."
CEDILLAS = ROMANIAN.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
GREEK = "Το ίδρυμα στήριξε τις βιβλιοθήκες της χώρας. Προϋπολογισμός: 12.000 €"


def text_of(data: bytes) -> str:
    return decode(data)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("text", [ROMANIAN, GREEK, "Plain words."])
def test_a_unicode_encoding_is_known_by_its_mark_or_by_its_nuls(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == (text, ())


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", CEDILLAS),
        ("cp1250", "în"),
        ("cp1250", "Școala din Timișoara".translate(str.maketrans("șț", "şţ")).replace("Ș", "Ş")),
        ("iso8859_2", "Fundacja wspiera biblioteki w województwie śląskim i łódzkim."),
        ("cp1250", "Fundacja wspiera biblioteki w województwie śląskim i łódzkim."),
        ("iso8859_16", "„Vatra” a aprins lămpi în șapte sate"),
        ("cp1253", GREEK),
        ("iso8859_7", "Το ίδρυμα στήριξε τις βιβλιοθήκες της χώρας."),
        ("cp1252", "Le projet a été très utile à la bibliothèque de l’école."),
        ("cp1252", "The project’s “budget” was £5m – or €6m."),
        ("cp1252", "© 2019 Foundation"),
        ("cp1252", "Größe der Bücherei: 5 m²"),
        ("cp1251", "Фонд поддержал библиотеки региона."),
        ("cp1250", "Győr és Székesfehérvár könyvtárai"),
    ],
)
def test_an_encoding_of_one_byte_a_letter_is_told_by_the_letters_it_makes(encoding: str, text: str) -> None:
    assert text_of(text.encode(encoding)) == text


def test_a_page_is_read_in_the_charset_it_names() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><p>ţară'
    assert text_of(page.encode("cp1250")) == page


def test_a_charset_that_nobody_knows_or_that_does_not_hold_is_passed_over() -> None:
    for name in ("no-such-thing", "utf-8"):
        page = f'<meta charset="{name}"><p>{CEDILLAS}'
        assert text_of(page.encode("cp1250")) == page


def test_a_few_damaged_letters_leave_the_rest_in_utf_8_and_are_told() -> None:
    data = (ROMANIAN * 3).encode()
    damaged = data[:3] + b"\xff" + data[3:]
    text, notes = decode(damaged)
    assert ROMANIAN in text
    assert notes == ("1 characters could not be decoded as utf-8",)


def test_a_replacement_character_of_the_file_itself_is_no_damage() -> None:
    assert decode("lămpi \ufffd".encode()) == ("lămpi \ufffd", ())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n", "PDF; give it the ending .pdf"),
        (b"PK\x03\x04\x14\x00", "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as .docx"),
        (b"\x1f\x8b\x08\x00", "unpack it first"),
        (b"{\\rtf1 words}", "rich text; save it as .docx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "NUL bytes; save it as text"),
        (b"words\x00words", "NUL bytes"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_become_text_or_a_reason(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except UnreadableError:
        return
    assert isinstance(text, str)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=50))
def test_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    data = text.encode()
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"%PDF-", b"{\\rtf", b"PK\x03\x04")):
        assert text_of(data) == text


def streamed(path: Path) -> tuple[str, tuple[str, ...]]:
    stream, notes = decode_stream(path)
    with stream:
        return stream.read(), notes


def test_a_large_file_whose_first_letter_with_an_accent_stands_late_is_still_told(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    text = "a plain line of a register\n" * (CHUNK_BYTES // 20) + CEDILLAS
    path.write_bytes(text.encode("cp1250"))
    assert streamed(path) == (text, ())


def test_a_character_that_two_chunks_share_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    text = "x" * (CHUNK_BYTES - 1) + "ș"
    path.write_bytes(text.encode())
    assert streamed(path) == (text, ())


def test_a_stray_nul_in_a_register_is_told_and_many_make_it_no_text(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"a,b\n" * 500 + b"c,\x00d\n")
    assert streamed(path)[1] == ("1 NUL bytes were dropped",)
    path.write_bytes(b"a\x00,\x01\x00" * 50)
    with pytest.raises(UnreadableError, match="NUL"):
        decode_stream(path)


def test_newlines_of_a_stream_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes("a\r\nb\rc\n".encode("utf-16"))
    assert streamed(path)[0] == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("Programul FundaÈ›ia este", ["FundaÈ›ia"]),
        ("Activ Ã®n judeÈ›ul VÃ¢lcea.", ["Ã®n judeÈ›ul VÃ¢lcea"]),
        ("un budget de 5 â‚¬ par an", ["â‚¬"]),
        ("They donâ€™t know", ["donâ€™t"]),
        ("FundaÅ£ia, ÅŸi alte", ["FundaÅ£ia", "ÅŸi"]),
        ("din judeþul Argeº, ºi", ["judeþul", "ºi"]),
    ],
)
def test_words_that_were_decoded_wrongly_are_found_where_they_stand(text: str, garbled: list[str]) -> None:
    if "þ" in text:
        text = text.replace("din", "învãþat din")
        garbled = ["învãþat", *garbled]
    assert [text[start:end] for start, end in mojibake_in(text)] == garbled


@pytest.mark.parametrize(
    "text",
    [
        ROMANIAN,
        CEDILLAS,
        GREEK,
        "L’école « où » ça – c’est l’été… à 50 €, « à l’œuvre »",
        "Größe 5 m², 20 °C, §3 „Straße“ – Łódź, São João, Ísland: þetta er það",
        "£5 · €3 • ™ ® © ½ × ± µm",
        "Năsăud–Bistrița (județ), 100 000 €; “Antim Ivireanul“",
    ],
)
def test_good_text_of_many_languages_raises_no_alarm(text: str) -> None:
    assert mojibake_in(text) == []
