"""Filters: each condition alone and mixed, and the law that a filtered search is the whole one, reduced."""

import calendar
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.document import Document, Span
from corpus.errors import MisuseError
from corpus.record import Amount, Organisation, Period, Place, Project
from corpus.words import fold
from index.filters import Filters
from index.ingest import Changes
from index.models import find_model
from index.passages import Hit, Passage
from index.settings import Settings
from index.store import Store
from index.writer import writing

HERE = Span(0, 1)
LONG_NAME = "%' OR 1=1; --_"


def organisation(name: str, role: str) -> Organisation:
    return Organisation(name, role, name, HERE)


def amount(value: str | None, currency: str | None = "EUR") -> Amount:
    return Amount(value, currency, "budget", "x", HERE)


def place(name: str, country: str | None) -> Place:
    return Place(name, country, name, HERE)


def project(name: str, start: str | None = None, end: str | None = None, **values: object) -> Project:
    period = Period(start, end, "when", HERE) if start or end else None
    made = Project(name, name, None, (), f"{name}.txt", HERE, "en", "", period)
    return replace(made, **values)  # type: ignore[arg-type]


PROJECTS = (
    project(
        "lamps",
        "2013",
        "2013",
        amounts=(amount("1000"), amount("5", "USD")),
        organisations=(organisation("Lamp Fund", "funder"), organisation("Oil Town", "partner")),
        places=(place("Iași", "RO"), place("Lyon", "FR")),
    ),
    project(
        "oil",
        "2013-11",
        "2014-02",
        amounts=(amount("0.0001"), amount("1000.0001"), amount("900000000000000")),
        organisations=(organisation("Lamp Fund", "partner"), organisation("Owl Trust", "funder")),
        places=(place("Lyon", "RO"),),
    ),
    project(
        "owls",
        "2014-02-28",
        None,
        amounts=(amount(None), amount("7", None)),
        organisations=(organisation("Fundația Ștefan", "funder"), organisation(LONG_NAME, "sponsor")),
        places=(place("Iași", None),),
    ),
    project("wells", amounts=(amount("-2.5"), amount("250000", "RON"))),
)
LANGUAGES = {"owls": "ro"}


@pytest.fixture(scope="module")
def hand_made(tmp_path_factory: pytest.TempPathFactory, small_model: Path) -> Iterator[Store]:
    """Open a store of four documents of one project and one passage each, and one document of no project."""
    settings = Settings(tmp_path_factory.mktemp("filters") / "store", str(small_model))
    model = find_model(settings.embedding_model)
    with writing(settings, model) as writer, writer.ingest(reuse=False) as ingest:
        for number, name in enumerate([*(one.id for one in PROJECTS), "about"], start=1):
            text = f"{name} and more"
            document = Document(
                f"d-{name}", f"{name}.txt", "text/plain", name, LANGUAGES.get(name, "en"), f"{number:064}", text, ()
            )
            own = [one for one in PROJECTS if one.id == name]
            passage = Passage("", document.id, name if own else None, Span(0, len(text)), text)
            ingest.add(document, own, [passage], np.eye(1, 16, number, dtype=np.float32))
        ingest.finish([], Changes(5, 0, 0), model.fingerprint)
    with closing(Store(settings)) as opened:
        yield opened


