"""Laws of the words for status, outcome, verdict, decision and judgement.

- no line of any surface has two words, about one item, that may not stand together
- no row of a scorecard has a status that is unknown or not well without its reason
- a row that is ahead or on track without a score, or below 1 without an expected one, has the reason of it
- no row has the same fact in two sentences: "no reading" and "nothing read yet"
- what is expected of a key result follows from plan and day, with or without readings
- there is an expected number on each day of the cycle, and no gap
- a key result that is ahead has at least the score that is expected; an objective has its reason otherwise
- numbers of outcomes and of expected progress are on their own side of each other
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import display, rulebook
from okrcore._arith import snap
from okrcore.calendar import Ritual
from okrcore.display.table_rows import rows_of
from okrcore.rulebook import FACT_WORDS, FACTS_BESIDE, Fact
from strategies import CYCLE, Quarter, days, followed_by, quarters

FACT_OF = {word: fact for fact, words in FACT_WORDS.items() for word in words}
#: Facts whose words are found as they are; those of decisions and judgements are words of every day.
FOUND = (Fact.VERDICT, Fact.OUTCOME, Fact.STATUS)
DECIDED = re.compile(r"(?:decided to|taken as|decision suggested:) (\w+)")
#: Clauses about other items than that of the line, and facts that are told as those of another day or plan.
ABOUT_OTHERS = re.compile(
    r"[\w.@-]+ is (?:unknown|breached)|every key result was reached|\d+ of \d+ key results (?:was|were) short"
    r"|[^;]*(?:declared on|judged on) [^;]*|decide between .*"
    r"|[^;]* by the original plan, [^;]*|(?:at risk since|escalate by) [^;,]*"
    r"|[^;]* \([^;()]+\) on [\d-]+, [^;]* on [\d-]+"
)
PAGE = (Path(__file__).parents[2] / "docs/reference/one-word-for-one-fact.md").read_text("utf-8")
GOOD = {"ahead", "on track", "reached", "as far as a stretch asks", "delivered", "succeeded"}


def words_in(line: str) -> set[str]:
    """Return the words of facts about the item of a line."""
    line = ABOUT_OTHERS.sub("", line)
    found = set(DECIDED.findall(line))
    words = [word for fact in FOUND for word in FACT_WORDS[fact]]
    for word in sorted(words, key=len, reverse=True):
        line, count = re.subn(rf"\b{word}\b", "", line)
        found |= {word} if count else set()
    return found


def check_line(line: str) -> None:
    for one, other in combinations(words_in(line), 2):
        assert FACT_OF[other] in FACTS_BESIDE[FACT_OF[one]], (one, other, line)


def lines_of_card(card: okr.Scorecard) -> Iterator[str]:
    for row in rows_of(card):
        if row.kind not in ("guardrail", "kpi", "metric"):
            yield f"{row.status}; {row.note}"
    for line in display.scorecard_markdown(card).splitlines():
        if card.plan_in_force.metrics or "within its limit" in line or "outside its limit" in line:
            continue
        yield line.replace("\\", "").replace(" · ", "; ")


def lines_of_rows(card: okr.Scorecard) -> Iterator[str]:
    for row in display.scorecard_html(card).split("</tr>"):
        if "limit" not in row and not card.plan_in_force.metrics:
            yield unescape(re.sub(r"<[^>]*>", "; ", row))
    for record in okr.to_records(card):
        if record["kind"] in ("objective", "key result"):
            yield f"{record['status']}; {record['verdict']}; {record['outcome']}"


def lines_of_explanations(card: okr.Scorecard) -> Iterator[str]:
    for result in card:
        for id in (result.id, *result.key_results):
            remarks = card.explain(id).remarks
            yield "; ".join(each for each in remarks if not each.startswith("guardrail "))


def lines_of_reviews(plan: okr.Plan, journal: okr.Journal, card: okr.Scorecard) -> Iterator[str]:
    for ritual in Ritual:
        agenda = okr.review.make_agenda(plan, journal, as_of=card.as_of, ritual=ritual)
        for section in agenda.sections:
            for item in section.items:
                yield item.text
                yield from item.notes
    for finding in okr.review.look_back(card, of=[each.id for each in card]):
        yield f"{finding.words}; {finding.advice}"
    for result in card:
        draft = okr.review.draft_post_mortem(card, result.id)
        yield from (f"{each.planned}; {each.actual}" for each in draft.outcomes)


@given(
    quarters(max_objectives=3),
    st.integers(-5, 20) | st.none(),
    st.lists(st.tuples(days, st.sampled_from(okr.ClosingDecision)), max_size=2),
)
def test_no_surface_has_two_words_that_may_not_stand_together(
    quarter: Quarter, after: int | None, closings: list[tuple[date, okr.ClosingDecision]]
) -> None:
    on = quarter.day if after is None else CYCLE.end + timedelta(days=after)
    plan, objectives = quarter.plan, quarter.plan.objectives
    acts = [
        okr.Closing(objective.id, day, decision)
        for objective, (day, decision) in zip(objectives, closings, strict=False)
    ]
    journal = followed_by(plan, quarter.journal, acts)
    card = okr.evaluate(plan, journal, as_of=on, strict=False)
    for lines in (
        lines_of_card(card),
        lines_of_rows(card),
        lines_of_explanations(card),
        lines_of_reviews(plan, journal, card),
    ):
        for line in lines:
            check_line(line)


def test_no_word_belongs_to_two_facts() -> None:
    words = [word for each in FACT_WORDS.values() for word in each]
    assert sorted(words) == sorted(set(words))
    for fact, beside in FACTS_BESIDE.items():
        assert fact not in beside
        assert all(fact in FACTS_BESIDE[other] for other in beside)
    assert set(FACT_WORDS) == set(FACTS_BESIDE) == set(Fact)
    assert {*FACT_WORDS[Fact.STATUS], *FACT_WORDS[Fact.END]} == set(rulebook.Status)


def test_the_page_has_the_table() -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows[1:]] == list(Fact)
    for fact, _, words, beside in rows[1:]:
        assert tuple(words.split(", ")) == FACT_WORDS[Fact(fact)]
        assert [*map(Fact, beside.split(", "))] == [
            each for each in Fact if each in FACTS_BESIDE[Fact(fact)]
        ]


@given(quarters(max_objectives=3), st.integers(-5, 20) | st.none())
def test_no_row_has_a_status_without_its_reason(quarter: Quarter, after: int | None) -> None:
    on = quarter.day if after is None else CYCLE.end + timedelta(days=after)
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=on, strict=False)
    for row in rows_of(card):
        if row.kind in ("guardrail", "metric") or row.status in GOOD:
            continue
        assert row.note, row
    for row in rows_of(card):
        assert row.status != "unknown" or row.note


@given(quarters(max_objectives=3))
def test_a_status_without_numbers_has_its_reason(quarter: Quarter) -> None:
    card = quarter.evaluate()
    ids = [id for result in card for id in (result.id, *result.key_results)]
    reasons = {card[id].status_why for id in ids}
    for row in rows_of(card):
        if row.status in ("ahead", "on track"):
            has_pace = row.expected is not None and row.score is not None
            is_full = row.score is not None and snap(row.score) >= 1
            assert has_pace or is_full or any(why in row.note for why in reasons), row
        assert not ("nothing read yet" in row.note and "no reading" in row.note)


@given(quarters())
def test_expected_follows_from_plan_and_day(quarter: Quarter) -> None:
    card = quarter.evaluate()
    kept = [each for each in quarter.journal.entries if not isinstance(each, okr.CheckIn)]
    unread = okr.evaluate(quarter.plan, okr.Journal(kept), as_of=quarter.day, strict=False)
    for result in card:
        for id in result.key_results:
            assert card.key_result(id).expected == unread.key_result(id).expected


@given(
    st.lists(st.floats(0, 12), min_size=1, max_size=4),
    st.sampled_from([None, *okr.Ambition]),
    st.lists(st.integers(0, 91), min_size=1, max_size=3),
    st.booleans(),
)
def test_expected_progress_has_no_gap(
    values: list[float], ambition: okr.Ambition | None, read_on: list[int], live: bool
) -> None:
    measures: tuple[okr.plan.Measure, ...] = (
        okr.Reach(10),
        okr.Increase(2, 8),
        okr.AtMost(5),
        okr.PassFail(),
    )
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                cycle=CYCLE,
                ambition=ambition,
                key_results=[
                    okr.KeyResult(f"k{n}", f"K{n}", measure) for n, measure in enumerate(measures)
                ],
            ),
            okr.Objective("above", "Above", cycle=CYCLE),
        ]
    )
    plan = plan.put(okr.Objective("above", "Above", cycle=CYCLE))
    entries = [
        okr.CheckIn(f"k{n}", CYCLE.start + timedelta(days=day), value > 5 if n == 3 else value)
        for n, (value, day) in enumerate(zip(values, read_on, strict=False))
    ]
    journal = okr.Journal(entries)
    asked = [CYCLE.start + timedelta(days=n) for n in range(0, 92, 7)]
    for row in okr.evaluate_series(plan, journal, asked):
        assert (row.expected is None) == (row.id in ("k3", "above"))
    if live:
        followed = okr.LiveScorecard(plan, okr.Journal(), as_of=asked[-1])
        for entry in entries:
            followed.record(entry)
        whole = okr.evaluate(plan, journal, as_of=asked[-1])
        assert followed.card.objective("o").expected == whole.objective("o").expected


@given(quarters(max_objectives=3))
def test_nothing_is_ahead_with_less_than_expected(quarter: Quarter) -> None:
    card = quarter.evaluate()
    for result in card:
        results: list[okr.scorecard.ObjectiveResult | okr.scorecard.KeyResultResult] = [result]
        results += map(card.key_result, result.key_results)
        for each in results:
            if each.status == "ahead" and each.score is not None and each.expected is not None:
                is_lower = snap(each.score) < snap(each.expected)
                assert not is_lower or " of the parts with a line, expected " in each.status_why
                assert each.pace is None or snap(each.pace) >= 1 or "done" in each.status_why


@given(
    st.sampled_from([okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL]),
    st.sampled_from([0.4, 0.7, 1.0]),
    st.integers(-9, 9),
    st.integers(2, 9),
)
def test_outcomes_are_written_on_their_side(
    ambition: okr.Ambition, edge: float, size: int, power: int
) -> None:
    score = edge + size * 10.0**-power
    kr = okr.KeyResult("k", "K", okr.Reach(1))
    plan = okr.Plan([okr.Objective("o", "O", cycle=CYCLE, ambition=ambition, key_results=[kr])])
    card = okr.evaluate(plan, okr.Journal(okr.check_ins(CYCLE.end, {"k": score})), as_of=CYCLE.end)
    found = card.key_result("k")
    shares = [Decimal(each) / 100 for each in re.findall(r"([\d.]+)%", found.status_why)]
    share = 0.7 if ambition is okr.Ambition.ASPIRATIONAL else 1.0
    if found.outcome == "reached":
        assert snap(score) >= 1
        assert shares[0] >= 1
    elif found.outcome == "short":
        assert snap(score) < share
        assert shares[0] < shares[1] == Decimal(str(share))
    else:
        assert share <= snap(score) < 1
        assert Decimal(str(share)) <= shares[0] < 1


@given(st.floats(0, 1.2), st.integers(0, 91), st.sampled_from([None, *okr.Ambition]))
def test_expected_progress_is_written_on_its_side(
    score: float, day: int, ambition: okr.Ambition | None
) -> None:
    objective = okr.Objective(
        "o",
        "O",
        cycle=CYCLE,
        ambition=ambition,
        key_results=[okr.KeyResult("k", "K", okr.Reach(1))],
    )
    on = CYCLE.start + timedelta(days=day)
    plan, journal = okr.Plan([objective]), okr.Journal(okr.check_ins(on, {"k": score}))
    found = okr.evaluate(plan, journal, as_of=on).key_result("k")
    written = re.match(r"progress ([\d.]+), expected ([\d.]+) by now", found.status_why)
    if written and found.expected is not None and found.score is not None:
        first, second = map(Decimal, written.groups())
        ends = snap(found.score), snap(found.expected)
        assert (first > second) - (first < second) == (ends[0] > ends[1]) - (ends[0] < ends[1])
