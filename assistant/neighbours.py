"""What a project shares with others of its store: funder, country, year; how many there are, and one beside it.

Asks the catalogue for keys alone; reads at most one other record.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.linking import Subject
from assistant.name_conditions import FUNDING
from assistant.records import Records
from index.contents import Keys
from index.filters import Filters

FEWEST, MOST = 2, 200
"""Projects that share something worth asking for: with fewer it is alone, of more an answer lists only the first."""
LONGEST_NAME = 60
"""Characters of a name that a question proposed may hold."""
UNSAID = frozenset(';\n\t“”„"?[]{}|')
"""Characters with which a name is no plain name."""
OF_FUNDER, OF_COUNTRY, OF_YEAR = "funder", "country", "year"


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that several projects share: the kind of it, its name (of a country its code), and their keys."""

    kind: str
    name: str
    keys: Keys


def shared_of(subject: Subject, records: Records) -> Iterator[Shared]:
    """What a project shares with a few others, the closest first."""
    project = subject.project
    if project is None:
        return
    named = [one.name for one in project.organisations if one.role in FUNDING]
    told = [(OF_FUNDER, name, Filters(organisation=name, role=FUNDING)) for name in named[:2] if is_sayable(name)]
    codes = dict.fromkeys(one.country for one in project.places if one.country)
    told += [(OF_COUNTRY, code, Filters(country=code)) for code in list(codes)[:1] if code]
    year = (project.period.start or "")[:4] if project.period else ""
    told += [(OF_YEAR, year, Filters(since=year, until=year))] if year else []
    for kind, name, filters in told:
        keys = records.store.choose([filters])
        if FEWEST <= len(records.once(keys.tolist()) if len(keys) <= MOST else keys) <= MOST:
            yield Shared(kind, name, keys)


def beside(subject: Subject, shared: Shared, records: Records) -> Subject | None:
    """Another project that shares something with one, the first of the catalogue."""
    own = set(records.files_of(records.keys[subject.key]))
    other = next((key for key in shared.keys.tolist() if key not in own), None)
    return records.by_key([other])[other] if other is not None else None


def is_sayable(name: str) -> bool:
    """Whether a title or a name can stand in a question as it is."""
    return 0 < len(name) <= LONGEST_NAME and not UNSAID & set(name)