def names(store: Store, filters: Filters | None) -> str:
    """Name the documents whose passages are found, in order."""
    hits = store.search("more", 10, filters, vector=np.eye(1, 16, dtype=np.float32)[0])
    found = [hit.passage.document_id.removeprefix("d-") for hit in hits]
    assert len(set(found)) == len(found)
    return " ".join(sorted(found))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "about lamps oil owls wells"),
        (Filters(projects=("oil",)), "oil"),
        (Filters(projects=("oil", "lamps", "none")), "lamps oil"),
        (Filters(projects=()), ""),
        (Filters(documents=("d-about",)), "about"),
        (Filters(documents=("about.txt", "d-oil")), "about oil"),
        (Filters(documents=()), ""),
        (Filters(documents=("about",)), ""),
        (Filters(language="ro"), "owls"),
        (Filters(language="RO"), "owls"),
        (Filters(language="en"), "about lamps oil wells"),
        (Filters(language="de"), ""),
        (Filters(organisation="Lamp Fund"), "lamps oil"),
        (Filters(organisation="LAMP FUND", role="funder"), "lamps"),
        (Filters(organisation="Lamp Fund", role="partner"), "oil"),
        (Filters(organisation="fundatia stefan"), "owls"),
        (Filters(organisation="Lamp"), ""),
        (Filters(role="funder"), "lamps oil owls"),
        (Filters(role="Partner"), "lamps oil"),
        (Filters(role="client"), ""),
        (Filters(place="iasi"), "lamps owls"),
        (Filters(place="Iași", country="ro"), "lamps"),
        (Filters(place="Lyon", country="RO"), "oil"),
        (Filters(country="RO"), "lamps oil"),
        (Filters(country="FR"), "lamps"),
        (Filters(projects=("oil", "owls"), role="funder", language="en"), "oil"),
        (Filters(organisation="Lamp Fund", until="2013-10-31", least=Decimal(1000)), "lamps"),
        (Filters(documents=("about.txt",), role="funder"), ""),
    ],
    ids=str,
)
def test_what_is_asked_of_projects_and_documents_is_what_comes(
    hand_made: Store, filters: Filters, expected: str
) -> None:
    assert names(hand_made, filters) == expected


# lamps 2013-01-01 to 2013-12-31, oil 2013-11-01 to 2014-02-28, owls 2014-02-28 alone, wells without a period
@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2013", None, "lamps oil owls"),
        ("2014", None, "oil owls"),
        ("2013-12", None, "lamps oil owls"),
        ("2013-12-31", None, "lamps oil owls"),
        ("2014-01-01", None, "oil owls"),
        ("2014-02-28", None, "oil owls"),
        ("2014-03", None, ""),
        (None, "2012", ""),
        (None, "2013-01-01", "lamps"),
        (None, "2013-10", "lamps"),
        (None, "2013-10-31", "lamps"),
        (None, "2013-11-01", "lamps oil"),
        (None, "2014-02-27", "lamps oil"),
        (None, "2014-02", "lamps oil owls"),
        ("2013", "2013", "lamps oil"),
        ("2013-11", "2013-11", "lamps oil"),
        ("2014-01", "2014-01", "oil"),
        ("2013-12", "2013-11", ""),
        ("2013-06-02", "2013-06-01", ""),
    ],
)
def test_a_project_fits_whose_period_shares_a_day(
    hand_made: Store, since: str | None, until: str | None, expected: str
) -> None:
    assert names(hand_made, Filters(since=since, until=until)) == expected


@pytest.mark.parametrize(
    ("least", "most", "currency", "expected"),
    [
        ("1000", None, None, "lamps oil wells"),
        ("1000.0001", None, "EUR", "oil"),
        ("1000", "1000", None, "lamps"),
        ("1000.00001", "1000.00009", None, ""),
        ("1000.00001", "1000.0001", None, "oil"),
        ("0.0001", "0.0001", None, "oil"),
        ("0.00011", "0.00019", None, ""),
        (None, "0.0001", None, "oil wells"),
        (None, "0.00009", None, "wells"),
        ("-2.5", "-2.5", None, "wells"),
        ("-2.50001", "-2.49999", None, "wells"),
        ("-2.49999", "-0.00001", None, ""),
        (None, "-2.50001", None, ""),
        ("5", "5", "EUR", ""),
        ("5", "5", "usd", "lamps"),
        ("6", "999", None, "owls"),
        ("1000", None, "RON", "wells"),
        (None, None, "EUR", "lamps oil owls wells"),
        (None, None, "USD", "lamps"),
        (None, None, "GBP", ""),
        ("900000000000000", None, None, "oil"),
        ("1e30", None, None, ""),
        ("Infinity", None, None, ""),
        ("1e9999999", None, None, ""),
        (None, "1e30", "USD", "lamps"),
        ("-Infinity", "Infinity", None, "lamps oil owls wells"),
        ("5.5", "900", "USD", ""),
    ],
)
def test_one_and_the_same_amount_has_to_fit_exactly(
    hand_made: Store, least: str | None, most: str | None, currency: str | None, expected: str
) -> None:
    filters = Filters(least=least and Decimal(least), most=most and Decimal(most), currency=currency)  # type: ignore[arg-type]
    assert names(hand_made, filters) == expected


