"""Sentences of a stream: where they end, what they name, and that the pieces do not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.sentences import LONGEST_SENTENCE, Numbered, Sentences


def read(text: str, language: str = "en", *, is_broken: bool = False) -> list[Numbered]:
    sentences = Sentences(language)
    return [*sentences.feed(text), *sentences.end(is_broken=is_broken)]


def told(text: str, language: str = "en") -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.numbers) for one in read(text, language)]


WALK, ROAD = "Lantern Walk cost 120,000 EUR.", "It ran to 2016."


@pytest.mark.parametrize(
    "text",
    [
        "Lantern Walk cost 120,000 EUR [S1]. It ran to 2016 [S2][S3].",
        "Lantern Walk cost 120,000 EUR. [S1] It ran to 2016. [S2, S3]",
        "Lantern Walk cost 120,000 EUR.[1]\n\nIt ran to 2016 [S2-S3].",
        "[S1] Lantern Walk cost 120,000 EUR. [S2][S3] It ran to 2016.",
        "- **Lantern Walk** cost 120,000 EUR **[S1]**.\n- It ran to *2016* (S2) (S3).",
        "1. Lantern Walk cost 120,000 EUR [S1].\n2. It ran to 2016【S2】【S3】.\n",
        "Lantern Walk cost 120,000 EUR S1. It ran to 2016 S2, S3.",
        "```\nLantern Walk cost 120,000 EUR.\n[S1]\nIt ran to 2016.\n[S2][S3]\n```",
        "<think>120 or 12? [S9].</think>\n\nLantern Walk cost 120,000 EUR [S1]. It ran to 2016 [S2] and [S3].",
        "According to [S1], Lantern Walk cost 120,000 EUR. [S2][S3] states that it ran to 2016.",
        "> Lantern Walk cost 120,000 EUR ［S1］.\n\nIt ran to 2016.\n\nSources: [S2], [S3]",
    ],
)
def test_markers_are_read_wherever_they_stand(text: str) -> None:
    assert told(text) == [(WALK, (1,)), (ROAD, (2, 3))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It was paid by S.C. Electro S.A. București, under art. 3, no. 5, e.g. Alba, with 12.000 EUR [S1].", "en"),
        (
            "A fost plătit de S.C. Electro S.A. București, str. Mare nr. 5, cf. art. 3 alin. 2, cca. 3 mil. EUR [S1].",
            "ro",
        ),
        ("Its page is www.x.example, its head Dr. J. Smith, and it cost approx. 5 EUR in Jan. 2014 [S1].", "en"),
        ("S-au dat 1.250.000,50 lei pt. Casa Sf. Maria și jud. Alba, v. pct. 4 lit. B [S1].", "ro"),
    ],
)
def test_abbreviations_and_decimals_end_no_sentence(text: str, language: str) -> None:
    assert told(text, language) == [(text.replace(" [S1]", ""), (1,))]


def test_a_sentence_is_there_as_soon_as_it_is_surely_finished() -> None:
    sentences = Sentences("en")
    assert sentences.feed("Lantern Walk cost 120,000 EUR [S1]") == []
    assert sentences.feed(".") == [Numbered(WALK, (1,))]
    assert sentences.feed(" It ran to 2016. [S2") == []
    assert sentences.feed("]") == []  # [S3] may follow
    assert sentences.feed(" T") == [Numbered(ROAD, (2,))]


def test_sentences_without_markers_are_told_apart_from_those_with() -> None:
    assert told("It was the first. The second cost 5 EUR [S1]. The third!") == [
        ("It was the first.", ()), ("The second cost 5 EUR.", (1,)), ("The third!", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("quoted", ["“It cost 5 EUR{}”", "„It cost 5 EUR{}”", '"It cost 5 EUR{}"', "«It cost 5 EUR{}»"])
def test_a_quotation_ends_with_its_mark(quoted: str) -> None:
    said = f"The page says {quoted.format(' [S1].')} Then it ran [S2]..."
    assert told(said) == [(f"The page says {quoted.format('.')}", (1,)), ("Then it ran.", (2,))]


def test_what_a_broken_stream_leaves_unfinished_is_no_sentence() -> None:
    assert read("It cost 5 EUR [S1]. It ran to 20", is_broken=True) == [Numbered("It cost 5 EUR.", (1,))]
    assert read("It cost 12 EUR [S1] and then 12.", is_broken=True) == []
    assert read("It cost 12 EUR [S1]", is_broken=True) == [Numbered("It cost 12 EUR", (1,))]


def test_what_is_cut_off_at_the_end_is_not_whole() -> None:
    assert read("It cost [S1] 5 EUR and") == [Numbered("It cost 5 EUR and", (1,), is_whole=False)]
    assert read("It cost 5 EUR [S1]") == [Numbered("It cost 5 EUR", (1,))]


def test_a_sentence_without_end_is_bounded_and_not_whole() -> None:
    found = read(f"It cost {'very ' * LONGEST_SENTENCE}much [S1]. It ran [S2].")
    assert [one.is_whole for one in found] == [False, True]
    assert len(found[0].text) <= LONGEST_SENTENCE


def test_thoughts_without_a_beginning_are_taken_back() -> None:
    sentences = Sentences("en")
    assert sentences.feed("It may be 5 EUR [S1].") == [Numbered("It may be 5 EUR.", (1,))]
    assert sentences.feed(" Or 6 [S2]. Or</think>It is 7 EUR [S3].") == [Numbered("It is 7 EUR.", (3,))]
    assert sentences.restarts == 1


PARTS = (
    "Lantern Walk", " cost ", "12.000 EUR", "[S1]", " [2]", "(S3)", "[S1, S2]", ".", ". ", "! ", "\n", "\n- ", "1. ",
    "S.A. ", "e.g. ", "art. 3", "**", "*", "_", "<think>", "</think>", "```", "|", "“", "”", "S4", " and ", ", ", "<",
    "[", "]", "Sources: ", "NOT_FOUND", "\\", "ș", "…", " ", ":", "5", "According to ", "【S1】", "#",
)  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join), st.lists(st.integers(1, 9), max_size=40))
def test_the_sentences_are_the_same_however_the_stream_is_cut(text: str, sizes: list[int]) -> None:
    def read_in(pieces: list[str]) -> list[Numbered]:
        sentences = Sentences("ro")
        found: list[Numbered] = []
        for piece in pieces:
            before = sentences.restarts
            fed = sentences.feed(piece)
            found = [*fed] if sentences.restarts > before else [*found, *fed]
        return [*found, *sentences.end()]

    at, pieces = 0, []
    for size in sizes:
        pieces.append(text[at : at + size])
        at += size
    pieces.append(text[at:])
    found = read_in([text])
    assert found == read_in(pieces) == read_in(list(text))
    assert all(one.text and "\n" not in one.text and len(one.text) <= LONGEST_SENTENCE for one in found)
