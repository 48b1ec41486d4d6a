"""Which questions are proposed of all that could be asked."""

from collections import Counter

from eval.growing.asked import Asked
from eval.growing.choosing import choose
from eval.growing.wording import title_slots


def asked(
    kind: str, number: int, *, document: str = "a.md", ways: str = "w", languages: tuple[str, ...] = ("en", "ro")
) -> Asked:
    """Make a question that asks for nothing."""
    return Asked(kind, ways, f"{ways}-{number}", title_slots("Lamp"), (document,), {}, languages)


def anything(_: Asked, __: str) -> bool:
    """Take every question for new."""
    return True


def test_kinds_have_their_shares_and_what_one_lacks_goes_to_others() -> None:
    every = {
        "field": [asked("field", number) for number in range(100)],
        "list": [asked("list", number) for number in range(100)],
        "sum": [asked("sum", 1)],
    }
    found = Counter(one.asked.kind for one in choose(every, 23, ("en", "ro"), anything))
    assert found == {"field": 16, "list": 6, "sum": 1}


def test_languages_are_taken_in_turn() -> None:
    every = {"field": [asked("field", number) for number in range(20)]}
    assert Counter(one.language for one in choose(every, 10, ("en", "ro"), anything)) == {"en": 5, "ro": 5}


def test_a_question_is_asked_only_in_a_language_that_it_can_be_asked_in() -> None:
    every = {"field": [asked("field", number, languages=("ro",)) for number in range(4)]}
    assert [one.language for one in choose(every, 9, ("en", "ro"), anything)] == ["ro"] * 4
    assert choose(every, 9, ("en",), anything) == []


def test_documents_and_fields_are_taken_in_turn() -> None:
    every = {
        "field": [
            asked("field", number, document=f"{'ab'[number % 2]}.md", ways=f"field.{'xyz'[number // 20]}")
            for number in range(60)
        ]
    }
    found = choose(every, 12, ("en",), anything)
    assert set(Counter(one.asked.documents[0] for one in found).values()) == {6}
    assert set(Counter(one.asked.ways for one in found).values()) == {4}


def test_what_is_known_is_passed_over_and_asked_of_in_the_other_language_first() -> None:
    every = {"field": [asked("field", number) for number in range(3)]}
    seen = []

    def is_new(one: Asked, language: str) -> bool:
        seen.append((one.slug, language))
        return one.slug != "w-0"

    assert [one.asked.slug for one in choose(every, 9, ("en", "ro"), is_new)] == ["w-1", "w-2"]
    assert seen[:2] == [("w-0", "en"), ("w-0", "ro")]
