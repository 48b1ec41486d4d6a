"""Benchmarks of reading: how fast files become records, beside what others would use, in one run.

Every measurement is made in a process of its own, so that its memory is its own and nothing is warm for the second;
ours and the peer's take turns, and medians are quoted. The files are made here, of words without meaning.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.document import Unreadable
from corpus.errors import MisuseError
from corpus.files import find_files
from corpus.pool import read_files, wanted
from corpus.reading import read_file
from eval.errors import EvaluationError
from eval.processes import measure

PAGES = 400
"""Pages of the PDF report, some 3,000 characters each."""
ROWS = 20_000
"""Rows of the register, twelve columns."""
SITE_PAGES = 300
"""Pages of the web site."""
ROUNDS = 3

SYLLABLES = "la me ro ti su ka ne vo di ran tor sel mun pri dal fen gos hul bir cam".split()


@dataclass(frozen=True, slots=True)
class Speed:
    """How one program read one kind of file: medians over rounds; `memory` is its processes' peak together, MiB."""

    kind: str
    program: str
    units: str
    per_second: float
    seconds: float
    memory: float


def bench(paths: Sequence[Path], *, rounds: int = ROUNDS, only: Sequence[str] = ()) -> list[Speed]:
    """Speeds on the files at `paths` or, without paths, on a report, a site and a register made for it, beside peers.

    Raises:
        MisuseError: a path does not exist, or there is nothing to read.
        EvaluationError: a program failed; its last words are in the message.
    """
    if paths:
        files = wanted(find_files(paths), paths)
        if not files:
            raise MisuseError(
                f"{', '.join(map(str, paths))}: no document to read; give a file or a folder of documents"
            )
        return list(_measured("your files", len(files), "files", ["ours"], paths, rounds))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        speeds: list[Speed] = []
        for kind, make, units, count, programs in KINDS:
            if not only or kind in only:
                path = Path(folder, kind)
                path.mkdir()
                make(path)
                speeds += _measured(kind, count, units, programs, [path], rounds)
        return speeds


def table(speeds: Sequence[Speed]) -> str:
    """A line for each program, with how many times as fast ours is as the peer."""
    ours = {speed.kind: speed.per_second for speed in speeds if speed.program == "ours"}
    lines = [f"{'files':12}{'program':22}{'per second':>20}{'seconds':>10}{'peak MiB':>10}{'ours is':>9}"]
    for speed in speeds:
        ratio = "" if speed.program == "ours" else f"{ours[speed.kind] / speed.per_second:.1f} ×"
        rate = f"{speed.per_second:,.0f} {speed.units}"
        lines.append(f"{speed.kind:12}{speed.program:22}{rate:>20}{speed.seconds:10.2f}{speed.memory:10.0f}{ratio:>9}")
    return "\n".join(lines)


def to_json(speeds: Sequence[Speed]) -> str:
    """The speeds as one JSON array."""
    return json.dumps([asdict(speed) for speed in speeds])


def _measured(
    kind: str, count: int, units: str, programs: Sequence[str], paths: Sequence[Path], rounds: int
) -> Iterator[Speed]:
    seconds: dict[str, list[float]] = {program: [] for program in programs}
    memory: dict[str, list[float]] = {program: [] for program in programs}
    for _ in range(rounds):
        for program in programs:
            taken, peak = _timed(program, paths)
            seconds[program].append(taken)
            memory[program].append(peak)
    for program in programs:
        median = statistics.median(seconds[program])
        yield Speed(kind, program, units, count / median, median, statistics.median(memory[program]))


def _timed(program: str, paths: Sequence[Path]) -> tuple[float, float]:
    """(seconds, peak MiB) of one program in a new process; what importing it takes is not counted."""
    ended = measure("eval.bench", [program, *map(str, paths)])
    return float(ended.said), ended.memory


def _run(program: str, paths: Sequence[Path]) -> None:
    """What a process of `_timed` does: read the files, print the seconds it took."""
    read = READERS[program]
    read([])  # its imports
    began = time.perf_counter()
    read(paths)
    print(time.perf_counter() - began)


def _ours(paths: Sequence[Path]) -> None:
    for reading in read_files(find_files(paths), read_file):
        if isinstance(reading, Unreadable):
            raise EvaluationError(f"{reading.source}: {reading.reason}")


def _pypdf(paths: Sequence[Path]) -> None:
    from pypdf import PdfReader

    for path in _files(paths):
        for page in PdfReader(path).pages:
            page.extract_text()


def _trafilatura(paths: Sequence[Path]) -> None:
    import trafilatura

    for path in _files(paths):
        trafilatura.extract(path.read_text(encoding="utf-8"), include_tables=True)


