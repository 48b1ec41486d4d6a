"""All that a reader learns from, gathered."""

import json
from pathlib import Path

from assistant.reader.gathered import counts, gather, gather_first

SENTENCES = ("The mill of {name} was built in {year}.", "Its wheel came from {name}.", "It grinds corn.", "It stands.")
SAMPLE = Path("corpus/sample/digitales.md")


def _squad(folder: Path, name: str, *, unanswerable: bool) -> Path:
    articles = []
    for number in range(20):
        paragraphs = []
        for place in ("Vama", "Cluj", "Arad"):
            year = f"18{number:02}"
            context = " ".join(SENTENCES).format(name=place, year=year)
            told = {"text": year, "answer_start": context.index(year)}
            qas = [{"question": f"When was the mill of {place} built?", "answers": [told]}]
            if unanswerable:
                qas.append({"question": "Who owned it?", "answers": [], "is_impossible": True})  # type: ignore[dict-item]
            paragraphs.append({"context": context, "qas": qas})
        articles.append({"title": f"{name} {number}", "paragraphs": paragraphs})
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"data": articles}), "utf-8")
    return path


def test_whole_articles_are_held_back_and_only_as_people_asked_them(tmp_path: Path) -> None:
    learned, held = gather([_squad(tmp_path, "both", unanswerable=True)], [], 1)
    assert len(held) == 12
    assert {one.source for one in held} == {"both"}
    assert not {one.article for one in held} & {one.article for one in learned}


def test_files_of_answered_questions_only_hold_nothing_back_and_mislead_nobody(tmp_path: Path) -> None:
    learned, held = gather([_squad(tmp_path, "answered", unanswerable=False)], [], 1)
    assert held == []
    assert counts(learned) == {"answered": (60, 0), "removed": (0, 3)}


def test_the_shares_are_of_the_answered_questions(tmp_path: Path) -> None:
    told = counts(gather([_squad(tmp_path, "both", unanswerable=True)], [], 1)[0])
    assert told["both"] == (54, 54)
    assert told["misled"][1] <= round(0.35 * 54)
    assert told["removed"] == (0, 5)


def test_made_questions_are_half_unanswerable() -> None:
    told = [found for source, found in counts(gather([], [SAMPLE], 1)[0]).items() if source.startswith("made")]
    assert sum(answered for answered, _ in told) == sum(not_there for _, not_there in told) > 0


def test_an_answer_lies_in_its_passage_and_the_same_seed_gathers_the_same(tmp_path: Path) -> None:
    path = _squad(tmp_path, "both", unanswerable=True)
    learned, _ = gather([path], [SAMPLE], 7)
    assert all(one.answer.of(one.passage).strip() for one in learned if one.answer)
    assert (learned, _) == gather([path], [SAMPLE], 7)


def test_the_first_pass_is_of_passages_of_files_with_unanswerable_questions(tmp_path: Path) -> None:
    files = [_squad(tmp_path, name, unanswerable=name == "both") for name in ("both", "answered")]
    learned, held = gather(files, [], 1)
    first = gather_first(learned, 1)
    told = counts(first)
    assert told["cloze"][0] > 0
    assert all(answered == 0 for source, (answered, _) in told.items() if source != "cloze")
    assert all(one.article.startswith("both") for one in first)
    assert not {one.article for one in held} & {one.article for one in first}
