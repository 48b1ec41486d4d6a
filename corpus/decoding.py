"""Bytes into text: which encoding a file is in, and where text was decoded wrongly before it came here.

Knows letters and a few short words of the languages that write in one byte a letter; nothing of formats beyond their
first bytes. Newlines and composition are left to `corpus.document.canonical`.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from corpus.errors import UnreadableError

HEAD_BYTES = 4096
"""Looked at for the marks of formats that are no text."""
CHUNK_BYTES = 1 << 20
MOST_CONTEXTS = 400
"""Stretches around bytes above 127 that are weighed to tell one encoding from another."""
NULS_IN_A_REGISTER = 0.01
"""Of the first bytes; up to here they are taken for damage in a large file and dropped."""
DAMAGE_AMONG_UTF_8 = 0.1
"""Bad characters for each byte of good ones up to which a file counts as damaged UTF-8; text in an
encoding of one byte a letter has hardly any good sequence."""
MOST_COST_A_LETTER = 3.0
"""Of the best reading among ENCODINGS; above it the file is in none of them, and `charset-normalizer` is asked."""

_NO_TEXT = (
    (b"%PDF-", "a PDF; give it the ending .pdf"),
    (b"PK\x03\x04", "a zip archive or an office document; give it its ending: .docx .xlsx .odt .ods .zip"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as .docx or .xlsx"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"{\\rtf", "rich text; save it as .docx"),
)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half of a character beyond the first 65,536, as broken programs write it; no text in another encoding has this."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMED = re.compile(
    rb"<meta[^>]{1,200}?charset=[\"']?\s*([\w-]+)|<\?xml[^>]{1,100}?encoding=[\"']([\w-]+)", re.IGNORECASE
)

ENCODINGS = ("cp1252", "cp1250", "iso8859_16", "iso8859_2", "cp1253", "iso8859_7", "cp1251", "cp1254", "koi8_r")
"""Weighed against each other; of two that read a text alike, the first."""
_LANGUAGES = {
    # language: its letters beyond a to z, the commonest first; short words without any of them
    "en": ("éèüöñçáíóôâêëïæœ", "the of and to in for with on from by is was that this at"),
    "ro": ("ăîâșțşţé", "de la cu pe din pentru care nu este sunt al ale prin sau mai lei proiect"),
    "fr": ("éèàêçâîôûùëïœÿæ", "le la les de des du et un une est dans pour que qui par sur au"),
    "de": ("üäößé", "der die das und von zu den mit ist des im ein eine auf sich nicht"),
    "es": ("óíáéñúü", "el la los de que en un una por con para las del se es"),
    "pt": ("ãçáéíóâêõúàôü", "de que do da em um para com os no na uma por dos as"),
    "it": ("àèéìòùî", "il di che la per un una del della con non sono nel alla"),
    "pl": ("ąęłóżśćńź", "w z na do nie jest przez oraz od dla po za ze projekt"),
    "cs": ("áíéěřýčžšůúťďňó", "na se je do pro za od ve ze projekt"),
    "sk": ("áíéýčžšúťľňôäďóĺŕ", "na sa je do pre za od vo zo projekt"),
    "hu": ("áéöóőüíúű", "az egy hogy nem is ez meg volt vagy projekt"),
    "hr": ("čšžćđ", "je na se za od da su iz koji projekt"),
    "sv": ("äåöéøæ", "och att det som en av den med har till er og til"),
    "tr": ("ıışğüçöâİîû", "bir ve bu ile olarak olan daha proje"),
    "el": ("αοιετσνηυρπκμλςάίόέγδήωχθύφβξώζψϊϋΐΰ", ""),
    "ru": ("оеаинтсрвлкмдпуяызьбгчйхжюшцщэфъё", ""),
}
_WORDS = {language: frozenset(words.split()) for language, (_, words) in _LANGUAGES.items()}
_MARKS_OF_TEXT = frozenset("„”“’‘‚–—…«»€£§°©®™•·\u00a0½²³×±ºª¿¡´")
LAST_LETTER = "\u2600"
"""Alphabets, punctuation, currencies and signs stand before it in Unicode."""
LAST_LATIN = "\u036f"
"""Letters beyond are of scripts that share no word with ASCII letters."""
_WORD_WEIGHT = 0.7
_AROUND = ".,;:!?()[]{}|/-"
_WORD = re.compile(r"[^ \t\n\r]+")
_MOST_WORDS = 12
"""Short words of a language beyond these add no certainty."""


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and what a person should know about how it was decoded.

    Raises:
        UnreadableError: it is not text; the reason says what it is.
    """
    encoding = _encoding_of_head(data[:HEAD_BYTES], nuls=0)
    if not encoding:
        encoding = _utf_8(data) or _named_charset(data) or _likeliest(list(_contexts([data])))
    text = data.decode(encoding, "replace")
    return text, tuple(_notes(text.count("\ufffd") - _damage_before(data, encoding), data.count(b"\0"), encoding))