def _dict_reader(paths: Sequence[Path]) -> None:
    import csv

    for path in _files(paths):
        with path.open(encoding="utf-8", newline="") as file:
            sum(len(row) for row in csv.DictReader(file))


def _files(paths: Sequence[Path]) -> list[Path]:
    return [path for root in paths for path in sorted(root.rglob("*")) if path.is_file()]


def _words(chance: random.Random, count: int) -> str:
    made = ("".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(count))
    text = " ".join(made)
    return text[:1].upper() + text[1:] + "."


def _facts(chance: random.Random) -> list[tuple[str, str]]:
    first = chance.randint(2005, 2020)
    return [
        ("Period", f"March {first} – June {first + 2}"),
        ("Budget", f"{chance.randint(5, 900)},{chance.randint(100, 999)} EUR"),
        ("Funder", f"{_words(chance, 2).title().rstrip('.')} Foundation"),
        (
            "Partners",
            f"{_words(chance, 2).title().rstrip('.')} (Romania), {_words(chance, 2).title().rstrip('.')} (Italy)",
        ),
    ]


def _make_report(folder: Path) -> None:
    import typst

    chance = random.Random(1)  # noqa: S311  # words without meaning
    parts = ["#set page(header: [Annual report], footer: context counter(page).display())\n#set par(justify: true)"]
    for number in range(PAGES):
        facts = "\n\n".join(f"{label}: {value}" for label, value in _facts(chance))
        prose = "\n\n".join(" ".join(_words(chance, 14) for _ in range(7)) for _ in range(4))
        parts.append(f"= Project {number} {_words(chance, 3)[:-1]}\n\n{prose}\n\n{facts}\n\n#pagebreak(weak: true)")
    half = len(parts) // 2
    for name, some in (("a.pdf", parts[: half + 1]), ("b.pdf", parts[:1] + parts[half + 1 :])):
        source = folder / "report.typ"
        source.write_text("\n\n".join(some), encoding="utf-8")
        (folder / name).write_bytes(typst.compile(str(source)))
        source.unlink()


def _make_site(folder: Path) -> None:
    chance = random.Random(2)  # noqa: S311
    menu = "".join(f'<li><a href="/{n}">{_words(chance, 1)[:-1]}</a></li>' for n in range(30))
    for number in range(SITE_PAGES):
        facts = "".join(f"<li><b>{label}:</b> {value}</li>" for label, value in _facts(chance))
        prose = "".join(f"<p>{' '.join(_words(chance, 14) for _ in range(5))}</p>" for _ in range(6))
        page = (
            f'<html lang="en"><head><title>{number}</title></head><body><nav><ul>{menu}</ul></nav><main>'
            f"<h1>Project {number} {_words(chance, 3)[:-1]}</h1>{prose}<ul>{facts}</ul></main>"
            f'<div class="footer"><ul>{menu}</ul></div></body></html>'
        )
        (folder / f"{number}.html").write_text(page, encoding="utf-8")


def _make_register(folder: Path) -> None:
    import csv

    chance = random.Random(3)  # noqa: S311
    head = (
        "Reference,Project title,Description,Beneficiary,Funder,Programme,Start date,End date,Grant,Total budget,"
        "Currency,Region"
    )
    with (folder / "register.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head.split(","))
        for number in range(ROWS):
            year, grant = chance.randint(2005, 2020), chance.randint(5_000, 900_000)
            names = [_words(chance, 3).rstrip(".") for _ in range(4)]
            writer.writerow([
                f"RO-{number:06}", names[0], " ".join(_words(chance, 14) for _ in range(3)), *names[1:],
                f"{year}-03-01", f"{year + 2}-06-30", grant, grant * 2, "EUR", _words(chance, 1).rstrip("."),
            ])  # fmt: skip


KINDS: list[tuple[str, Callable[[Path], None], str, int, list[str]]] = [
    ("pdf", _make_report, "pages", PAGES, ["ours", "pypdf"]),
    ("html", _make_site, "pages", SITE_PAGES, ["ours", "trafilatura"]),
    ("csv", _make_register, "rows", ROWS, ["ours", "csv.DictReader"]),
]
"""Name, maker, unit, how many of it, and the programs that read it. A peer gives text, or cells, and no record."""
READERS: dict[str, Callable[[Sequence[Path]], None]] = {
    "ours": _ours,
    "pypdf": _pypdf,
    "trafilatura": _trafilatura,
    "csv.DictReader": _dict_reader,
}

if __name__ == "__main__":
    _run(sys.argv[1], [Path(argument) for argument in sys.argv[2:]])
