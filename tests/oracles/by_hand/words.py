"""Verdicts and statuses worked by hand, in the words of `RECOMMENDED`.

Written from the documentation; imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from oracles.by_hand.carried import Carried
from oracles.by_hand.figures import RULES, SHARES, Answer, Item, mean
from oracles.by_hand.history import Point
from oracles.by_hand.measures import ONE, Facts, exact, snapped

__all__ = ["ByHand"]

BANDS = {
    "committed": [(ONE, "delivered"), (None, "missed")],
    "aspirational": [
        (Fraction(7, 10), "succeeded"),
        (Fraction(4, 10), "progressed"),
        (None, "fell short"),
    ],
}
LEARNT = {
    "scale": "validated",
    "achieved": "validated",
    "stop": "invalidated",
    "abandon": "invalidated",
}
RATIOS = [
    (Fraction(11, 10), "ahead"),
    (Fraction(9, 10), "on track"),
    (Fraction(3, 4), "at risk"),
    (None, "off track"),
]
SURE = [(Fraction(7, 10), "on track"), (Fraction(4, 10), "at risk"), (None, "off track")]
YOUNG = Fraction(15, 100)  # "silent for the first 15% of the cycle"


class End(NamedTuple):
    """The end of a cycle: the last day to write final numbers, and figures as of the last day of the cycle."""

    limit: date
    hand: ByHand
    point: Point


def is_written_after(entry: Facts, limit: date) -> bool:
    """Whether a check-in was written after a day."""
    if entry["kind"] != "check-in" or "recorded" not in entry:
        return False
    return bool(entry["on"] + timedelta(days=entry["recorded"][0]) > limit)


def band(bands: Sequence[tuple[Fraction | None, str]], number: Fraction) -> str:
    """ "The first band that holds answers." """
    return next(name for edge, name in bands if edge is None or snapped(number) >= edge)


class ByHand(Carried):
    """An organisation with its figures, verdicts and statuses."""

    def verdict(self, id: str, point: Point) -> str | None:
        """ "At the close a verdict, and only if both ends of `score_range` agree on it." """
        objective = self.objectives[id]
        if not self.is_over(id, point) or objective["ambition"] is None:
            return None
        if objective["ambition"] == "learning":
            # "Validated, invalidated or inconclusive, by what was decided."
            decided = self.decision(id, point)
            return decided and LEARNT.get(decided, "inconclusive")
        if self.is_out(id, point):
            return None
        # "Nor is it a miss, whatever a rulebook does to the score": a breach that lowers it is left out.
        states, bands = self.states(id, point), BANDS[objective["ambition"]]
        held = ["held" if each == "breached" else each for each in states]
        answer = self.at_the_end(id, point, held)
        if answer.score is None:
            return None
        verdict, other = (band(bands, end) for end in answer.ends)
        if verdict != other:
            return None
        # "A breached or unknown guardrail withholds success."
        is_withheld = verdict == bands[0][1] and ("breached" in states or "unknown" in states)
        return "success withheld" if is_withheld else verdict

    # --- the end of a cycle ----------------------------------------------------------------------

    def at_the_end(self, id: str, point: Point, states: Sequence[str]) -> Answer:
        """ "A part that goes on, such as a key result of the year, counts as of the last day of the cycle." """
        cycle, known = self.objectives[id]["cycle"], self.settled(id, point)
        if cycle is None or known.day <= cycle["end"]:
            return self.rolled_up(id, point, "governing", states)
        limit = cycle["end"] + self.grace(cycle)
        journal = [each for each in self.entries if not is_written_after(each, limit)]
        then = ByHand({**self.organisation, "journal": journal}, self.rules)
        end = End(limit, then, then.at(cycle["end"]))
        return self.made_of(id, self.parts_at(id, point, end), states)

    def parts_at(self, id: str, point: Point, end: End) -> list[Item]:
        """The parts of an objective, those that go on as of the end."""
        known, rules, found = self.settled(id, point), self.rules_of(id), list[Item]()
        for kind, otherwise in rules["parts"]:
            if otherwise and found:
                continue
            if kind == "key results":
                for each in self.objectives[id]["key results"]:
                    if "ref" in each:
                        weight, answer = (
                            exact(each["weight"]),
                            self.part_at(each["ref"], known, end),
                        )
                    else:
                        weight = self.terms(each["id"], point, "governing").weight
                        answer = self.part_at(each["id"], point, end)
                    found.append(Item(weight, answer))
            elif kind == "key results of all objectives below":
                for each, day in self.all_below(id, point).items():
                    weight = self.terms(each, day, "governing").weight
                    found.append(Item(weight, self.part_at(each, day, end)))
            else:
                for below, weight in self.below[id]:
                    answer = self.part_at(below, known, end)
                    found += self.entering(id, below, weight, answer, known)
        return found

    def part_at(self, id: str, point: Point, end: End) -> Answer:
        """The figures of a part, as of the end if it goes on."""
        if id in self.home:
            return (
                end.hand.key_result(id, end.point)
                if self.goes_on(id, end.limit)
                else self.key_result(id, point)
            )
        cycle, closing = self.objectives[id]["cycle"], self.life(id, point).closing
        is_longer = cycle is None or cycle["end"] + self.grace(cycle) > end.limit
        is_closed_later = closing is not None and self.entries[closing]["on"] > end.point.day
        if is_longer or (is_closed_later and self.has_parts_that_go_on(id, end.limit)):
            return end.hand.objective(id, end.point)
        if closing is not None:
            return self.objective(id, point)
        answer = self.made_of(id, self.parts_at(id, point, end), self.states(id, point))
        if self.is_out(id, point) or self.objectives[id]["ambition"] == "learning":
            return Answer(excluded=True)
        return answer

    def goes_on(self, id: str, limit: date) -> bool:
        """Whether a reading of a day after the grace of another cycle may count for a key result."""
        each, cycle = self.key_results[id], self.objectives[self.home[id]]["cycle"]
        if each["derived"]:
            return any(self.goes_on(part, limit) for part in each["derived"][1])
        if cycle is None or each["observable_from"] is not None:
            return True
        due = self.terms(id, self.at(date.max), "governing").due
        return bool(min(due or cycle["end"], cycle["end"]) + self.grace(cycle) > limit)

    def has_parts_that_go_on(self, id: str, limit: date) -> bool:
        keys = [*self.held_by(id), *self.on_ways_down(id, self.at(date.max), with_micro=True)]
        return any(self.goes_on(each, limit) for each in keys)

    # --- statuses --------------------------------------------------------------------------------

    def has_status(self, id: str, point: Point) -> bool:
        """Whether a page says how it stands: it counts, and is made of key results of one cycle."""
        objective = self.objectives[self.home.get(id, id)]
        answer = self.key_result(id, point) if id in self.home else self.objective(id, point)
        if answer.excluded or objective["cycle"] is None or not objective["key results"]:
            return False
        if id in self.home:
            seen, due = (
                self.key_results[id]["observable_from"],
                self.window(id, point, "governing")[2],
            )
            return seen is None or due is None or point.day <= due
        if self.rules_of(id)["parts"] != RULES["parts"]:
            return False
        own = ("due", "observable_from", "metric", "derived")
        return not any(
            "ref" in each or any(each[name] for name in own) for each in objective["key results"]
        )

    def status(self, id: str, point: Point) -> str:
        """The word of the first rule of `RECOMMENDED` that answers."""
        home, is_part = self.home.get(id, id), id in self.home
        cycle, metric = self.objectives[home]["cycle"], None
        answer = self.key_result(id, point) if is_part else self.objective(id, point)
        if self.is_over(home, point):
            return "over" if self.decision(home, point) is None else "closed"

        def days(first: date, last: date) -> int:
            return self.active_days(home, first, last, point)

        whole = days(cycle["start"], cycle["end"])
        is_young = days(cycle["start"], point.day) < YOUNG * whole
        last = self.last_check_in(id, point)
        if last is None and is_young:
            return "not started"  # "while it is young and nothing has been read"
        if self.is_done(id, point):
            return "ahead"  # "until its end"
        # "Silence is counted up to the deadline, and not on days of a pause."
        since, until = last or cycle["start"], cycle["end"]
        if is_part:
            until = self.window(id, point, "governing")[2] or until
            since = last or self.key_results[id]["observable_from"] or since
            metric = self.key_results[id]["metric"]
        silent = self.silent_days(home, since, min(point.day, until), point)
        # "Days from one check-in to the next, if not those of its cycle"; of an objective the quickest.
        read = [self.key_results[id]] if is_part else self.objectives[home]["key results"]
        cycle_days = self.check_in_days(home, metric)
        if silent > 2 * min(each.get("check_in_days") or cycle_days for each in read):
            return "stale"
        sure = self.confidence(id, point)
        # Too little may be read for a score: "they have a pace of their own".
        if answer.pace is not None and not is_young:
            return band(RATIOS, answer.pace)
        return "unknown" if sure is None else band(SURE, sure)

    def outcome(self, id: str, point: Point) -> str | None:
        """ "Reached (1.0), as far as a stretch asks, or short": of a counted key result with a score."""
        ambition, answer = self.objectives[self.home[id]]["ambition"], self.key_result(id, point)
        is_tracked = not self.terms(id, point, "governing").weight
        is_over = self.is_over(self.home[id], point)
        if not is_over or answer.excluded or is_tracked or answer.score is None:
            return None
        if snapped(answer.score) >= 1:
            return "reached"
        if ambition is None:
            return None
        is_far = ambition == "aspirational" and snapped(answer.score) >= SHARES[ambition]
        return "as far as a stretch asks" if is_far else "short"

    def last_check_in(self, id: str, point: Point) -> date | None:
        """The day of the last check-in since its cycle began, with or without a reading."""
        if id not in self.home:
            own = [each["id"] for each in self.objectives[id]["key results"]]
            days = [self.last_check_in(each, point) for each in own]
            return max((day for day in days if day is not None), default=None)
        key_result, (first, _, _) = self.key_results[id], self.window(id, point, "governing")
        _, parts = key_result["derived"] or (None, [id])
        sources = [self.key_results[part]["metric"] or part for part in parts]
        said = [each["on"] for one in sources for each in self.said(one, point)]
        return max((day for day in said if first <= day), default=None)

    def is_done(self, id: str, point: Point) -> bool:
        """ "When nothing is left to do: delivered in full, or the baseline found." """
        if id not in self.home:
            own = [each["id"] for each in self.objectives[id]["key results"]]
            counted = [each for each in own if self.terms(each, point, "governing").weight]
            if not counted and self.rules_of(id)["zero weights"] == "equal":
                counted = own  # "what it means that all weights are 0"
            return bool(counted) and all(self.is_done(each, point) for each in counted)
        kind = self.terms(id, point, "governing").measure["kind"]
        if kind == "establish":
            return self.reading(id, point, "governing") is not None
        score = self.key_result(id, point).score
        is_full = score is not None and snapped(score) >= 1
        return kind in ("pass-fail", "milestones", "evidence") and is_full

    def confidence(self, id: str, point: Point) -> Fraction | None:
        """ "What people believe", 0 to 1; of an objective the mean over its parts, scored or not."""
        if id in self.home:
            said = [each["confidence"] for each in self.said(id, point)]
            return next((exact(each) for each in reversed(said) if each is not None), None)
        own = [each["id"] for each in self.objectives[id]["key results"]]
        weights = [self.terms(each, point, "governing").weight for each in own]
        sure = [self.confidence(each, point) for each in own]
        pairs = zip(weights, sure, strict=True)
        return mean([(weight, each) for weight, each in pairs if each is not None])