def decode_stream(path: Path) -> tuple[TextIO, tuple[str, ...]]:
    """The file opened as text, newlines as they are, and notes as of `decode`; the file is read once before for these.

    Raises:
        UnreadableError: as `decode`.
        OSError: the system does not give it.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    encoding = _encoding_of_head(head, nuls=NULS_IN_A_REGISTER)
    good, damaged, nuls = _measure(path, encoding or "utf-8")
    if not encoding and damaged > good * DAMAGE_AMONG_UTF_8 and not _is_utf_8_but_for_halves(path):
        encoding = _named_charset(head) or _likeliest(list(_contexts(_chunks(path))))
        _, damaged, nuls = _measure(path, encoding)
    encoding = encoding or "utf-8"
    return path.open(encoding=encoding, errors="replace", newline=""), tuple(_notes(damaged, nuls, encoding))


def _measure(path: Path, encoding: str) -> tuple[int, int, int]:
    """(bytes of characters that take several, characters that could not be decoded, NULs) of the whole file."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    good = damaged = nuls = 0
    for chunk in _chunks(path):
        text = decoder.decode(chunk)
        good += len(chunk) - len(text)
        nuls += text.count("\0")
        if not text.isascii():
            damaged += max(0, text.count("\ufffd") - _damage_before(chunk, encoding))
    return good, damaged, nuls


def _is_utf_8_but_for_halves(path: Path) -> bool:
    """Whether nothing but halves of characters keeps a file from being UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest = b""
    try:
        for chunk in _chunks(path):
            whole = _SURROGATE.sub(b"", rest + chunk)
            rest = whole[-2:]
            decoder.decode(whole[:-2])
        decoder.decode(rest, final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _notes(damaged: int, nuls: int, encoding: str) -> Iterator[str]:
    if damaged > 0:
        yield f"{damaged:,} characters could not be decoded as {encoding}"
    if nuls and not encoding.startswith(("utf-16", "utf-32")):
        yield f"{nuls:,} NUL bytes were dropped"


def _damage_before(data: bytes, encoding: str) -> int:
    """Replacement characters that the file holds itself."""
    return data.count("\ufffd".encode()) if encoding.startswith("utf-8") else 0


def _encoding_of_head(head: bytes, *, nuls: float) -> str:
    """The encoding that a mark or the places of NULs tell, empty where they do not; `nuls` is the share let pass."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    for start, kind in _NO_TEXT:
        if head.startswith(start):
            raise UnreadableError(f"it is not text but {kind}")
    if b"\0" not in head:
        return ""
    if wide := _wide_encoding(head):
        return wide
    if head.count(b"\0") <= nuls * len(head):
        return ""
    raise UnreadableError("it is not text: it holds NUL bytes; save it as text in UTF-8")