@pytest.mark.parametrize("text", ["%", "_", "Lamp%", "' OR 1=1 --", "\ud800", "lamps\x00", "x" * 100_000, ""])
def test_a_name_is_data_whatever_it_holds(hand_made: Store, text: str) -> None:
    for filters in (Filters(projects=(text,)), Filters(documents=(text,)), Filters(organisation=text)):
        assert names(hand_made, filters) == ""
    for filters in (Filters(language=text), Filters(role=text), Filters(place=text), Filters(country=text)):
        assert names(hand_made, filters) == ""
    assert names(hand_made, Filters(currency=text)) == ""
    assert names(hand_made, Filters(organisation=LONG_NAME)) == "owls"


def test_any_number_of_ids_can_be_asked_for(hand_made: Store) -> None:
    many = tuple(f"none-{number}" for number in range(300_000))
    assert names(hand_made, Filters(projects=(*many, "oil"))) == "oil"
    assert names(hand_made, Filters(documents=(*many, "oil.txt", "d-about"))) == "about oil"


@pytest.mark.parametrize("told", ["2014-13", "2014-02-30", "14", "2014-3", "last year", "", "2014-01-01T10:00", "٢٠١٤"])
def test_a_date_that_is_none_is_refused(told: str) -> None:
    expected = r"is no date; expected one such as 2014, 2014-03 or 2014-03-31"
    with pytest.raises(MisuseError, match=expected):
        Filters(since=told)
    with pytest.raises(MisuseError, match=expected):
        Filters(until=told)


@pytest.mark.parametrize("told", ["NaN", "sNaN", "-NaN"])
def test_an_amount_that_is_none_is_refused(told: str) -> None:
    with pytest.raises(MisuseError, match=r"NaN is no amount; expected a number"):
        Filters(least=Decimal(told))
    with pytest.raises(MisuseError, match=r"NaN is no amount; expected a number"):
        Filters(most=Decimal(told))


# The law, on the sample: what fulfils a filter is told by the records; what is found is the whole search reduced to it.

QUESTIONS = ("children who learn to code", "Biblioteca Județeană", "funded with EUR by the EEA grants", "zzz")


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Iterator[Store]:
    """Open the sample store."""
    with closing(Store(Settings(sample_store))) as opened:
        yield opened


@pytest.fixture(scope="module")
def vectors(store: Store) -> dict[str, NDArray[np.float32]]:
    """Embed the questions once."""
    return {question: store.embed_question(question) for question in QUESTIONS}


def fulfils(store: Store, passage: Passage, filters: Filters) -> bool:
    """Tell from the records alone, without the catalogue, whether a passage fulfils the filters."""
    document = store.documents[passage.document_id]
    own = store.projects.get(passage.project_id or "")
    if filters.documents is not None and not {document.id, document.source} & set(filters.documents):
        return False
    if filters.language is not None and document.language != filters.language:
        return False
    if replace(filters, documents=None, language=None) == Filters():
        return True
    return own is not None and (
        (filters.projects is None or own.id in filters.projects)
        and has_organisation(own, filters)
        and has_place(own, filters)
        and has_day(own, filters)
        and has_amount(own, filters)
    )


def has_organisation(own: Project, filters: Filters) -> bool:
    return (filters.organisation is None and filters.role is None) or any(
        (filters.organisation is None or fold(one.name) == fold(str(filters.organisation)))
        and (filters.role is None or one.role == filters.role)
        for one in own.organisations
    )


def has_place(own: Project, filters: Filters) -> bool:
    return (filters.place is None and filters.country is None) or any(
        (filters.place is None or fold(one.name) == fold(str(filters.place)))
        and (filters.country is None or one.country == filters.country)
        for one in own.places
    )


def has_amount(own: Project, filters: Filters) -> bool:
    if filters.least is None and filters.most is None:
        return filters.currency is None or any(one.currency == filters.currency for one in own.amounts)
    return any(
        one.amount is not None
        and (filters.least is None or Decimal(one.amount) >= filters.least)
        and (filters.most is None or Decimal(one.amount) <= filters.most)
        and (filters.currency is None or one.currency == filters.currency)
        for one in own.amounts
    )


def day(told: str, *, last: bool) -> date:
    year, month, of_month = (int(part) for part in (*told.split("-"), "0", "0")[:3])
    month = month or (12 if last else 1)
    return date(year, month, of_month or (calendar.monthrange(year, month)[1] if last else 1))


