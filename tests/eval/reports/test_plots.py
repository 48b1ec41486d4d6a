"""Pictures: the figures are where they belong, the same each time, without what a page forbids."""

import math
import re
from pathlib import Path

import pytest
from lxml import etree

from eval.reports.plots import ACCENT, LEAST_SPAN, SMALL, Paint, draw, scores, shares, times

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
DAYS = ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"]
NONE = (math.nan, math.nan, math.nan)


def drawn(paint: Paint, **options: object) -> etree._Element:
    return etree.fromstring(draw(paint, "Score by run", "From 1 to 2.", **options))  # type: ignore[arg-type]


def dots(root: etree._Element) -> list[tuple[float, float]]:
    """Give the places of the dots, in the order in which they were drawn; the ends of whiskers are no dots."""
    round_ones = {path.get("id") for path in root.iter(f"{SVG}path") if "C" in str(path.get("d"))}
    uses = [use for use in root.iter(f"{SVG}use") if str(use.get(f"{LINK}href")).strip("#") in round_ones]
    return [(float(str(use.get("x"))), float(str(use.get("y")))) for use in uses]


def words(root: etree._Element) -> list[str]:
    return [str(text.text) for text in root.iter(f"{SVG}text")]


def lines(root: etree._Element) -> list[int]:
    """Tell of each line that joins dots how many it joins."""
    paths = [path for path in root.iter(f"{SVG}path") if path.get("stroke-width") == "1.5" and path.get("clip-path")]
    return [len(re.findall("[ML]", str(path.get("d")))) for path in paths]


def test_a_higher_score_stands_higher_and_later_runs_to_the_right() -> None:
    first, second, third = dots(drawn(scores(DAYS[:3], [(0.8, 0.7, 0.9), (0.9, 0.8, 1.0), (0.7, 0.6, 0.8)], ())))
    assert first[0] < second[0] < third[0]
    assert second[1] < first[1] < third[1]  # y grows downwards
    assert second[0] - first[0] == pytest.approx(third[0] - second[0])
    assert first[1] - second[1] == pytest.approx((third[1] - second[1]) / 2)  # 0.1 and 0.2


def test_runs_that_asked_other_questions_or_have_no_score_are_not_joined() -> None:
    values = [(0.8, 0.7, 0.9)] * 4
    assert lines(drawn(scores(DAYS, values, ()))) == [4]
    assert lines(drawn(scores(DAYS, values, [1]))) == [1, 3]
    assert lines(drawn(scores(DAYS, [*values[:1], NONE, *values[:2]], ()))) == [1, 2]
    assert len(dots(drawn(scores(DAYS, [NONE] * 4, ())))) == 0


def test_a_small_difference_is_not_made_to_look_large() -> None:
    root = drawn(scores(DAYS[:2], [(0.9, 0.9, 0.9), (0.901, 0.901, 0.901)], ()))
    marks = [float(word) for word in words(root) if "." in word]
    assert max(marks) - min(marks) > LEAST_SPAN / 2
    low = [float(word) for word in words(drawn(scores(DAYS[:1], [(0.0, 0.0, 0.02)], ()))) if "." in word]
    assert min(low) == 0


def test_times_start_at_nothing_and_are_named() -> None:
    said = words(drawn(times(DAYS[:2], [1_900.0, 1_950.0], [1_990.0, 2_000.0], ())))
    assert {"p50", "p95", "0 ms", "2,000 ms"} <= set(said)


def test_bars_are_as_high_as_the_questions_and_filled_as_far_as_they_went_right() -> None:
    root = drawn(shares(DAYS[:2], [1, 2], [2, 4]), size=SMALL)
    heights = []
    for path in root.iter(f"{SVG}path"):
        if path.get("fill") in ("var(--faint)", "var(--accent)") and path.get("clip-path"):
            ys = [float(y) for y in re.findall(r"[ML] [\d.]+ ([\d.]+)", str(path.get("d")))]
            heights.append(max(ys) - min(ys))
    two, four, one, also_two = heights
    assert two == pytest.approx(2 * one)
    assert also_two == pytest.approx(two)
    assert four == pytest.approx(4 * one)
    assert "4" in words(root)


def test_of_many_runs_some_dates_are_written_the_first_and_the_last_among_them() -> None:
    days = [f"day {n}" for n in range(100)]
    said = [word for word in words(drawn(scores(days, [(0.5, 0.4, 0.6)] * 100, ()))) if word.startswith("day")]
    assert (said[0], said[-1], len(said)) == ("day 0", "day 99", 5)


def test_a_picture_says_in_words_what_it_shows() -> None:
    root = drawn(scores(DAYS, [(0.8, 0.7, 0.9)] * 4, ()))
    assert (root.get("role"), root[0].text, root[1].text) == ("img", "Score by run", "From 1 to 2.")


def test_nothing_is_in_it_that_a_strict_page_forbids_and_its_colours_are_the_page_s() -> None:
    root = drawn(scores(DAYS, [(0.8, 0.7, 0.9)] * 4, [2]))
    assert not [one for one in root.iter() if one.get("style") or one.tag in (f"{SVG}style", f"{SVG}metadata")]
    told = etree.tostring(root, encoding="unicode")
    assert "var(--accent)" in told
    assert not re.search(r"#[0-9a-f]{6}\b(?!\d)", re.sub(r"(href=\"|url\()#\w+", "", told))
    alone = draw(scores(DAYS, [(0.8, 0.7, 0.9)] * 4, [2]), "a", "b", in_page=False)
    assert ACCENT in alone
    assert "var(" not in alone
    assert 'width="' in alone.split(">")[0]


def test_two_pictures_of_a_page_share_no_name_of_a_part() -> None:
    names = []
    for title in ("one", "two"):
        root = etree.fromstring(draw(scores(DAYS, [(0.8, 0.7, 0.9)] * 4, ()), title, ""))
        names += [one.get("id") for one in root.iter() if one.get("id")]
    assert names
    assert len(set(names)) == len(names)


def test_it_is_the_same_each_time_whatever_a_user_has_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib

    paint = scores(["$a$", "b_1"], [(0.8, 0.7, 0.9)] * 2, ())
    before = draw(paint, "a", "b")
    monkeypatch.chdir(tmp_path)
    with matplotlib.rc_context({"font.size": 30, "axes.linewidth": 9, "xtick.major.size": 20, "svg.fonttype": "path"}):
        assert draw(paint, "a", "b") == before
        assert matplotlib.rcParams["font.size"] == 30
    assert "$a$" in before