def _wide_encoding(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, by where the NULs of its ASCII characters stand."""
    width = len(head) // 4 * 4
    if not width:
        return ""
    filled = [sum(map(bool, head[at:width:4])) / max(1, width // 4) for at in range(4)]
    few, most = 0.25, 0.75
    if filled[2] < few and filled[3] < few and filled[0] > most:
        encoding = "utf-32-le"
    elif filled[0] < few and filled[1] < few and filled[3] > most:
        encoding = "utf-32-be"
    else:
        # Beyond Latin the high byte is no NUL except at spaces, digits and newlines; the low one never is.
        little = head[1::2].count(0) > head[::2].count(0) * 10
        big = head[::2].count(0) > head[1::2].count(0) * 10
        encoding = "utf-16-le" if little else "utf-16-be" if big else ""
    if not encoding:
        return ""
    text = head[:width].decode(encoding, "replace")
    # Bytes that are no UTF-16 read as Chinese.
    plausible = sum((c.isprintable() and c < LAST_LETTER) or c in "\r\n\t" for c in text)
    return encoding if plausible >= len(text) * 0.9 else ""


def _utf_8(data: bytes) -> str:
    try:
        _SURROGATE.sub(b"", data).decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _is_damaged_utf_8(data.decode("utf-8", "replace")) else ""
    return "utf-8"


def _is_damaged_utf_8(text: str) -> bool:
    bad = text.count("\ufffd")
    good = len(re.sub(r"[\x00-\x7f\ufffd]+", "", text))
    return bad <= good * DAMAGE_AMONG_UTF_8


def _named_charset(data: bytes) -> str:
    """What an HTML page or XML document says it is in, if that holds for its bytes."""
    found = _NAMED.search(data[:HEAD_BYTES])
    if not found:
        return ""
    name = (found[1] or found[2]).decode("ascii").lower()
    try:
        name = codecs.lookup(name).name
        # Browsers read Latin-1 as the Windows encoding that has the quotation marks, and so do those who write it.
        name = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}.get(name, name)
        text = data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return ""
    return "" if re.search("[\x80-\x9f]", text) else name


def _contexts(chunks: Iterator[bytes] | list[bytes]) -> Iterator[bytes]:
    """Stretches of bytes around those above 127."""
    seen = 0
    for chunk in chunks:
        for match in re.finditer(rb"[^\n]{0,40}[\x80-\xff][^\n]{0,40}", chunk):
            yield match.group()
            seen += 1
            if seen == MOST_CONTEXTS:
                return


def _likeliest(contexts: list[bytes]) -> str:
    """Which encoding makes letters of a language out of the bytes above 127, and marks where marks belong."""
    sample = b"\n".join(contexts)
    high = sum(byte > 127 for byte in sample)
    costs = {encoding: cost for encoding in ENCODINGS if (cost := _cost(sample, encoding)) is not None}
    best = min(costs, key=costs.__getitem__, default="")
    if best and costs[best] <= MOST_COST_A_LETTER * high:
        return best
    from charset_normalizer import from_bytes

    guess = from_bytes(sample).best()
    if guess is None:
        raise UnreadableError("its character encoding could not be told; save it as UTF-8")
    return guess.encoding


def _cost(sample: bytes, encoding: str) -> float | None:
    """How odd the sample reads in an encoding, in its best language; None where bytes have no meaning there."""
    text = sample.decode(encoding, "replace")
    if "\ufffd" in text or re.search("[\x80-\x9f]", text):
        return None
    padded = f" {text} "
    places = Counter(
        (character, *_sides(before, behind))
        for before, character, behind in zip(padded, text, padded[2:], strict=False)
        if not character.isascii()
    )
    words = Counter(re.findall(r"(?<!\w)[a-z]+(?!\w)", text.lower()))
    return min(
        sum(times * _oddity(*place, letters) for place, times in places.items())
        - _WORD_WEIGHT * min(_MOST_WORDS, sum(words[word] for word in _WORDS[language]))
        for language, (letters, _) in _LANGUAGES.items()
    )


def _sides(before: str, behind: str) -> tuple[str, str]:
    """Both neighbours: `a` or `A` for an ASCII letter, `x` or `X` for another, `0` for a digit, else a space."""
    return _kind(before), _kind(behind)


def _kind(character: str) -> str:
    if character.isalpha():
        kind = "a" if character.isascii() else "x"
        return kind if character.islower() else kind.upper()
    return "0" if character.isdecimal() else " "


def _oddity(character: str, before: str, behind: str, letters: str) -> float:
    """What one character beyond ASCII costs where it stands."""
    if character.isalpha() and character not in "ªº":
        small = character.lower()
        cost = 1.0 if small in letters[:8] else 1.5 if small in letters else 5.0
        cost += 4.0 if before in "ax" and character.isupper() else 0.0
        cost += 3.0 if behind == "0" or (character.isupper() and before in " 0" and behind == " ") else 0.0
        return cost + (4.0 if small > LAST_LATIN and (before in "aA" or behind in "aA") else 0.0)
    inside = before in "aAxX" and behind in "aAxX"
    if character in _MARKS_OF_TEXT:
        return 6.0 if inside and character not in "’\u00a0–—·" else 1.5
    return 8.0 if inside else 5.0


def mojibake_in(text: str) -> list[tuple[int, int]]:
    """Spans [start, end) of words that were decoded wrongly before they came here, neighbours as one span.

    Only what turns into better text when the wrong decoding is undone counts: `FundaÈ›ia`, `Ã®n`; so do Romanian
    letters read as Western European ones: `Fundaþia`, `ºi`.
    """
    found = sorted({*_garbled(text), *_western(text)})
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and not text[merged[-1][1] : start].strip(" "):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _garbled(text: str) -> Iterator[tuple[int, int]]:
    """Words of UTF-8 that was read as something else."""
    if text.isascii():
        return
    import ftfy
    from ftfy.badness import BADNESS_RE, badness

    done, surely = 0, False
    for match in BADNESS_RE.finditer(text):
        if match.start() < done:
            continue
        start, end = _word_around(text, match.start(), match.end())
        done = end
        mended = ftfy.fix_encoding(text[start:end])
        if len(mended) < end - start and badness(mended) < badness(text[start:end]):
            surely = True
            yield start, end
    if surely:  # what looks well by itself, such as ÅŸ, is suspect beside these
        words = (word for word in _WORD.finditer(text) if not word.group().isascii())
        yield from (_word_around(text, *word.span()) for word in words if _is_utf_8_inside(word.group()))


def _is_utf_8_inside(word: str) -> bool:
    for encoding in ("sloppy-windows-1252", "sloppy-windows-1250"):  # codecs that ftfy registers
        try:
            return len(word.encode(encoding).decode("utf-8")) < len(word)
        except UnicodeError:
            continue
    return False


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1] not in " \t\n\r":
        start -= 1
    while end < len(text) and text[end] not in " \t\n\r":
        end += 1
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_AROUND))
    return start, start + len(piece.strip(_AROUND))


def _western(text: str) -> Iterator[tuple[int, int]]:
    """Romanian words in cp1250 that were read as cp1252; þ without ð is no Icelandic, ã alone may be Portuguese."""
    if not ("þ" in text or "Þ" in text) or "ð" in text or "Ð" in text:
        return
    if "ã" not in text and "º" not in text and "î" not in text:
        return
    for word in re.finditer(r"\bº[^\W\d_]+|[^\W\d_]*[þÞã][^\W\d_]*", text):
        yield word.span()