def has_day(own: Project, filters: Filters) -> bool:
    if filters.since is None and filters.until is None:
        return True
    told = [one for one in ((own.period.start, own.period.end) if own.period else ()) if one]
    if not told:
        return False
    first = max(day(told[0], last=False), day(filters.since, last=False) if filters.since else date.min)
    last = min(day(told[-1], last=True), day(filters.until, last=True) if filters.until else date.max)
    return first <= last


def some_filters(store: Store) -> st.SearchStrategy[Filters]:
    """Draw filters from what the store holds and a little of what it does not."""
    every = list(store.projects.values())
    sources = sorted(store.sources)
    dates = sorted({one for own in every if own.period for one in (own.period.start, own.period.end) if one})
    values = sorted({Decimal(one.amount) for own in every for one in own.amounts if one.amount})
    pairs = {
        "projects": st.lists(st.sampled_from([own.id for own in every] + ["none"])).map(tuple),
        "documents": st.lists(st.sampled_from(sources + list(store.documents)), min_size=1).map(tuple),
        "language": st.sampled_from(["en", "ro", "de"]),
        "organisation": st.sampled_from(sorted({one.name for own in every for one in own.organisations})),
        "role": st.sampled_from(sorted({one.role for own in every for one in own.organisations})),
        "place": st.sampled_from(sorted({one.name for own in every for one in own.places}) or ["Iași"]),
        "country": st.sampled_from(["RO", "FR", "DE"]),
        "since": st.sampled_from([*dates, "2012", "2014-02", "2015-06-30"]),
        "until": st.sampled_from([*dates, "2012", "2014-02", "2015-06-30"]),
        "least": st.sampled_from(values),
        "most": st.sampled_from(values),
        "currency": st.sampled_from(["EUR", "USD", "RON"]),
    }
    chosen = st.sets(st.sampled_from(sorted(pairs)), min_size=1, max_size=3)
    return chosen.flatmap(lambda some: st.builds(Filters, **{name: pairs[name] for name in some}))


@pytest.mark.parametrize("leg", ["dense", "words"])
@given(data=st.data(), question=st.sampled_from(QUESTIONS))
def test_a_filtered_search_of_one_leg_is_the_whole_one_reduced(
    leg: str, store: Store, vectors: dict[str, NDArray[np.float32]], data: st.DataObject, question: str
) -> None:
    filters = data.draw(some_filters(store))
    allowed = {one.id for one in store.passages() if fulfils(store, one, filters)}
    whole, kept = (
        store.search(question, 1000, asked, vector=vectors[question], legs=[leg]) for asked in (None, filters)
    )
    assert [hit.rank for hit in kept] == list(range(1, len(kept) + 1))
    reduced = [hit.passage for hit in whole if hit.passage.id in allowed]
    assert [hit.passage for hit in kept] == reduced
    if leg == "dense":
        assert {passage.id for passage in reduced} == allowed
        assert scores(kept) == {one: score for one, score in scores(whole).items() if one in allowed}


@given(data=st.data(), question=st.sampled_from(QUESTIONS))
def test_a_filter_never_lowers_a_fused_score_and_leaves_all_where_the_best_by_words_stays(
    store: Store, vectors: dict[str, NDArray[np.float32]], data: st.DataObject, question: str
) -> None:
    filters = data.draw(some_filters(store))
    allowed = {one.id for one in store.passages() if fulfils(store, one, filters)}
    whole, kept = (store.search(question, 1000, asked, vector=vectors[question]) for asked in (None, filters))
    assert set(scores(kept)) == allowed
    # BM25 is divided by the root of the best among what may be found: where that goes, words count for more.
    assert all(score >= scores(whole)[one] - 1e-6 for one, score in scores(kept).items())
    by_words = store.search(question, 1, vector=vectors[question], legs=["words"])
    if not by_words or by_words[0].passage.id in allowed:
        assert scores(kept) == {one: score for one, score in scores(whole).items() if one in allowed}
        assert list(scores(kept)) == [one for one in scores(whole) if one in allowed]


def scores(hits: list[Hit]) -> dict[str, float]:
    return {hit.passage.id: hit.score for hit in hits}
