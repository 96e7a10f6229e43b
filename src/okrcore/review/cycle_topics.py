"""Topics around a cycle: status, the close, the next cycle.

A topic is a row in `CYCLE_TOPICS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from okrcore._arith import written_beside
from okrcore._memo import once
from okrcore.journal import CheckIn, Closing, PostMortem
from okrcore.journal.decisions import decision_words
from okrcore.journal.journal import history_of
from okrcore.plan import Ambition, BoundState, Objective, Person, Team
from okrcore.plan.measures import has_no_target, is_open
from okrcore.review.adjustment_topics import ADJUSTMENT_TOPICS
from okrcore.review.agenda_context import AgendaItem, Desk
from okrcore.review.agenda_templates import AgendaTopic
from okrcore.review.closing_advice import drafts_of, has_post_mortem, suggest_closing
from okrcore.review.kpis import list_sick_kpis, without_kpis
from okrcore.review.post_mortem_words import post_mortem_words
from okrcore.review.retrospective import look_back
from okrcore.review.scopes import AgendaScope, list_parked
from okrcore.review.target_words import evidence_words
from okrcore.review.week_topics import Lists
from okrcore.scorecard import KeyResultResult, ObjectiveResult
from okrcore.scorecard.adjustment_words import tested_words
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.derived_metrics import read_ids
from okrcore.scorecard.results import word_of, word_with_reason
from okrcore.words.reason import Reason, Term, clauses, noted

__all__ = ["CYCLE_TOPICS", "exists", "out_of_scope"]


# --- status ------------------------------------------------------------------------------------


def _statuses(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        result = desk.card.objective(objective.id)
        notes = [
            _key_result_words(desk.card.key_result(id))
            for id in result.key_results
            if id in desk.ids
        ]
        yield desk.item(objective.id, _objective_words(desk, result), notes=notes)


def _objective_words(desk: Desk, result: ObjectiveResult) -> str:
    score, expected = result.score, result.expected
    is_over = result.elapsed == 1 or result.lifecycle.closing is not None
    if score is None:
        words: list[str] = [result.why]
    elif expected is None or is_over:
        words = [Reason("objective/score", score=written_beside(score, *result.edges))]
    else:
        words = [
            Reason("objective/score", score=written_beside(score, expected, *result.edges)),
            Reason("objective/expected", expected=written_beside(expected, 0.0, 1.0, score)),
        ]
    if result.verdict is None:
        words.append(word_with_reason(result))
    else:
        code = "objective/so-far" if result.open_until else "objective/verdict"
        words.append(Reason(code, verdict=word_of(result)))
    if result.breached_guardrails:
        titles = [desk.plan.guardrail(id).title for id in result.breached_guardrails]
        words.append(Reason("objective/outside-limit", titles=titles))
    kpis = [desk.card.metric(id) for id in desk.plan.objective(result.id).kpis]
    sick = [each.title for each in kpis if each.state is BoundState.BREACHED]
    if sick:
        words.append(Reason("objective/sick-kpis", titles=sick))
    return clauses(words)


def _key_result_words(result: KeyResultResult) -> Reason:
    words = clauses([_source_and_status(result), _grades(result)])
    return Reason("objective/key-result", title=result.title, result=words)


def _grades(result: ObjectiveResult | KeyResultResult) -> str:
    if result.original_score is None or result.adjusted_score is None:
        return ""
    if result.original_score == result.adjusted_score:
        return ""
    grades = (result.original_score, result.adjusted_score)
    original, adjusted = (written_beside(g, *result.edges, *grades) for g in grades)
    return Reason("objective/grades", original=original, adjusted=adjusted)


def _shared(desk: Desk) -> Iterator[AgendaItem]:
    for id in desk.shared:
        result = desk.card.key_result(id)
        yield desk.item(id, _source_and_status(result), notes=desk.notes_on(id))


def _contributions(desk: Desk) -> Iterator[AgendaItem]:
    for id, parts in desk.shared.items():
        for part in parts:
            result = desk.card.key_result(part)
            yield desk.item(part, _source_and_status(result), id)
        contribution = desk.plan.key_result(id).contribution
        for one in () if contribution is None else contribution.contributors:
            if not any(_belongs(desk, part, one) for part in parts):
                yield desk.item(id, Reason("contribution/none"), owner=one)


def _source_and_status(result: KeyResultResult) -> str:
    return clauses([result.why, word_with_reason(result)])


def _belongs(desk: Desk, id: str, one: Person | Team) -> bool:
    place, are_same = desk.plan.homes[id].place, desk.identities.are_same
    return are_same(desk.owner_of(id), one) or (place is not None and are_same(place.team, one))


def _reallocation(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        result = desk.card.objective(objective.id)
        status = Term("status", result.status)
        if status in desk.rule.strengths:
            yield desk.item(objective.id, Reason("reallocation/stronger", status=status))
        elif status in desk.rule.alarms:
            yield desk.item(objective.id, Reason("reallocation/weaker", status=status))


# --- the close ---------------------------------------------------------------------------------


def _results(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        result = desk.card.objective(objective.id)
        notes = [_key_result_words(desk.card.key_result(id)) for id in result.key_results]
        if result.judged is not None:
            judged = written_beside(result.judged.score, *result.edges)
            because = result.judged.because
            notes.insert(0, Reason("objective/judged", score=judged, because=because))
        text = clauses([_objective_words(desk, result), _grades(result)])
        yield desk.item(objective.id, text, notes=notes)


def _decisions(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        if desk.card.objective(objective.id).lifecycle.closing is None:
            notes = _tested(objective)
            yield desk.item(objective.id, _suggestion_words(desk, objective), notes=notes)


def _tested(objective: Objective) -> Sequence[Reason]:
    """Return the hypothesis and the scope of an experiment, or of other work with a cause."""
    return () if objective.trigger is None else tested_words(objective.trigger)


def _suggestion_words(desk: Desk, objective: Objective) -> Reason:
    found = suggest_closing(desk.card, objective.id)
    if found.decision is None:
        return Reason("decision/open", because=found.because)
    return Reason("decision/suggested", decision=found.decision, because=found.because)


def _post_mortems(desk: Desk) -> Iterator[AgendaItem]:
    results = [desk.card.objective(objective.id) for objective in desk.objectives]
    due = [one for one in results if one.asks_for and not has_post_mortem(desk.card, one.id)]
    drafts = drafts_of(desk.card, [result.id for result in due])
    for result, draft in zip(due, drafts, strict=True):
        signal, escalated = Reason("post-mortem/no-signal"), Reason("post-mortem/not-escalated")
        if draft.first_signal is not None:
            signal = Reason("post-mortem/first-signal", day=draft.first_signal)
        if draft.escalated is not None:
            escalated = Reason("post-mortem/escalated", day=draft.escalated)
        notes = [
            Reason(
                "post-mortem/outcome",
                title=desk.plan.key_result(one.of).title,
                planned=one.planned,
                actual=one.actual,
            )
            for one in draft.outcomes
        ]
        act = Reason("post-mortem/asks-for", act=Term("act", result.asks_for))
        text = clauses([word_of(result), act, noted([signal, escalated])])
        yield desk.item(result.id, text, notes=notes)
    for result in results:
        if result.open_until is not None and _may_become_due(desk, result):
            verdict, day = word_of(result), result.open_until
            yield desk.item(result.id, Reason("post-mortem/open-until", verdict=verdict, day=day))


def _may_become_due(desk: Desk, result: ObjectiveResult) -> bool:
    """Return whether a preliminary verdict requires a post-mortem once it is final."""
    if has_post_mortem(desk.card, result.id):
        return False
    objective = desk.plan.objective(result.id)
    book = desk.card.rulebook.method(objective.method, f"Objective({result.id!r}).method")
    rule = book.verdict_for(objective.ambition)
    return rule is not None and bool(rule.asks_for) and result.verdict is not None


# --- looking back, and ahead -------------------------------------------------------------------


def _findings(desk: Desk) -> Iterator[AgendaItem]:
    ids = [objective.id for objective in desk.objectives]
    for found in look_back(desk.card, of=ids):
        text = Reason("item/with-reason", word=found.code, why=found.words)
        advice = Reason("finding/next-time", advice=found.advice)
        yield desk.item(found.of, text, *found.ids, notes=[advice])
    for objective in desk.objectives:
        tested = _tested(objective)
        if tested:
            yield desk.item(objective.id, clauses(tested))


def _learned(desk: Desk) -> Iterator[AgendaItem]:
    named = {objective.id for objective in desk.objectives}
    for entry in desk.card.journal.in_force:
        learned = ""
        if entry.on <= desk.card.as_of:
            if isinstance(entry, CheckIn) and entry.of in desk.ids and entry.on > desk.since:
                learned = entry.learning
            elif isinstance(entry, Closing) and entry.of in named:
                learned = entry.learned
            elif isinstance(entry, PostMortem) and entry.of in named:
                text = " ".join(entry.changes.split()) or Reason("post-mortem/on", day=entry.on)
                notes = [*post_mortem_words(entry, desk.title_of)]
                yield desk.item(entry.of, text, notes=notes)
        if learned.strip():
            yield desk.item(entry.of, " ".join(learned.split()))


def _links(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        for alignment in objective.supports:
            if not alignment.contribution.strip():
                above = desk.plan.items[alignment.to].title or alignment.to
                text = Reason("effect/supports", title=above)
                yield desk.item(objective.id, text, alignment.to)


def _next(desk: Desk) -> Iterator[AgendaItem]:
    continued = {each.continues: each for each in desk.plan.objectives}
    for objective in desk.objectives:
        closing = desk.card.objective(objective.id).lifecycle.closing
        if objective.id in continued:
            onward = continued[objective.id]
            text = Reason("roll-over/goes-on-as", title=onward.title)
            yield desk.item(objective.id, text, onward.id)
        elif closing is not None:
            yield desk.item(objective.id, decision_words(closing.decision))
        else:
            words = [_suggestion_words(desk, objective)]
            if suggest_closing(desk.card, objective.id).carries:
                words.append(Reason("decision/by-default"))
            yield desk.item(objective.id, clauses(words))


def _to_come(desk: Desk) -> list[Objective]:
    # A ritual about an ended cycle looks ahead, too.
    is_past = desk.rite.scope in (AgendaScope.ENDED, AgendaScope.ENDING)
    return list(desk.coming if is_past else desk.objectives)


def _statements(desk: Desk) -> Iterator[AgendaItem]:
    for objective in _to_come(desk):
        words = evidence_words(desk.plan, objective)
        intent = "" if objective.profile is None else " ".join(objective.profile.intent.split())
        notes = [intent] if intent else []
        yield desk.item(objective.id, noted(words) or Reason("statement/none"), notes=notes)


def _instruments(desk: Desk) -> Iterator[AgendaItem]:
    readings, today = once(desk.card.journal, history_of).readings, desk.card.as_of.toordinal()
    for objective in _to_come(desk):
        for kr in objective.own_key_results:
            missing: list[Reason] = []
            if is_open(kr.measure) and desk.card.key_result(kr.id).baseline is None:
                missing.append(Reason("instrument/no-baseline"))
            if has_no_target(kr.measure):
                missing.append(Reason("instrument/no-target"))
            sources = read_ids(desk.plan, kr.metric or kr.id)
            is_read = all(readings.rows(id, LONG_AGO, today) for id in sources)
            if not is_read and kr.derived is None:
                missing.append(Reason("instrument/never-read"))
            if missing:
                yield desk.item(kr.id, noted(missing))


def _kpis(desk: Desk) -> Iterator[AgendaItem]:
    for objective in without_kpis(_to_come(desk)):
        yield desk.item(objective.id, Reason("kpi/none"))
    for found in list_sick_kpis(desk.card):
        if not desk.named or found.id in desk.ids:
            yield desk.item(found.id, Reason("kpi/unattended", why=found.status_why))


def _not_now(desk: Desk) -> Iterator[AgendaItem]:
    for one in list_parked(desk.card):
        if desk.named and one.of not in desk.named:
            continue
        words = [one.because]
        if one.is_due:
            words.append(Reason("parked/look-now"))
        elif one.revisit is not None:
            words.append(Reason("parked/look-on", day=one.revisit))
        yield desk.item(one.of, clauses(words))


# --- topics without any items to list ----------------------------------------------------------


def exists(topic: AgendaTopic, desk: Desk) -> bool:
    """Return whether the plan has anything that a topic could list."""
    test = _EXISTING.get(topic)
    return test is None or test(desk)


def _moves(desk: Desk) -> bool:
    return any(
        result.reading is not None and result.expected is not None
        for result in (desk.card.key_result(kr.id) for kr in desk.key_results)
    )


def _has_confidence(desk: Desk) -> bool:
    ids = (*(o.id for o in desk.objectives), *(kr.id for kr in desk.key_results))
    return any(desk.card[id].confidence is not None for id in ids)


def _is_promise(desk: Desk, objective: Objective) -> bool:
    is_committed = objective.ambition is Ambition.COMMITTED
    return is_committed or bool(desk.card.objective(objective.id).asks_for)


def out_of_scope(topic: AgendaTopic, desk: Desk) -> Reason | None:
    """Return words for a topic of objectives, if the plan has some and none is in scope; or else None."""
    if desk.objectives or not desk.plan.objectives or topic not in _OF_OBJECTIVES:
        return None
    words = Reason(_OUT_OF_SCOPE[desk.rite.scope])
    return Reason("nothing/in-scope", nothing=words) if desk.card.scopes else words


#: Topics that need an objective in scope.
_OF_OBJECTIVES: Final = frozenset(
    {
        AgendaTopic.MOVEMENTS,
        AgendaTopic.CONFIDENCE,
        AgendaTopic.CONTRIBUTIONS,
        AgendaTopic.GUARDRAILS,
        AgendaTopic.STALE,
        AgendaTopic.STALLED,
        AgendaTopic.DECISIONS,
        AgendaTopic.LINKS,
        AgendaTopic.POST_MORTEMS,
    }
)
_OUT_OF_SCOPE: Final[Mapping[AgendaScope, str]] = MappingProxyType(
    {
        AgendaScope.RUNNING: "nothing/running",
        AgendaScope.ENDING: "nothing/ending",
        AgendaScope.ENDED: "nothing/ended",
        AgendaScope.COMING: "nothing/coming",
        AgendaScope.SHARED: "nothing/shared",
    }
)
_EXISTING: Final[Mapping[AgendaTopic, Callable[[Desk], bool]]] = MappingProxyType(
    {
        AgendaTopic.MOVEMENTS: lambda desk: bool(desk.key_results),
        AgendaTopic.CONFIDENCE: _has_confidence,
        AgendaTopic.CONTRIBUTIONS: lambda desk: bool(desk.shared),
        AgendaTopic.GUARDRAILS: lambda desk: any(each.guardrails for each in desk.objectives),
        AgendaTopic.STALE: lambda desk: bool(desk.key_results),
        AgendaTopic.STALLED: _moves,
        AgendaTopic.INSTRUMENTS: lambda desk: any(each.own_key_results for each in _to_come(desk)),
        AgendaTopic.RECORDS: lambda desk: bool(desk.adjustments),
        AgendaTopic.DECISIONS: lambda desk: bool(desk.objectives),
        AgendaTopic.POST_MORTEMS: lambda desk: any(
            _is_promise(desk, each) for each in desk.objectives
        ),
        AgendaTopic.LINKS: lambda desk: any(each.supports for each in desk.objectives),
        AgendaTopic.KPIS: lambda desk: bool(_to_come(desk)),
    }
)
CYCLE_TOPICS: Final[Mapping[AgendaTopic, Lists]] = MappingProxyType(
    {
        **ADJUSTMENT_TOPICS,
        AgendaTopic.QUESTIONS: lambda _: iter(()),
        AgendaTopic.STANDING: _statuses,
        AgendaTopic.SHARED: _shared,
        AgendaTopic.CONTRIBUTIONS: _contributions,
        AgendaTopic.REALLOCATION: _reallocation,
        AgendaTopic.RESULTS: _results,
        AgendaTopic.DECISIONS: _decisions,
        AgendaTopic.POST_MORTEMS: _post_mortems,
        AgendaTopic.FINDINGS: _findings,
        AgendaTopic.LEARNED: _learned,
        AgendaTopic.LINKS: _links,
        AgendaTopic.NEXT: _next,
        AgendaTopic.STATEMENTS: _statements,
        AgendaTopic.INSTRUMENTS: _instruments,
        AgendaTopic.KPIS: _kpis,
        AgendaTopic.NOT_NOW: _not_now,
    }
)
