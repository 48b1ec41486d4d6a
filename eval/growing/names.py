"""Questions for who took part in one project and as what, where it was, under which programme and reference."""

from collections.abc import Iterator, Mapping, Sequence

from corpus.country_names import names_of
from corpus.record import Field, Organisation, Place
from corpus.words import fold
from eval.growing.asked import Asked, answers_or_all
from eval.growing.asking import LABEL, Labels, ask, holding, way_of
from eval.growing.records import Told
from eval.growing.values import country_ways, name_ways
from eval.growing.wording import at

MOST_NAMES = 8
"""Names that a question for all of them asks for."""
LONGEST_NAME = 90
GROUP, UNSURE = "a group", "run together"
"""Words of notes: of what is no name, and of names that may be several."""


def names(one: Told, labels: Labels, spelled: Mapping[str, Sequence[str]] | None = None) -> Iterator[Asked]:
    """Organisations by role, places, programmes and references of a project.

    `spelled` are the names that acronyms stand for elsewhere in the documents: an answer may give either.
    """
    yield from _organisations(one, labels, spelled or {})
    yield from _places(one, labels)
    yield from _programmes(one, labels)
    yield from _reference(one, labels)


def _organisations(one: Told, labels: Labels, spelled: Mapping[str, Sequence[str]]) -> Iterator[Asked]:
    """By role: of a field for funders only the funders, since whoever else it names did that in something larger."""
    for role in at("field.organisation"):
        own = [organisation for organisation in one.project.organisations if organisation.role == role]
        fields = [holding(one, organisation.span) for organisation in own]
        is_sure = all(field is None or field.role in ("", role) for field in fields)
        if is_sure and not any(UNSURE in organisation.note for organisation in own):
            yield from _of_role(one, role, own, fields, labels, spelled)


def _of_role(
    one: Told,
    role: str,
    own: Sequence[Organisation],
    fields: Sequence[Field | None],
    labels: Labels,
    spelled: Mapping[str, Sequence[str]],
) -> Iterator[Asked]:
    named = [organisation for organisation in own if GROUP not in organisation.note]
    if not 1 <= len(named) <= MOST_NAMES or any(len(organisation.name) > LONGEST_NAME for organisation in named):
        return
    ways = way_of(f"field.organisation.{role}", fields[0], labels)
    label = labels.get(fields[0].label, "") if fields[0] else ""
    if ways == LABEL and (len(own) > 1 or label.endswith("s")):
        ways = f"field.organisation.{role}"  # "the lead partner of", and not "the investors of"
    gold = answers_or_all([[*name_ways(one_of), *spelled.get(one_of.name, ())] for one_of in named])
    yield ask(one, ways, role, gold, fields, [organisation.text for organisation in named], label)


def _places(one: Told, labels: Labels) -> Iterator[Asked]:
    """Places that stand in a field of their own; what prose mentions may be anywhere else."""
    told = [place for place in one.project.places if not place.note]
    by_label: dict[str, list[tuple[Place, Field]]] = {}
    for place in told:
        if (field := holding(one, place.span)) and field.name == "place":
            by_label.setdefault(field.label, []).append((place, field))
    countries = {label: _one_country([place for place, _ in held]) for label, held in by_label.items()}
    for label, held in by_label.items():
        places, fields = [place for place, _ in held], [field for _, field in held]
        texts = [place.text for place in places]
        if (code := countries[label]) and sum(map(bool, countries.values())) == 1:  # of two, either could be meant
            gold = {"answers": country_ways(code, places[0].text)}
            yield ask(one, "field.place.country", "country", gold, fields, texts[:1])
        elif not any(_one_country([place]) for place in places) and len(places) <= MOST_NAMES:
            ways = way_of("field.place.place", fields[0], labels)
            if ways != LABEL and len(by_label) > 1:
                continue  # of two kinds of places a plain "where" asks for either
            gold = answers_or_all([list(dict.fromkeys((place.text, place.name))) for place in places])
            yield ask(one, ways, "place", gold, fields, texts, labels.get(label, ""))


def _one_country(places: Sequence[Place]) -> str:
    """The code of the country that all of them are, and no part of it."""
    codes = {place.country for place in places}
    are_countries = all(fold(place.name) in set(map(fold, names_of(place.country or ""))) for place in places)
    return (places[0].country or "") if len(codes) == 1 and None not in codes and are_countries else ""


def _programmes(one: Told, labels: Labels) -> Iterator[Asked]:
    fields = [field for field in one.project.fields if field.name == "programme" and field.source != "prose"]
    texts = list(dict.fromkeys(one.words_at(field.span).strip('„“”"«» ') for field in fields))
    if texts and len(texts) <= MOST_NAMES and all(len(text) <= LONGEST_NAME for text in texts):
        ways = {way_of("field.programme", field, labels) for field in fields}
        if len(ways) == 1:
            label = labels.get(fields[0].label, "")
            yield ask(one, ways.pop(), "programme", answers_or_all([[text] for text in texts]), fields, texts, label)


def _reference(one: Told, labels: Labels) -> Iterator[Asked]:
    fields = [field for field in one.project.fields if field.name == "reference"]
    texts = list(dict.fromkeys(one.words_at(field.span) for field in fields))
    if len(texts) == 1 and len(texts[0]) <= LONGEST_NAME:
        ways = way_of("field.reference", fields[0], labels)
        yield ask(one, ways, "reference", {"answers": texts}, fields, texts, labels.get(fields[0].label, ""))
