"""BM25 in one language's index, in two steps, as Tantivy's Python binding skips no passage that cannot win.

First candidates by their words, then, for these alone, what is costly: words that most passages hold (`POSTINGS_MOST`)
and neighbours in the query that are neighbours in the text. A query is data, never syntax. Knows one language, and
nothing of files.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from index.analysis import neighbours, piece_terms, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tantivy import DocAddress, Index, Query

TITLE_BOOST = 0.75
"""What a word is worth in the title, beside what it is worth in the body, which begins with the title.

R@1 on XQuAD English, XQuAD Romanian, SQuAD 2 (answerable) and World Bank names, asked for by name: at 0 0.935, 0.931,
0.832, 0.850; at 0.75 0.938, 0.931, 0.831, 0.933; at 1 0.936, 0.931, 0.831, 0.947; at 2 0.933, 0.930, 0.824, 0.970. In
one store with the World Bank's 15,306 texts, titles and all, XQuAD English has 0.853 at 0.75, 0.837 at 1.
"""

PHRASE_BOOST = 0.2
"""What two neighbours of the query standing as far apart in the text are worth, in parts of their words' worth.

R@1 on the same sets and on World Bank objectives without names, asked for by name: at 0 0.938, 0.935, 0.821, 0.930,
0.207; at 0.2 0.938, 0.931, 0.831, 0.933, 0.215; at 0.5 0.943, 0.926, 0.835, 0.935, 0.202; at 1 all are worse.
"""

PHRASE_WORDS_SHARE = 0.3
"""Words of more of the passages than this make no phrase.

Letting all make some changes R@1 on the sets of `PHRASE_BOOST` by +0.3, -0.3, +0.1, +0.4 and -1.0 points.
"""

PHRASE_REACH = 2
"""How many places apart neighbours may stand, so that `ministry of education` is one.

Against 1, R@1 on these sets changes by -0.2, 0, +0.2, 0 and +1.0 points.
"""

PIECE_BOOST = 0.4
"""What a piece of a word is worth, beside the word.

R@1 of the fused search (`index.fusion`) with words alone and with pieces: XQuAD English 0.956 and 0.962, Romanian 0.923
and 0.938, English questions over the Romanian text 0.49 and 0.62, the other way round 0.53 and 0.65, with slips in the
Romanian questions 0.886 and 0.905, SQuAD 2 0.865 and 0.868, one or two words out of a paragraph 0.833 and 0.890, titles
of a Croatian register 0.39 and 0.45. Half as much and twice as much change XQuAD and SQuAD 2 by at most 0.4 points.
"""

PHRASES_MOST = 12
TERMS_MOST = 32
PIECES_MOST = 48
QUERY_CHARACTERS_MOST = 10_000
"""Of longer queries: the first phrases, the rarest words and pieces, the first characters. A question has 8 to 12 words
and some 30 pieces."""

POSTINGS_MOST = 150_000
FREQUENT_SHARE = 0.2
"""Where a query's words occur more often than `POSTINGS_MOST`, the most frequent choose no candidates.

Only those of more than this share of the passages, which still count for the candidates' scores. At 1,000,000 passages
this takes a third of the time, and of the ten best by all words 99 in 100 stay where XQuAD's questions are asked, and
91 where eight words copied from a passage are. Up to some 20,000 passages nothing is left out.
"""

CANDIDATES_LEAST = 50
"""Candidates are at least this many and, but for a filter, half as many again as are asked for; 100 find nothing more
on any set."""

SINGLE_KEYS_MOST = 300
"""Up to so many allowed keys are looked up one by one (3 ms); a term set takes 2 to 4 times as long."""

WINDOW_ROWS_A_KEY = 6
"""An allowed key in a term set costs what so many rows cost in a window that is masked: 5 µs against 0.8."""

LEAST = 0.001
"""What a passage is found with whose words nearly all passages hold; none is found with nothing."""
_DECIMALS = 3  # of a score: beyond, it depends on the order in which Tantivy adds; so equal texts have equal scores


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in the terms of one language, with their positions and how many passages hold them."""

    terms: list[tuple[int, str]]
    frequencies: dict[str, int]
    weight: float
    pieces: list[str]


