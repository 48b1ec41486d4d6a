"""Questions for what a project lacks: asked only where no word for it is in what any document says of the project."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.record import Project
from corpus.words import fold
from eval.growing.asked import LANGUAGES, Asked, slug_of
from eval.growing.asking import LABEL, Labels, languages_of
from eval.growing.records import Records, Told
from eval.growing.wording import at, title_slots

UNANSWERABLE = "unanswerable"
USUAL = 0.2
"""Part of the records that have a label, from which on it is one that a project lacks."""
FEWEST, SAMPLE = 3, 400
"""Records at least that have such a label, of so many that are looked at."""
LEAST_LETTERS = 4


def absent(records: Records, chosen: Sequence[Told], labels: Labels) -> Iterator[Asked]:
    """What the chosen projects lack."""
    usual = _usual(records, labels)
    for one in chosen:
        said = _all_said(records, one)
        yield from _fields(said, one)
        yield from _labels(said, one, usual)


def _fields(said: str, one: Told) -> Iterator[Asked]:
    for name, table in at("absent").items():
        if not _has(one.project, name) and not re.search(rf"\b(?:{table['signs']})", said):
            yield unanswerable(f"absent.{name}", slug_of("no", name, one.project.title), one)


def _all_said(records: Records, one: Told) -> str:
    """What the record's place says, and of other documents the paragraphs with the title in them, folded."""
    title = " ".join(fold(one.project.title).split())
    told = [fold(text) for text in records.others if title in " ".join(fold(text).split())]
    others = [text for number, text in enumerate(records.folded) if number != one.number and title in text]
    paragraphs = (part for text in (*told, *others) for part in re.split(r"\n\s*\n", text))
    return "\n".join([records.folded[one.number], *(part for part in paragraphs if title in " ".join(part.split()))])


def _has(project: Project, name: str) -> bool:
    held = {
        "funder": any(one.role in ("funder", "sponsor", "supporter") for one in project.organisations),
        "partner": any(one.role in ("partner", "implementer") for one in project.organisations),
        "budget": bool(project.amounts),
        "period": bool(project.period),
        "reference": bool(project.reference),
    }
    return held.get(name, False)


def _usual(records: Records, labels: Labels) -> list[str]:
    """What the labels of the source's own are called that many records have."""
    step = max(1, len(records.told) // SAMPLE)
    some = records.told[::step]
    held = Counter(
        called
        for one in some
        for called in {
            labels[field.label] for field in one.project.fields if field.name == "other" and field.label in labels
        }
    )
    return sorted(called for called, count in held.items() if count >= max(FEWEST, USUAL * len(some)))


def _labels(said: str, one: Told, usual: Sequence[str]) -> Iterator[Asked]:
    """Usual labels that this record has not, and no word of which is in what is said of it."""
    words = set(re.findall(r"[^\W_]+", said))
    for called in usual:
        telling = [word for word in fold(called).split() if len(word) >= LEAST_LETTERS]
        if telling and not words.intersection(telling):
            yield unanswerable(LABEL, slug_of("no", called, one.project.title), one, called, languages_of(one))


def unanswerable(ways: str, slug: str, one: Told, label: str = "", languages: tuple[str, ...] = LANGUAGES) -> Asked:
    """A question that has no answer, of a project by what it is called."""
    slots = title_slots(one.called)
    if label:
        slots = {language: {**own, "label": label, "be": "is"} for language, own in slots.items()}
    return Asked(UNANSWERABLE, ways, slug, slots, (one.project.document,), {}, languages)
