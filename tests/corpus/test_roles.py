"""Values cut at the phrases that give a role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.roles import segments


def cut(text: str) -> list[tuple[str, str]]:
    return [(role, text[start:end].strip(" ,.")) for role, start, end in segments(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Owl Trust", [("", "Owl Trust")]),
        ("Owl Trust, sponsored by Lamp", [("", "Owl Trust"), ("sponsor", "Lamp")]),
        ("Owl with the kind support of Lamp", [("", "Owl"), ("supporter", "Lamp")]),
        (
            "Owl, finanțat de Lamp și implementat de către Sun",
            [("", "Owl"), ("funder", "Lamp și"), ("implementer", "Sun")],
        ),
        ("Owl împreună cu Lamp", [("", "Owl"), ("partner", "Lamp")]),
        ("The project is co-financed by Owl", [("funder", "Owl")]),
        ("Owl through the Erasmus+ programme", [("", "Owl")]),
        ("Owl prin Programul Tineri în Zori, cu sprijinul Lamp", [("", "Owl"), ("supporter", "Lamp")]),
        ("Education through Owls", [("", "Education through Owls")]),
        ("Owl (funded by Lamp)", [("", "Owl (funded by Lamp)")]),
        ("Association Organised By Owls", [("", "Association Organised By Owls")]),
    ],
)
def test_a_phrase_opens_a_stretch_of_its_role(text: str, expected: list[tuple[str, str]]) -> None:
    segments_of = [one for one in cut(text) if one[1]]
    assert segments_of == expected


@given(
    st.lists(
        st.sampled_from(
            ["Owl", "funded by", "in partnership with", "under", "Erasmus+", "(", ")", ",", "within the project", "is"]
        )
    ).map(" ".join)
)
def test_stretches_are_in_order_and_lie_in_the_text(text: str) -> None:
    end = 0
    for _, start, other in segments(text):
        assert end <= start <= other <= len(text)
        end = other