@dataclass(frozen=True, slots=True)
class _Clause:
    """One word of the query in one field."""

    field: str
    term: str
    boost: float
    frequency: int


class LanguageWords:
    """The index of one language, as it was when it was opened."""

    def __init__(self, language: str, index: Index) -> None:
        self.language = language
        self._searcher = index.searcher()
        self._schema = index.schema
        self.count = self._searcher.num_docs

    def keys(self) -> NDArray[np.int64]:
        """All keys, ascending."""
        from tantivy import Order, Query

        most = max(1, self.count)
        hits = self._searcher.search(Query.all_query(), most, count=False, order_by_field="key", order=Order.Asc).hits
        return np.fromiter((key for key, _ in hits), dtype=np.int64, count=len(hits))

    def holding(self, text: str) -> NDArray[np.int64]:
        """The keys of all passages that hold every term of `text`; none where it has no term."""
        from tantivy import Occur, Query

        asked = {term for _, term in terms(text, self.language)}
        if not asked or not self.count:  # the last document of a language may be gone
            return np.empty(0, np.int64)
        held = [Query.term_query(self._schema, "body", term, index_option="basic") for term in sorted(asked)]
        _, keys = self._found(Query.boolean_query([(Occur.Must, one) for one in held]), self.count)
        return np.array(keys, dtype=np.int64)

    def ask(self, query: str) -> Asked:
        """The query in this language's terms, of which `weight` is what they weigh together, unknown ones included."""
        asked = terms(query, self.language)
        frequencies = {term: self._searcher.doc_freq("body", term) for term in {term for _, term in asked}}
        # BM25's inverse document frequency as Tantivy has it; it counts removed passages for a while, we may not.
        weight = sum(math.log1p((max(0, self.count - count) + 0.5) / (count + 0.5)) for count in frequencies.values())
        return Asked(asked, frequencies, weight, piece_terms(query))

    def search(
        self, asked: Asked, most: float, top_k: int, allowed: NDArray[np.int64] | None
    ) -> list[tuple[float, int]]:
        """Scores and keys of at least the `top_k` best of the allowed passages, in no order.

        `most` is what the query weighs in the language in which it weighs most: scores come as if it weighed that here.
        """
        clauses, pieces = self._clauses(asked.frequencies), self._pieces(asked.pieces)
        if not clauses and not pieces:
            return []
        telling, frequent = self._split(clauses)
        # Where they are few, pieces choose candidates too: words of another language share nothing else.
        few = sum(clause.frequency for clause in (*telling, *pieces)) <= POSTINGS_MOST
        telling, frequent = (telling + pieces, frequent) if few or not telling else (telling, frequent + pieces)
        # Within a filter the spare ones would each cost a window of rows that nobody may find.
        wanted = max(CANDIDATES_LEAST, top_k * 3 // 2 if allowed is None else top_k)
        scores = self._candidates(telling, wanted, allowed)
        rest = [self._term(clause) for clause in frequent] + self._phrases(asked, clauses)
        if scores and rest:
            for key, score in self._scored(rest, self._one_of(list(scores)), len(scores)).items():
                scores[key] += score
        scale = most / asked.weight if asked.weight else 1.0
        return [(max(round(score * scale, _DECIMALS), LEAST), key) for key, score in scores.items()]

    def _clauses(self, frequencies: dict[str, int]) -> list[_Clause]:
        """The query's rarest words that occur, in the body and in the title."""
        known = sorted((count, term) for term, count in frequencies.items() if count)[:TERMS_MOST]
        bodies = [_Clause("body", term, 1.0, count) for count, term in known]
        titles = [_Clause("title", term, TITLE_BOOST, self._searcher.doc_freq("title", term)) for _, term in known]
        return bodies + [clause for clause in titles if clause.frequency]

    def _pieces(self, asked: list[str]) -> list[_Clause]:
        """The rarest pieces of the query's words that occur."""
        frequencies = sorted((self._searcher.doc_freq("pieces", piece), piece) for piece in asked)
        known = [(count, piece) for count, piece in frequencies if count][:PIECES_MOST]
        return [_Clause("pieces", piece, PIECE_BOOST, count) for count, piece in known]

    def _split(self, clauses: list[_Clause]) -> tuple[list[_Clause], list[_Clause]]:
        """The clauses that choose candidates, and the most frequent, where there are too many postings."""
        postings = sum(clause.frequency for clause in clauses)
        if postings <= POSTINGS_MOST:
            return clauses, []
        kept = min((clause for clause in clauses if clause.field == "body"), key=lambda clause: clause.frequency)
        left_out: list[_Clause] = []
        for clause in sorted(clauses, key=lambda clause: -clause.frequency):
            if postings <= POSTINGS_MOST or clause.frequency <= FREQUENT_SHARE * self.count:
                break
            if clause != kept:
                left_out.append(clause)
                postings -= clause.frequency
        return [clause for clause in clauses if clause not in left_out], left_out

    def _candidates(self, clauses: list[_Clause], wanted: int, allowed: NDArray[np.int64] | None) -> dict[int, float]:
        """The best `wanted` of the allowed passages by the sum of `clauses`."""
        from tantivy import Occur, Query

        queries = [self._term(clause) for clause in clauses]
        union = Query.boolean_query([(Occur.Should, query) for query in queries])
        if allowed is None:
            return self._hits(union, wanted)
        if len(allowed) <= SINGLE_KEYS_MOST:
            return self._scored(queries, self._one_of(allowed.tolist()), wanted)
        window = math.ceil(1.3 * wanted * self.count / len(allowed)) + 10
        if len(allowed) * WINDOW_ROWS_A_KEY < window:
            chosen = Query.term_set_query(self._schema, "key", allowed.tolist())
            return self._scored(queries, chosen, wanted)
        while True:
            hits, keys = self._found(union, window)
            places = np.flatnonzero(is_in(np.array(keys, dtype=np.int64), allowed))[:wanted].tolist()
            if len(places) == wanted or len(hits) < window:
                return {keys[place]: hits[place][0] for place in places}
            window *= 4

    def _phrases(self, asked: Asked, clauses: list[_Clause]) -> list[Query]:
        from tantivy import Query

        most = max(1, PHRASE_WORDS_SHARE * self.count)
        telling = {clause.term for clause in clauses if clause.frequency <= most and clause.field == "body"}
        return [
            Query.boost_query(Query.phrase_query(self._schema, "body", [(0, first), (apart, second)]), PHRASE_BOOST)
            for first, second, apart in neighbours(asked.terms, telling, PHRASE_REACH)[:PHRASES_MOST]
        ]

    def _scored(self, queries: list[Query], among: Query, most: int) -> dict[int, float]:
        """The passages of `among` that any of `queries` finds, with the sums of their scores.

        Nested one in another, each query is looked up for these passages only; side by side, Tantivy would score them
        for every passage that stands near one.
        """
        from tantivy import Occur, Query

        nested = Query.const_score_query(among, 0.0)
        for query in queries:
            nested = Query.boolean_query([(Occur.Must, nested), (Occur.Should, query)])
        return {key: score for key, score in self._hits(nested, most).items() if score > 0}

    def _hits(self, query: Query, most: int) -> dict[int, float]:
        """The scores of the best passages by key, best first."""
        hits, keys = self._found(query, most)
        return {key: hit[0] for hit, key in zip(hits, keys, strict=True)}

    def _found(self, query: Query, most: int) -> tuple[list[tuple[float, DocAddress]], list[int]]:
        hits = self._searcher.search(query, max(1, min(most, self.count)), count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return hits, cast("list[int]", keys)

    def _one_of(self, keys: list[int]) -> Query:
        from tantivy import Occur, Query

        singles = (Query.term_query(self._schema, "key", key, index_option="basic") for key in keys)
        return Query.boolean_query([(Occur.Should, single) for single in singles])

    def _term(self, clause: _Clause) -> Query:
        from tantivy import Query

        return Query.boost_query(Query.term_query(self._schema, clause.field, clause.term), clause.boost)


def is_in(keys: NDArray[np.int64], allowed: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of `keys` are among `allowed`, sorted ascending."""
    if not len(allowed):
        return np.zeros(len(keys), dtype=np.bool_)
    places = np.minimum(np.searchsorted(allowed, keys), len(allowed) - 1)
    return np.equal(allowed[places], keys)
