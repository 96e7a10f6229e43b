"""The plan: objectives, the metrics they share, and how they hang together.

Rules of this file:

1. A plan is a value and its latest wording. What changed when is for the journal.
2. Ids are unique across all kinds; every reference names something that is here, or `outside`.
3. Alignment is a graph without circles. Walks over it never recurse: a chain of 10,000 works.
4. Everything that can be derived is derived on demand and kept outside equality, hash and pickle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, final

from attrs import evolve, field, frozen

from okrcore._checks import as_text, as_tuple, member_of, must_be_a, must_be_all
from okrcore._memo import Memoized
from okrcore.calendar import Cycle
from okrcore.plan.cascade import Cascade
from okrcore.plan.columns import Columns
from okrcore.plan.contents import Contents, named_in
from okrcore.plan.digest import digest_of
from okrcore.plan.graph import walk
from okrcore.plan.item import Item, members_of, refusal
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.measures import Measure
from okrcore.plan.objective import Alignment, Objective, Outside
from okrcore.plan.people import Level, Person, Team, as_owner, as_team
from okrcore.plan.watched import Guardrail, Initiative, Metric

__all__ = ["Plan", "part_of"]

_ItemT = TypeVar("_ItemT", Objective, KeyResult, Guardrail, Initiative, Metric)
_NONE = type(None)


def _as_outside(values: Iterable[Outside]) -> tuple[Outside, ...]:
    return as_tuple(values)


def _as_metrics(values: Iterable[Metric]) -> tuple[Metric, ...]:
    return as_tuple(values)


def _as_objectives(values: Iterable[Objective]) -> tuple[Objective, ...]:
    return as_tuple(values)


@final
@frozen(repr=False)
class Plan(Memoized):
    """What is intended: objectives with their key results, and the metrics they share.

    Args:
        objectives: In the order in which people should see them.
        metrics: KPIs, and what several items read.
        outside: What is aligned to and not loaded.

    Raises:
        InvalidValueError: A member is of another kind.
        InconsistentPlanError: An id stands twice or is unknown, or alignment leads in a circle.

    >>> plan = Plan([Objective("co", "Win"), Objective("team", "Help", supports=["co"])])
    >>> [objective.id for objective in plan.children("co")]
    ['team']
    """

    objectives: tuple[Objective, ...] = field(converter=_as_objectives)
    metrics: tuple[Metric, ...] = field(default=(), kw_only=True, converter=_as_metrics)
    outside: tuple[Outside, ...] = field(default=(), kw_only=True, converter=_as_outside)

    def __attrs_post_init__(self) -> None:
        must_be_all(self, "objectives", self.objectives, Objective)
        must_be_all(self, "metrics", self.metrics, Metric)
        must_be_all(self, "outside", self.outside, Outside)
        for _, fault in self._contents.faults():
            raise fault

    # --- what is in it -------------------------------------------------------------------------

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Everything with an id, by id, in the order of `each`."""
        return self._contents.items

    @cached_property
    def homes(self) -> Mapping[str, Objective]:
        """The objective in which each key result, guardrail and initiative is at home, by its id."""
        return self._contents.homes

    def objective(self, id: str) -> Objective:
        """Return an objective by its id."""
        return self._get(id, Objective, "objective")

    def key_result(self, id: str) -> KeyResult:
        """Return a key result by its id."""
        return self._get(id, KeyResult, "key_result")

    def guardrail(self, id: str) -> Guardrail:
        """Return a guardrail by its id."""
        return self._get(id, Guardrail, "guardrail")

    def initiative(self, id: str) -> Initiative:
        """Return an initiative by its id."""
        return self._get(id, Initiative, "initiative")

    def metric(self, id: str) -> Metric:
        """Return a metric by its id."""
        return self._get(id, Metric, "metric")

    def key_results_of(self, objective: Objective | str) -> tuple[tuple[KeyResult, float], ...]:
        """Return the key results that count in an objective, references resolved, with their weights.

        Args:
            objective: The objective, or its id.
        """
        if not isinstance(objective, Objective):
            objective = self.objective(objective)
        return tuple(
            (self.key_result(kr.to), kr.weight) if isinstance(kr, KeyResultRef) else (kr, kr.weight)
            for kr in objective.key_results
        )

    # --- how it hangs together -----------------------------------------------------------------

    def children(self, id: str) -> tuple[Objective, ...]:
        """Return the objectives that support an objective, one of its key results, or what is outside.

        Given a key result, return those that support it by name.
        """
        id = self._known(id)
        return tuple(self.cascade.below.get(id, ()))

    def parents(self, id: str) -> tuple[Objective, ...]:
        """Return the objectives that an objective supports, directly or through a key result."""
        return tuple(self.cascade.above[self.objective(id).id])

    def descendants(self, id: str) -> tuple[Objective, ...]:
        """Return every objective below, each once, nearer ones first."""
        id = self._known(id)
        return tuple(
            walk(self.cascade.below.get(id, ()), lambda below: self.cascade.below.get(below.id, ()))
        )

    def ancestors(self, id: str) -> tuple[Objective, ...]:
        """Return every objective above, each once, nearer ones first."""
        above = self.cascade.above
        return tuple(walk(above[self.objective(id).id], lambda objective: above[objective.id]))

    def roots(self) -> tuple[Objective, ...]:
        """Return the objectives that have nothing above them in this plan."""
        return tuple(
            objective for objective in self.objectives if not self.cascade.above[objective.id]
        )

    def orphans(self) -> tuple[Objective, ...]:
        """Return the objectives that are linked to nothing: they support nothing, here or outside.

        A company's own objectives, and those that others support, stand at the top and are none.
        """
        return tuple(
            objective
            for objective in self.objectives
            if not objective.supports
            and not self.cascade.below.get(objective.id)
            and (objective.place is None or objective.place.level is not Level.COMPANY)
        )

    def alignments(self, id: str) -> tuple[tuple[Objective, Alignment], ...]:
        """Return what supports an objective or key result, each with its contribution and weight.

        Those of an objective include those of its key results; `to` says which is meant.

        >>> plan = Plan([Objective("co", "Win"), Objective("team", "Help", supports=[
        ...     Alignment("co", contribution="a third of the growth", weight=2)])])
        >>> [(child.id, edge.contribution, edge.weight) for child, edge in plan.alignments("co")]
        [('team', 'a third of the growth', 2.0)]
        """
        id = self._known(id)
        wanted = {id, *(member.id for member in self._members(id))}
        return tuple(
            (child, alignment)
            for child in self.children(id)
            for alignment in child.supports
            if alignment.to in wanted
        )

    def unsupported(self) -> tuple[Objective, ...]:
        """Return the objectives set above the teams, for others to support, that none here supports.

        That is said by their level: company, unit or department. What has no level and nothing below it
        is an orphan, or at the bottom.
        """
        return tuple(
            objective
            for objective in self.objectives
            if objective.place is not None
            and objective.place.level in (Level.COMPANY, Level.UNIT, Level.DEPARTMENT)
            and not self.cascade.below.get(objective.id)
        )

    def depth(self, id: str) -> int:
        """Return how many objectives stand above one on the longest way up; 0 for a root."""
        return self.cascade.depths[self.objective(id).id]

    def overlays(self, id: str) -> tuple[Objective, ...]:
        """Return the Micro-OKRs that serve an objective or a key result, in order of their days.

        Those of an objective include those of its key results. They enter none of its numbers: a quarter
        moves by them only through a metric that both read.

        >>> from datetime import date
        >>> from okrcore import Cadence
        >>> week = Cycle.starting(date(2026, 9, 7), Cadence.MICRO_WEEK)
        >>> plan = Plan([Objective("grow", "Grow"),
        ...              Objective("unblock", "Unblock trials", supports=["grow"], cycle=week)])
        >>> [objective.id for objective in plan.overlays("grow")]
        ['unblock']
        """
        micro = [
            (objective.cycle.start, objective.cycle.end, objective)
            for objective in self.children(id)
            if objective.cycle is not None and objective.cycle.is_micro
        ]
        return tuple(objective for *_, objective in sorted(micro, key=lambda one: one[:2]))

    def straddling(self) -> tuple[tuple[Objective, Objective], ...]:
        """Return each objective whose cycle leaves that of an objective it supports, with the latter.

        A straddling sprint is life, not an error: it is answered here, and refused nowhere.
        """
        return tuple(
            (objective, parent)
            for objective in self.objectives
            for parent in self.cascade.above[objective.id]
            if objective.cycle is not None
            and parent.cycle is not None
            and not parent.cycle.covers(objective.cycle)
        )

    def where(
        self,
        *,
        owner: str | Person | Team | None = None,
        team: str | Team | None = None,
        level: Level | str | None = None,
        cycle: Cycle | str | None = None,
        tag: str | None = None,
    ) -> tuple[Objective, ...]:
        """Return the objectives that fit every condition given; none if nobody and nothing does.

        Args:
            owner: Who owns the objective; a bare text is a person.
            team: The team whose objective it is.
            level: How far up it is set; its word will do.
            cycle: Its cycle, or the name of it.
            tag: A word among its tags.

        Raises:
            InvalidValueError: A condition is of another type, or there is no such level.
        """
        must_be_a(self, "where.owner", owner, str, Person, Team, _NONE)
        must_be_a(self, "where.team", team, str, Team, _NONE)
        must_be_a(self, "where.cycle", cycle, str, Cycle, _NONE)
        must_be_a(self, "where.tag", tag, str, _NONE)
        wanted_owner, wanted_team = as_owner(owner), as_team(team)
        wanted_level = None if level is None else member_of(self, "where.level", level, Level)
        must_be_a(self, "where.owner", wanted_owner, Person, Team, type(None))
        must_be_a(self, "where.team", wanted_team, Team, type(None))
        must_be_a(self, "where.cycle", cycle, Cycle, str, type(None))
        must_be_a(self, "where.tag", tag, str, type(None))
        cycle, tag = as_text(cycle), as_text(tag)

        def fits(objective: Objective) -> bool:
            place, profile = objective.place, objective.profile
            return (
                (wanted_owner is None or objective.owner == wanted_owner)
                and (wanted_team is None or (place is not None and place.team == wanted_team))
                and (wanted_level is None or (place is not None and place.level is wanted_level))
                and (cycle is None or _is_cycle(objective.cycle, cycle))
                and (tag is None or (profile is not None and tag in profile.tags))
            )

        return tuple(objective for objective in self.objectives if fits(objective))

    # --- other plans ---------------------------------------------------------------------------

    def put(self, objective: Objective) -> Plan:
        """Return a plan with this objective in the place of the one with its id, or at the end."""
        must_be_a(self, "put", objective, Objective)
        if not isinstance(self.items.get(objective.id), Objective):
            return evolve(self, objectives=(*self.objectives, objective))
        return evolve(
            self,
            objectives=tuple(objective if o.id == objective.id else o for o in self.objectives),
        )

    def correct_measure(self, id: str, measure: Measure) -> Plan:
        """Return a plan in which a key result has always had this measure.

        For drafts and typing errors: it rewrites the past. A change of mind is an `Adjustment`.
        """
        corrected = evolve(self.key_result(id), measure=measure)
        id = corrected.id
        home = self.homes[id]
        key_results = tuple(
            corrected if isinstance(kr, KeyResult) and kr.id == id else kr
            for kr in home.key_results
        )
        return self.put(evolve(home, key_results=key_results))

    def subtree(self, id: str) -> Plan:
        """Return an objective and everything its scores depend on, as a plan of its own.

        That is: all objectives below, the homes of the key results they refer to, and the metrics they
        read. Whatever else they name, such as what they support above, is named in `outside`.

        Laws: test_a_subtree_scores_as_in_the_whole.
        """
        return part_of(self, [id])

    def __len__(self) -> int:
        return len(self.objectives)

    def __contains__(self, id: object) -> bool:
        return issubclass(type(id), str) and as_text(id) in self.items

    def __repr__(self) -> str:
        count = len(self.objectives)
        return f"Plan({count} objective{'s' * (count != 1)}, {len(self.items)} items)"

    # --- derived -------------------------------------------------------------------------------

    @cached_property
    def columns(self) -> Columns:
        """What the key results say, in columns."""
        return self._contents.columns

    @cached_property
    def cascade(self) -> Cascade:
        """Who stands above and below whom."""
        return self._contents.cascade

    def _members(self, id: str) -> Sequence[KeyResult | Guardrail | Initiative]:
        item = self.items.get(id)
        return members_of(item) if isinstance(item, Objective) else ()

    def _needs(self, objective: Objective) -> Iterator[Objective]:
        yield from self.cascade.below.get(objective.id, ())
        for kr in objective.key_results:
            if isinstance(kr, KeyResultRef):
                yield self.homes[kr.to]
            elif kr.derived is not None:
                yield from (self.homes[part] for part in kr.derived.of)

    def each(self) -> Iterator[Item]:
        """Yield everything with an id: objectives with what is in them, then metrics, then outside."""
        return self._contents.each()

    @cached_property
    def _contents(self) -> Contents:
        return Contents(self.objectives, self.metrics, self.outside)

    @cached_property
    def digest(self) -> str:
        """A stable name of what the plan says: the same on every machine and in every version.

        Equal plans have one digest. A service can answer with it as an ETag, or refuse to overwrite what
        somebody else has changed meanwhile.

        Laws: test_a_digest_names_what_a_plan_says.

        >>> Plan([Objective("grow", "Earn more per account")]).digest[:12]
        'ef3d0eed4133'
        """
        return digest_of(self)

    def _get(self, id: str, kind: type[_ItemT], method: str) -> _ItemT:
        found = self.items.get(as_text(id)) if issubclass(type(id), str) else None
        if isinstance(found, kind):
            return found
        raise refusal(self.items, f"Plan.{method}", id)

    def _known(self, id: str) -> str:
        if id not in self:
            raise refusal(self.items, "Plan", id)
        return as_text(id)  # type: ignore[no-any-return]  # a text, see above


def part_of(plan: Plan, ids: Iterable[str]) -> Plan:
    """Return some objectives and everything their scores depend on, as a plan of its own; see `subtree`."""
    needs = plan._needs  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module
    kept = {objective.id for objective in walk(map(plan.objective, ids), needs)}
    objectives = tuple(o for o in plan.objectives if o.id in kept)
    here = {i for o in objectives for i in (o.id, *(m.id for m in members_of(o)))}
    named = {id for objective in objectives for id in named_in(objective)}
    elsewhere = named - here
    return Plan(
        objectives,
        metrics=tuple(metric for metric in plan.metrics if metric.id in named),
        outside=tuple(
            item if isinstance(item, Outside) else Outside(item.id, title=item.title)
            for item in plan.items.values()
            if item.id in elsewhere and not isinstance(item, Metric)
        ),
    )


def _is_cycle(cycle: Cycle | None, wanted: Cycle | str) -> bool:
    return cycle is not None and wanted in (cycle, cycle.name)
