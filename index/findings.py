"""What the corpus check has found in a store's documents, kept beside them until they change.

Written by the process of a sync (`index.sync_process`), read by the page. Knows nothing of how it was found.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from corpus.check import Finding
from corpus.document import Span
from corpus.doubts import SEVERITIES
from corpus.files import file_of

FILE = "findings.json"


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings, the gravest first; `of` names the state of the documents that was checked, `at` is ISO 8601, UTC."""

    of: str
    at: str
    found: tuple[Finding, ...]

    def by_file(self) -> Counter[str]:
        """How many findings each file has, by its source."""
        return Counter(file_of(one.source) for one in self.found if one.source)

    def of_severity(self, severity: str, file: str = "") -> list[Finding]:
        """Those of one gravity, in all files or in one."""
        return [one for one in self.found if one.severity == severity and (not file or file_of(one.source) == file)]

    def unreadable(self) -> dict[str, str]:
        """Source → reason of the files that could not be read."""
        return {one.source: one.message for one in self.found if one.kind == "unreadable"}


def state_of(identity: str, generation: int, failed: Sequence[str]) -> str:
    """What a state of the documents is called: another where any has changed, or other files cannot be read."""
    return json.dumps([identity, generation, sorted(failed)])


def write_findings(folder: Path, findings: Findings) -> None:
    """Keep them in the store's folder, in place of those before."""
    order = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    found = sorted(findings.found, key=lambda one: order[one.severity])
    told = {"of": findings.of, "at": findings.at, "found": [asdict(one) for one in found]}
    new = folder / f"{FILE}.new"
    new.write_text(json.dumps(told), encoding="utf-8")
    new.replace(folder / FILE)


def read_findings(folder: Path) -> Findings | None:
    """Those that are kept; None where the documents were never checked."""
    path = folder / FILE
    with suppress(FileNotFoundError):
        return _read(path, path.stat().st_mtime_ns)
    return None


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Findings | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Findings(told["of"], told["at"], tuple(map(_finding, told["found"])))
    except (ValueError, KeyError, TypeError):  # cut short by a full disk, or of another version: made again by a sync
        return None


def _finding(told: dict[str, object]) -> Finding:
    span = told.pop("span")
    return Finding(**told, span=Span(*span) if isinstance(span, list) else None)  # type: ignore[arg-type]


def is_current(findings: Findings, identity: str, generation: int) -> bool:
    """Whether they are of the documents as this generation of this store has them."""
    return bool(json.loads(findings.of)[:2] == [identity, generation])


def link_of(finding: Finding, ids: Mapping[str, str]) -> str:
    """The place of a finding among the pages of documents, below their language's path; nothing where it has none.

    `ids` are those of documents by source.
    """
    identity = ids.get(finding.source)
    if not identity:
        return ""
    place = f"?start={finding.span.start}&end={finding.span.end}" if finding.span else ""
    return f"/passages/{quote(identity, safe='')}{place}"
