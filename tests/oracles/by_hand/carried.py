"""Work that is carried over, by hand: objectives of several cycles that count once above them.

Written from the design; imports nothing of the package. Each rule stands under the sentence that it comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from oracles.by_hand.figures import Answer, Figures, Item
from oracles.by_hand.history import Point, Reading, Terms
from oracles.by_hand.measures import LINES, ONE, Facts, exact, is_scoreless, stated

__all__ = ["Carried"]


def target_of(measure: Facts) -> Fraction:
    """The value at which a line is done."""
    match measure["kind"]:
        case "relative":
            return exact(measure["baseline"]) * (1 + exact(measure["percent"]) / 100)
        case "points":
            return exact(measure["baseline"]) + exact(measure["change"])
        case "multiple":
            return exact(measure["baseline"]) * exact(measure["factor"])
        case _:
            return exact(measure["target"])


def whole_of(first: Facts, newest: Facts) -> Facts | None:
    """ "By its whole way (first start, newest target)"; None "where no way can be drawn"."""
    if is_scoreless(newest):
        return None
    if first["kind"] in LINES and newest["kind"] in LINES:
        start, target = stated(first), target_of(newest)
        line = {"kind": "from-to", "baseline": start, "target": target}
        return None if start == target else line
    if first["kind"] != newest["kind"]:
        return None
    if newest["kind"] == "milestones":
        # "Milestones are the union of their stages by name."
        stages = {stage[0]: stage for each in (first, newest) for stage in each["steps"]}
        return {**newest, "steps": list(stages.values())}
    if "baseline" in newest:
        return {**newest, "baseline": first["baseline"]}
    return newest


class Carried(Figures):
    """An organisation in which some objectives and key results continue others."""

    # --- chains ----------------------------------------------------------------------------------

    def has_started(self, id: str, known: Point) -> bool:
        cycle = self.objectives[id]["cycle"]
        return cycle is None or bool(cycle["start"] <= known.day)

    def chain_to(self, id: str) -> list[str]:
        """The ids of what an objective carries on, oldest first, and its own."""
        before = self.objectives[id].get("continues")
        return [id] if before is None else [*self.chain_to(before), id]

    def objectives_below(self, above: Sequence[str], known: Point, grade: str) -> list[Item]:
        """ "For whatever stands above it, it counts once"; above may be the members of a chain."""
        edges = dict(edge for each in above for edge in self.below[each])
        started = [each for each in edges if self.has_started(each, known)]
        # "From the first day of the successor's cycle"; "for a parent that only the predecessor supports, it
        # counts as it stood".
        done = {older for each in started for older in self.chain_to(each)[:-1]}
        found: list[Item] = []
        for below, weight in edges.items():
            if below in done:
                continue
            chain = self.chain_to(below)
            if len(chain) > 1 and below in started:
                answer = self.as_one(chain, known, grade)
            else:
                answer = self.objective(below, known, grade)
            found += self.entering(above[-1], below, weight, answer, known)
        return found

    def as_one(self, chain: Sequence[str], known: Point, grade: str) -> Answer:
        """ "The roll-up over the union of its members' inputs"; closed, as on its closing day."""
        newest, found = chain[-1], list[Item]()
        then = self.settled(newest, known)
        for kind, otherwise in self.rules_of(newest)["parts"]:
            if otherwise and found:
                continue
            if kind == "key results":
                found += self.united(chain, then, grade)
            else:
                found += self.objectives_below(chain, then, grade)
        return self.made_of(newest, found, [])

    # --- key results -----------------------------------------------------------------------------

    def united(self, chain: Sequence[str], then: Point, grade: str) -> list[Item]:
        """ "Each linked key result once", at home or referred to; "what was left behind keeps its last score and
        weight".
        """
        weights: dict[str, Fraction] = {}
        for one in chain:
            for each in self.objectives[one]["key results"]:
                if "ref" in each:
                    weights[each["ref"]] = exact(each["weight"])
                else:
                    weights[each["id"]] = self.terms(each["id"], then, grade).weight
        ways = [self.way_to(each, weights.keys()) for each in weights]
        done = {older for way in ways for older in way[:-1]}
        return [
            Item(weights[way[-1]], self.along_way(way, then, grade))
            for way in ways
            if way[-1] not in done
        ]

    def way_to(self, id: str, counted: Collection[str]) -> list[str]:
        """The ids of the key results that one carries on in a chain, oldest first, and its own."""
        before = self.key_results[id].get("continues")
        is_counted = before is not None and before in counted
        return [*self.way_to(str(before), counted), id] if is_counted else [id]

    def along_way(self, way: Sequence[str], then: Point, grade: str) -> Answer:
        *older, newest = way
        if not older:
            return self.key_result(newest, then, grade)
        last = self.key_results[newest]
        drawn, measure = [newest], last["measure"]
        for each in reversed(older):
            one = self.key_results[each]
            whole = whole_of(one["measure"], measure)
            if whole is None or one.get("unit") != last.get("unit"):
                break
            drawn, measure = [each, *drawn], whole
        read = [self.reading(each, then, grade) for each in drawn]
        found = [each for each in read if each is not None]
        if (not found or is_scoreless(measure)) and len(drawn) < len(way):
            # "Where no way can be drawn: the newest member with a score."
            answer = self.along_way(way[: -len(drawn)], then, grade)
            if answer.coverage:
                return answer
        if is_scoreless(measure):
            return Answer(excluded=True)
        reading = found[-1] if found else None
        if reading is not None and measure["kind"] in ("milestones", "evidence"):
            names = {name for each in found for name in each.value}
            reading = Reading(sorted(names), reading.on)
        terms = self.terms(newest, then, grade)
        whole_terms = Terms(measure, stated(measure), terms.weight, terms.due, ONE)
        rules = self.rules_of(self.home[newest])
        return self.worth(whole_terms, reading, rules, None)
