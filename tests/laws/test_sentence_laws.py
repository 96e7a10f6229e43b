"""Laws of sentences and the numbers in them.

- a number that is written beside an edge is on its own side of it, and is on it only at 12 decimals
- no page, sentence or repr has a -0
- scores in tables, verdicts and advice are on their own side of every edge of their rulebook
- a sentence about a breach has a reading that breached
- an original score is told of what adjustments changed, and of nothing else
- an explanation names every adjustment of a key result
- what is worse than at the start is told from nothing yet
- milestones are named in the order of their measure
- the share in a sentence, times the factor in it, is the progress
- a breach of a maximum or a minimum has a day on which its reading was read
- a change that is not 0 is not written as 0
- an explanation names who paused an item and why
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from okrcore._arith import percent_beside, short_beside, snap, written_beside
from okrcore.display.table_rows import rows_of
from okrcore.plan.unit import plain
from okrcore.rulebook import ByBands, Verdict
from strategies import CYCLE, Quarter, followed_by, quarters

#: Numbers on an edge, a hair from it, and near enough to be rounded to it.
edges = st.sampled_from([0.0, 1.0, 0.7, 0.4, 2 / 3, 85.0, 99.5, 0.016, -0.3, 1e6, 1_250_000.0]) | (
    st.floats(-1000, 1000)
)
hairs = st.sampled_from([0.0]) | st.builds(
    lambda size, sign, power: sign * size * 10.0**-power,
    st.integers(1, 9),
    st.sampled_from([-1, 1]),
    st.integers(1, 14),
)
names = st.sampled_from(["USD", "%", "people", "mm:ss", "h:mm:ss", "x"])


def side(value: float | Decimal, edge: float | Decimal) -> int:
    return (value > edge) - (value < edge)


def kept_apart(value: float, edge: float, texts: tuple[Decimal, Decimal]) -> None:
    """Check two numbers, each written beside the other, as they are read again."""
    own = side(snap(value), snap(edge))
    assert side(*texts) == own
    exact = [Decimal(repr(snap(number))) for number in (value, edge)]
    if own:
        assert side(texts[0], exact[1]) == own
        assert side(exact[0], texts[1]) == own


@given(edges, hairs, st.lists(edges, max_size=2))
def test_numbers_stay_on_their_side_of_an_edge(edge: float, hair: float, more: list[float]) -> None:
    value = edge + hair
    for write in (written_beside, short_beside, plain):
        texts = (write(value, edge, *more), write(edge, value, *more))
        first, second = (Decimal(text.replace(",", "")) for text in texts)
        kept_apart(value, edge, (first, second))
        assert not re.search(r"-0(\.0*)?$", " ".join(texts))
    shares = (percent_beside(value, edge, *more), percent_beside(edge, value, *more))
    first, second = (Decimal(text.removesuffix("%")) / 100 for text in shares)
    kept_apart(value, edge, (first, second))


@given(edges, hairs, names, st.sampled_from(["", "k", "M", "B"]), st.booleans())
def test_units_keep_numbers_on_their_side_of_an_edge(
    edge: float, hair: float, name: str, shown_in: str, bare: bool
) -> None:
    unit = okr.Unit(name, shown_in=shown_in if name in ("USD", "people") else "")
    value = edge + hair
    write = unit.bare if bare else unit.format
    texts = [write(value, edge), write(edge, value)]
    kept_apart(value, edge, (read_back(texts[0]), read_back(texts[1])))
    assert not any(re.search(r"-\D?0[^.:\d]*$", text) for text in texts)


def read_back(text: str) -> Decimal:
    """Return the number that a unit wrote, exactly."""
    sign = -1 if text.startswith("-") else 1
    size = {"k": 1000, "M": 10**6, "B": 10**9}.get(re.sub(r"[^kMB]", "", text)[-1:], 1)
    bare = re.sub(r"[^\d.:e-]", "", text.replace("people", "").replace("person", "")).lstrip("-")
    total = Decimal(0)
    for part in bare.split(":"):
        total = total * 60 + Decimal(part)
    return sign * total * size


# --- whole scorecards --------------------------------------------------------------------------

_MINUS_ZERO = re.compile(r"(?<![\d\w])-0(?:\.0+)?(?![\d.])")


def pages_of(card: okr.Scorecard) -> list[str]:
    found = [*card._repr_mimebundle_().values(), repr(list(card))]
    for result in card:
        found += card.explain(result.id)._repr_mimebundle_().values()
        found += [repr(result), result.why, result.status_why]
        found += [repr(card.key_result(id)) for id in result.key_results]
    return found


@given(quarters(max_objectives=3), testing.rulebooks())
def test_nothing_is_written_as_minus_zero(quarter: Quarter, rulebook: okr.Rulebook) -> None:
    card = quarter.evaluate(rulebook=rulebook)
    for page in pages_of(card):
        assert not _MINUS_ZERO.search(page), page
    for result in card:
        numbers = (result.score, result.progress, result.expected, *(result.score_range or ()))
        assert not any(str(number).startswith("-0.0") and not number for number in numbers)


bands = st.lists(
    st.sampled_from([0.3, 0.333, 0.5, 2 / 3, 0.695, 0.7, 0.85, 0.995, 1.0]),
    min_size=1,
    max_size=3,
    unique=True,
).map(
    lambda limits: okr.rulebook.Bands(
        [*((okr.AtLeast(x), f"from {x}") for x in sorted(limits, reverse=True)), (None, "below")]
    )
)
rounded_bands = st.builds(
    lambda some, digits: evolve(some, digits=digits), bands, st.sampled_from([None, 1, 2])
)


@st.composite
def close_calls(draw: st.DrawFn) -> okr.Scorecard:
    """Return scorecards of one objective whose score lies near an edge of its rulebook."""
    ambition = draw(st.sampled_from([None, okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL]))
    rulebook = evolve(
        okr.RECOMMENDED,
        name="close",
        scales=[okr.rulebook.Scale("grade", okr.rulebook.Axis.SCORE, draw(rounded_bands))],
        verdicts=[Verdict(each, draw(bands)) for each in okr.Ambition][:2],
        status=[*okr.RECOMMENDED.status[:2], ByBands(okr.rulebook.Axis.SCORE, draw(rounded_bands))],
    )
    edge = draw(st.sampled_from(rulebook.edges(ambition)))
    value = max(edge + draw(hairs), 0.0)
    target = draw(st.sampled_from([1.0, 1000.0]))
    key_result = okr.KeyResult("k", "K", okr.Reach(target))
    objective = okr.Objective(
        "o", "O", cycle=testing.values.CYCLE, ambition=ambition, key_results=[key_result]
    )
    day = testing.values.CYCLE.end - timedelta(days=draw(st.sampled_from([0, 40])))
    journal = okr.Journal([okr.CheckIn("k", day, value * target)])
    return okr.evaluate(okr.Plan([objective]), journal, as_of=day, rulebook=rulebook)


def shown_scores(card: okr.Scorecard) -> list[str]:
    """Return every text that stands for the score of the objective or its key result."""
    found = [row.shown_score for row in rows_of(card)]
    found += [repr(card[id]).split(", ")[1] for id in ("o", "k")]
    found += re.findall(r"(?:over|missed|below|from \S+) with ([\d.]+)", card["o"].status_why)
    found += re.findall(r"over with ([\d.]+)", card["k"].status_why)
    found += re.findall(r"^score ([\d.]+)", card["o"].status_why)
    found += re.findall(r"a score of ([\d.]+)", okr.review.suggest_closing(card, "o").because)
    found += re.findall(r"score (\d[\d.e-]*)", str(card.explain("o")).replace("\n", " "))
    agenda = okr.review.make_agenda(
        card.plan, card.journal, as_of=card.as_of, ritual="close", rulebook=card.rulebook
    )
    return found + re.findall(r"score ([\d.]*\d)", str(agenda).replace("\n", " "))


def on_its_side(text: Decimal, value: float, edges: tuple[float, ...]) -> None:
    """Check a written number against edges; on one of them it may be rounded."""
    for edge in edges:
        if snap(value) == snap(edge):
            assert abs(text - Decimal(repr(edge))) <= Decimal("0.005")
        else:
            assert side(text, Decimal(repr(snap(edge)))) == side(snap(value), snap(edge))


@given(close_calls())
def test_a_score_is_on_its_own_side_of_every_edge(card: okr.Scorecard) -> None:
    score = card["o"].score
    assert score is not None
    edges = card.rulebook.edges(card.plan_in_force.objective("o").ambition)
    texts = shown_scores(card)
    assert len(texts) >= 4
    for text in texts:
        on_its_side(Decimal(text), score, edges)
    share = re.search(r"is ([\d.]+)% of the way", card["k"].why)
    progress = card["k"].progress
    assert share is not None
    assert progress is not None
    on_its_side(Decimal(share[1]) / 100, progress, edges)
    asked = re.search(
        r"over with ([\d.]+), (not )?reached: ([\d.]+) was asked", card["k"].status_why
    )
    if asked is not None:
        assert (Decimal(asked[1]) < Decimal(asked[3])) == bool(asked[2])


@given(quarters(max_objectives=2), st.sampled_from(okr.rulebook.BreachMemory))
def test_a_sentence_about_a_breach_has_a_reading_that_breached(
    quarter: Quarter, memory: okr.rulebook.BreachMemory
) -> None:
    rule = okr.rulebook.GuardrailRule(memory=memory)
    card = quarter.evaluate(rulebook=evolve(okr.RECOMMENDED, guardrails=rule))
    for result in card:
        for guardrail in card.plan_in_force.objective(result.id).guardrails:
            found = card.guardrail(guardrail.id)
            if found.state is not okr.plan.BoundState.BREACHED:
                continue
            assert "within its limit" not in found.status_why
            first = Decimal(re.split(r"[ ,](?!\d{3})", found.status_why)[0].replace(",", ""))
            # A sentence about a breach that is over is made of the bound of its day.
            bound = guardrail.bound if found.within_since is None else found.first_breach_bound
            assert bound is not None
            assert bound.state(float(first)) is okr.plan.BoundState.BREACHED
            assert str(found.first_breach) in found.status_why
            if found.within_since is not None:
                assert str(found.within_since) in found.status_why


def without_changes(entry: Any) -> Any:
    if not isinstance(entry, okr.Adjustment):
        return entry
    return evolve(entry, measure=None, weight=None, due=None, rescale=None)


@st.composite
def decided_quarters(draw: st.DrawFn) -> Quarter:
    """Return quarters with adjustments of key results."""
    quarter = draw(quarters(max_objectives=4))
    return evolve(quarter, journal=draw(testing.journals(quarter.plan)))


def of_terms(plan: okr.Plan, journal: okr.Journal) -> okr.Journal:
    """Return a journal whose adjustments change terms of key results, after their cycle has begun."""
    unstarted = (okr.Lifecycle.DRAFT, okr.Lifecycle.PROPOSED)

    def is_kept(entry: Any) -> bool:
        item = plan.items.get(entry.of)
        if isinstance(entry, okr.Transition):
            return entry.to not in unstarted
        if not isinstance(entry, okr.Adjustment) or item is None:
            return item is not None
        home = item if isinstance(item, okr.Objective) else plan.homes.get(entry.of)
        is_planned = home is not None and home.cycle is not None and entry.on <= home.cycle.start
        others = (entry.cycle, entry.ambition, entry.sets, entry.adds, entry.removes)
        is_term = isinstance(item, (okr.Objective, okr.KeyResult)) and not any(others)
        return is_term and not is_planned

    kept = journal.keep(is_kept)
    wrong = {id(misfit.entry) for misfit in okr.journal.misfits(plan, kept)}
    return kept.keep(lambda entry: id(entry) not in wrong)


@given(decided_quarters())
def test_original_scores_are_of_what_was_adjusted(quarter: Quarter) -> None:
    quarter = evolve(quarter, journal=of_terms(quarter.plan, quarter.journal))
    card = quarter.evaluate()
    plain_journal = okr.Journal(map(without_changes, quarter.journal.entries))
    untouched = okr.evaluate(quarter.plan, plain_journal, as_of=quarter.day)
    for item in card.plan_in_force.each():
        if not isinstance(item, (okr.Objective, okr.KeyResult)):
            continue
        found = card[item.id]
        assert untouched[item.id].original_score is None
        if found.original_score is None:
            assert found.adjusted_score is None or untouched[item.id].score is None
            assert found.score == untouched[item.id].score
        else:
            assert found.original_score == untouched[item.id].score


@given(decided_quarters(), st.data())
def test_explanations_name_every_adjustment(quarter: Quarter, data: st.DataObject) -> None:
    krs = [kr for objective in quarter.plan.objectives for kr in objective.own_key_results]
    kr = data.draw(st.sampled_from(krs))
    in_force = quarter.journal.effective(quarter.plan, on=quarter.day)
    assume(kr.id in in_force)
    cycle = in_force.homes[kr.id].cycle  # one that was shortened ends earlier than first agreed
    on = quarter.day if cycle is None else min(quarter.day, cycle.end)
    added = okr.Adjustment(kr.id, on, weight=kr.weight + 1, because="a new fact")
    journal = followed_by(quarter.plan, quarter.journal, [added])
    quarter = evolve(quarter, journal=journal)
    card = quarter.evaluate()
    entries = [e for e in quarter.journal.adjustments if e is added and e.on <= quarter.day]
    assume(entries)
    for entry in entries:
        now = card.plan_in_force.items[entry.of]
        changes = entry.due is not None and entry.due != getattr(now, "due", None)
        if changes or entry.weight not in (None, getattr(now, "weight", None)):
            words = [step.words for _, step in card.explain(entry.of).walk()]
            assert any(
                f"adjusted on {entry.on}" in each and entry.because in each for each in words
            )


@given(quarters(max_objectives=2))
def test_worse_than_at_the_start_is_told_from_nothing_yet(quarter: Quarter) -> None:
    card = quarter.evaluate()
    for result in card:
        for id in result.key_results:
            found = card.key_result(id)
            is_line = found.baseline is not None and found.target is not None
            if is_line and found.progress is not None:
                assert ("where it began" in found.why) == (snap(found.progress) < 0)


@given(st.permutations("abcde"), st.sets(st.sampled_from("abcde"), min_size=1))
def test_milestones_are_in_the_order_of_their_measure(names: list[str], reached: set[str]) -> None:
    kr = okr.KeyResult("k", "K", okr.Milestones(*names))
    plan = okr.Plan([okr.Objective("o", "O", cycle=CYCLE, key_results=[kr])])
    journal = okr.Journal(okr.check_ins(CYCLE.start, {"k": [*reached]}))
    why = okr.evaluate(plan, journal, as_of=CYCLE.start)["k"].why
    assert why.endswith(f": {', '.join(name for name in names if name in reached)}")
    week = okr.review.make_agenda(plan, journal, as_of=CYCLE.start)
    (item,) = week.section(okr.review.AgendaTopic.MOVEMENTS).items
    assert ", ".join(name for name in names if name in reached) in item.text


@given(
    st.integers(0, 200),
    st.lists(st.sampled_from([0.25, 0.5, 2 / 3, 1.5]), max_size=2),
    st.sampled_from([okr.Reach(100), okr.Increase(20, 120), okr.Decrease(200, 40)]),
)
def test_a_share_times_its_factor_is_the_progress(
    value: int, factors: list[float], measure: Any
) -> None:
    cuts = [okr.Adjustment("k", CYCLE.start, rescale=by, because="cut") for by in factors]
    plan = okr.Plan(
        [okr.Objective("o", "O", cycle=CYCLE, key_results=[okr.KeyResult("k", "K", measure)])]
    )
    journal = okr.Journal([okr.CheckIn("k", CYCLE.start, value), *cuts])
    found = okr.evaluate(plan, journal, as_of=CYCLE.end).key_result("k")
    words = re.search(r"is (-?[\d.]+)% of the way .*?(?:, times ([\d.]+))?$", found.why)
    assert words is not None
    assert found.progress is not None
    factor = float(words[2] or 1)
    assert (words[2] is None) == (not factors)
    # The share is written as a whole percent, and the factor in four digits.
    assert abs(float(words[1]) / 100 * factor - found.progress) <= 0.0051 * factor + 0.001


@given(
    st.sampled_from([okr.Aggregation.MAXIMUM, okr.Aggregation.MINIMUM]),
    st.lists(st.integers(0, 10), min_size=1, max_size=6),
)
def test_a_breach_of_an_extreme_has_a_day_on_which_it_was_read(
    reads: okr.Aggregation, values: list[int]
) -> None:
    bound = okr.AtMost(5) if reads is okr.Aggregation.MAXIMUM else okr.AtLeast(5)
    rail = okr.Guardrail("g", "G", bound, metric="m")
    plan = okr.Plan(
        [okr.Objective("o", "O", cycle=CYCLE, guardrails=[rail])],
        metrics=[okr.Metric("m", "M", aggregation=reads)],
    )
    read = {CYCLE.start + timedelta(days=n): value for n, value in enumerate(values)}
    journal = okr.Journal([okr.CheckIn("m", on, value) for on, value in read.items()])
    found = okr.evaluate(plan, journal, as_of=CYCLE.end).guardrail("g")
    assume(found.state is okr.plan.BoundState.BREACHED)
    words = re.match(r"(\d+)(?: on (\S+))?, outside .* first on (\S+)$", found.status_why)
    assert words is not None
    days = {str(on): value for on, value in read.items()}
    assert days[words[2] or words[3]] == int(words[1])
    assert bound.state(days[words[3]]) is okr.plan.BoundState.BREACHED


@given(st.integers(0, 10**6), st.integers(1, 100))
def test_a_change_that_is_not_0_is_not_written_as_0(value: int, more: int) -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o", "O", cycle=CYCLE, key_results=[okr.KeyResult("k", "K", okr.Reach(2 * 10**6))]
            )
        ]
    )
    later = CYCLE.start + timedelta(days=1)
    journal = okr.Journal(
        [okr.CheckIn("k", CYCLE.start, value), okr.CheckIn("k", later, value + more)]
    )
    before, after = (okr.evaluate(plan, journal, as_of=on) for on in (CYCLE.start, later))
    for sign, moved in (
        ("+", okr.compare(after, before)),
        ("-", okr.compare(evolved(before, later), evolved(after, later))),
    ):
        text = str(moved)
        assert not re.search(r"[+-]0\.00(?!\d)", text)
        assert f" {sign}0." in text


def evolved(card: okr.Scorecard, as_of: Any) -> okr.Scorecard:
    """Return a scorecard with the readings of its own day, as of another."""
    kept = card.journal.keep(lambda entry: entry.on <= card.as_of)
    return okr.evaluate(card.plan, kept, as_of=as_of)


@given(quarters(max_objectives=3), st.data())
def test_explanations_name_who_paused_and_why(quarter: Quarter, data: st.DataObject) -> None:
    in_force = quarter.journal.effective(quarter.plan, on=quarter.day)
    assume(in_force.objectives)
    id = data.draw(st.sampled_from([objective.id for objective in in_force.objectives]))
    paused, why, who = okr.Lifecycle.PAUSED, "a fact", "Ana Ruiz"
    pauses: list[okr.Transition | okr.Adjustment] = [
        okr.Transition(id, quarter.day, paused, because=why, by=who),
        okr.Adjustment(id, quarter.day, kind=okr.AdjustmentKind.PAUSE, because=why, decided_by=who),
    ]
    pause = data.draw(st.sampled_from(pauses))
    journal = followed_by(quarter.plan, quarter.journal, [pause])
    card = okr.evaluate(quarter.plan, journal, as_of=quarter.day)
    assume(
        card[id].no_score_reason is okr.scorecard.NoScoreReason.PAUSED and pause in journal.entries
    )
    since = f"paused since {quarter.day}"
    words, wanted = card.explain(id).words, f"{since} by Ana Ruiz: a fact"
    assert words == wanted or words.startswith(f"{wanted}; ")  # adjustments follow
    for above in card.plan_in_force.objectives:
        steps = [step for _, step in card.explain(above.id).walk(1)]
        assert all(since not in step.words or "a fact" in step.words for step in steps)
