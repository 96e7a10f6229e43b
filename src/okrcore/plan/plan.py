"""Plans: objectives with their metrics and alignments.

Rules of this file:

1. A plan is a value in its latest wording; the journal has its changes.
2. Ids are unique across all kinds; every reference is to an item in the plan or in `outside`.
3. Alignment is a graph without circles. Walks over it never recurse: a chain of 10,000 works.
4. Derived values are made on demand and kept outside equality, hash and pickle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final, TypeVar, final, get_args

from attrs import evolve, field, frozen

from okrcore._checks import (
    as_text,
    as_tuple,
    must_be_a,
    must_be_all,
    must_be_some,
    optional_member_of,
)
from okrcore._memo import Memoized
from okrcore.calendar import Cycle
from okrcore.errors import InconsistentPlanError
from okrcore.plan.cascade import Cascade, walk
from okrcore.plan.contents import Contents
from okrcore.plan.digest import digest_of
from okrcore.plan.editing import with_item, without_items
from okrcore.plan.item import Item, members_of, refusal
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.key_result_columns import Columns
from okrcore.plan.measures import Measure
from okrcore.plan.metrics import Guardrail, Initiative, Metric
from okrcore.plan.objective import Alignment, Objective, Outside
from okrcore.plan.people import Level, Person, Team
from okrcore.plan.plan_parts import contents_of_part
from okrcore.plan.priorities import Priority
from okrcore.plan.scope import Scope, selected

__all__ = ["Plan", "part_of"]

_ItemT = TypeVar("_ItemT", Objective, KeyResult, Guardrail, Initiative, Metric, Priority)
_PARTS: Final = (*get_args(Item), KeyResultRef)


def _as_outside(values: Iterable[Outside]) -> tuple[Outside, ...]:
    return as_tuple(values)


def _as_priorities(values: Iterable[Priority]) -> tuple[Priority, ...]:
    return as_tuple(values)


def _as_metrics(values: Iterable[Metric]) -> tuple[Metric, ...]:
    return as_tuple(values)


def _as_objectives(values: Iterable[Objective]) -> tuple[Objective, ...]:
    return as_tuple(values)


@final
@frozen(repr=False)
class Plan(Memoized):
    """Objectives with their key results, and the metrics they share.

    Args:
        objectives: In the order in which people should see them.
        metrics: KPIs, and shared sources of readings.
        outside: Objectives this plan aligns to but does not contain.
        priorities: Strategic priorities that objectives serve, in the order in which people should see them.

    Raises:
        InvalidValueError: A member has the wrong type.
        InconsistentPlanError: An id is repeated or unknown, alignments form a circle, or parts do not fit.

    >>> plan = Plan([Objective("co", "Win"), Objective("team", "Help", supports=["co"])])
    >>> [objective.id for objective in plan.children("co")]
    ['team']
    """

    objectives: tuple[Objective, ...] = field(converter=_as_objectives)
    metrics: tuple[Metric, ...] = field(default=(), kw_only=True, converter=_as_metrics)
    outside: tuple[Outside, ...] = field(default=(), kw_only=True, converter=_as_outside)
    priorities: tuple[Priority, ...] = field(default=(), kw_only=True, converter=_as_priorities)

    def __attrs_post_init__(self) -> None:
        must_be_all(self, "objectives", self.objectives, Objective)
        must_be_all(self, "metrics", self.metrics, Metric)
        must_be_all(self, "outside", self.outside, Outside)
        must_be_all(self, "priorities", self.priorities, Priority)
        for _, fault in self._contents.faults():
            raise fault

    # --- contents ------------------------------------------------------------------------------

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Items by id, in the order of `each`."""
        return self._contents.items

    @cached_property
    def homes(self) -> Mapping[str, Objective]:
        """Objective of each key result, guardrail and initiative of its own, by id."""
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

    def priority(self, id: str) -> Priority:
        """Return a priority by its id."""
        return self._get(id, Priority, "priority")

    def key_results_of(self, objective: Objective | str) -> tuple[tuple[KeyResult, float], ...]:
        """Return the key results that count in an objective, references resolved, with their weights."""
        if not isinstance(objective, Objective):
            objective = self.objective(objective)
        return tuple(
            (self.key_result(kr.to), kr.weight) if isinstance(kr, KeyResultRef) else (kr, kr.weight)
            for kr in objective.key_results
        )

    # --- alignment -----------------------------------------------------------------------------

    def children(self, id: str) -> tuple[Objective, ...]:
        """Return the objectives that support an objective, one of its key results, or an item outside.

        For a key result, return the objectives aligned to it by id.
        """
        return tuple(self.cascade.below.get(self._known(id), ()))

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
        """Return the objectives without one above them in this plan."""
        return tuple(
            objective for objective in self.objectives if not self.cascade.above[objective.id]
        )

    def orphans(self) -> tuple[Objective, ...]:
        """Return the objectives without alignment: they support nothing, here or outside.

        Objectives of the company, and objectives that others support, are the top and are left out.
        """
        return tuple(
            objective
            for objective in self.objectives
            if not objective.supports
            and not self.cascade.below.get(objective.id)
            and (objective.place is None or objective.place.level is not Level.COMPANY)
        )

    def alignments(self, id: str) -> tuple[tuple[Objective, Alignment], ...]:
        """Return the alignments to an objective or key result, each with the objective that has it.

        For an objective they include alignments to its key results; `to` has the id.

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
        """Return the objectives of level company, unit or department that no objective here supports.

        An objective without level and children is an orphan, or at the bottom, and is left out.
        """
        return tuple(
            objective
            for objective in self.objectives
            if objective.place is not None
            and objective.place.level in (Level.COMPANY, Level.UNIT, Level.DEPARTMENT)
            and not self.cascade.below.get(objective.id)
        )

    def untraced(self) -> tuple[Objective, ...]:
        """Return the objectives that serve no priority, neither by their place nor by what they support."""
        serving = [o for o in self.objectives if o.place is not None and o.place.priority]
        below = self.cascade.below
        traced = {each.id for each in walk(serving, lambda objective: below.get(objective.id, ()))}
        return tuple(objective for objective in self.objectives if objective.id not in traced)

    def depth(self, id: str) -> int:
        """Return the number of objectives on the longest way up from one; 0 for a root."""
        return self.cascade.depths[self.objective(id).id]

    def micro_okrs(self, id: str) -> tuple[Objective, ...]:
        """Return the Micro-OKRs that serve an objective or a key result, in order of their days.

        For an objective they include Micro-OKRs of its key results. They enter none of its numbers: a
        quarter moves by them only through a metric that both read.

        >>> from datetime import date
        >>> from okrcore import Cadence
        >>> week = Cycle.starting(date(2026, 9, 7), Cadence.MICRO_WEEK)
        >>> plan = Plan([Objective("grow", "Grow"),
        ...              Objective("unblock", "Unblock trials", supports=["grow"], cycle=week)])
        >>> [objective.id for objective in plan.micro_okrs("grow")]
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

        A straddling sprint is no error: it is listed here, and refused nowhere.
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
        priority: str | None = None,
    ) -> tuple[Objective, ...]:
        """Return the objectives that meet every condition given.

        Args:
            owner: Owner; a bare text is the id of a person, or else a name.
            team: Team of the objective, or one that contains it; a bare text is its id, or else its name.
            level: Level, or its word.
            cycle: Cycle, or its name.
            tag: One of its tags.
            priority: Id of the priority that it serves.

        Raises:
            InvalidValueError: A condition has the wrong type, or there is no such level.
            InconsistentPlanError: The plan has no such priority.

        >>> plan = Plan([Objective("a", "Grow", place=Place(team=Team("Growth", within="Product"))),
        ...              Objective("b", "Ship", place=Place(team="Product"))])
        >>> [objective.id for objective in plan.where(team="Product")]
        ['a', 'b']
        """
        scope = Scope(
            owner=owner,
            team=team,
            level=optional_member_of(self, "where.level", level, Level),
            cycle=cycle,
            tag=tag,
            priority=None if priority is None else self.priority(priority).id,
        )
        return selected(self.objectives, [scope], on=date.min)  # no condition is about a day

    # --- other plans ---------------------------------------------------------------------------

    def put(self, item: Item | KeyResultRef, *, into: str | None = None) -> Plan:
        """Return a plan with an item of any kind instead of the one with its id, or as a new one.

        It rewrites the past: the plan has always had the item. For drafts, and for work that is yet to
        begin. For a changed decision write an `Adjustment`, which counts from its day; for a typing error
        in a plan with check-ins see `okr.journal.correct`.

        Args:
            item: Item, or reference to a key result. A new one comes last.
            into: Id of the objective that a new key result, guardrail or initiative belongs to, or in which
                a reference counts; a member of another objective moves there, a key result in the place of
                a reference to it.

        Raises:
            InvalidValueError: A new member, or a reference, is given without its objective.
            InconsistentPlanError: An item of another kind has the id, or the parts no longer fit.

        Laws: test_an_item_put_where_it_is_changes_nothing, test_an_item_put_and_removed_leaves_no_trace.

        >>> plan = Plan([Objective("grow", "Earn more per account")])
        >>> plan.put(Initiative("bundle", "Sell bundles"), into="grow").initiative("bundle").title
        'Sell bundles'
        """
        must_be_a(self, "put", item, *_PARTS)
        objective = None if into is None else self._get(into, Objective, "put.into")
        return self._with(with_item(self._contents, item, objective))

    def remove(self, *ids: str) -> Plan:
        """Return a plan without some items of any kind; an objective goes with its members.

        It rewrites the past: the plan has never had them. For drafts; to take an item out on a day write
        an `Adjustment`. To take out a reference to a key result, `put` its objective without it.

        Raises:
            InconsistentPlanError: An id is unknown, or an item that stays refers to a removed one.

        >>> plan = Plan([Objective("co", "Win"), Objective("team", "Help", supports=["co"])])
        >>> [objective.id for objective in plan.remove("team").objectives]
        ['co']
        """
        removed = frozenset([self._known(id, "Plan.remove") for id in ids])
        try:
            return self._with(without_items(self._contents, removed))
        except InconsistentPlanError as fault:
            hint = "it is to be removed: change this field first, or remove both"
            raise InconsistentPlanError(fault.code, fault.path, fault.value, hint) from None

    def correct_measure(self, id: str, measure: Measure) -> Plan:
        """Return a plan in which a key result has always had this measure.

        For drafts and typing errors: it rewrites the past. For a changed decision use an `Adjustment`.
        """
        return self.put(evolve(self.key_result(id), measure=measure))

    def subtree(self, *ids: str) -> Plan:
        """Return objectives and all items their scores depend on, as a plan of its own.

        It has all objectives below with those that they continue, the homes of the key results they refer
        to, the metrics they read with their parts and those they drive, and the priorities they serve, each once.
        Other referenced items, such as objectives above, are in `outside`.

        Args:
            ids: Ids of objectives; at least one.

        Laws: test_a_subtree_scores_as_in_the_whole.
        """
        must_be_some(self, "subtree", ids)
        return part_of(self, ids)

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
        """Key results in columns."""
        return self._contents.columns

    @cached_property
    def cascade(self) -> Cascade:
        """Alignment of the objectives."""
        return self._contents.cascade

    def _members(self, id: str) -> Sequence[KeyResult | Guardrail | Initiative]:
        item = self.items.get(id)
        return members_of(item) if isinstance(item, Objective) else ()

    def each(self) -> Iterator[Item]:
        """Yield all items: objectives with their members, then metrics, items outside and priorities."""
        return self._contents.each()

    @cached_property
    def _contents(self) -> Contents:
        return Contents(self.objectives, self.metrics, self.outside, self.priorities)

    @cached_property
    def digest(self) -> str:
        """Stable hash of the contents: the same on every machine and in every version.

        Equal plans have one digest. A service can return it as an ETag, or refuse to overwrite a plan that
        was changed meanwhile.

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

    def _with(self, contents: Contents) -> Plan:
        return Plan(
            contents.objectives,
            metrics=contents.metrics,
            outside=contents.outside,
            priorities=contents.priorities,
        )

    def _known(self, id: str, path: str = "Plan") -> str:
        if id not in self:
            raise refusal(self.items, path, id)
        return as_text(id)  # type: ignore[no-any-return]  # a text, see above


def part_of(plan: Plan, ids: Iterable[str]) -> Plan:
    """Return objectives and all items their scores depend on, as a plan of its own; see `subtree`."""
    heads = map(plan.objective, ids)
    return plan._with(contents_of_part(plan._contents, heads))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module
