"""Scores, coverage, ranges and pace worked by hand: plain recursion over an organisation, in fractions.

Written from the documentation; imports nothing of the package. Each rule stands under the sentence that it
comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from oracles.by_hand.history import History, Point, Reading, Terms, aggregated
from oracles.by_hand.measures import (
    LINES,
    ONE,
    ZERO,
    Facts,
    attained,
    clipped,
    exact,
    expected_of,
    holds,
    is_scoreless,
    on_line,
    periods,
    snapped,
    value_of,
)

__all__ = ["RULES", "SHARES", "Answer", "Figures", "Item", "mean"]

# The rules of `RECOMMENDED`.
RULES: Facts = {
    "clip": {"floor": 0, "ceiling": 1},  # "scores 0 to 1"
    "unread": None,  # "missing left out and shown"
    "flat": "absent",
    "parts": (("key results", False), ("objectives below", True)),  # "own, otherwise children"
    "combine": "mean",
    "weigh": "stated",
    "zero weights": "absent",
    "missing": None,
    "empty": None,
    "least coverage": 0,
    "archived": True,
    "micro": False,
    "entry": {},
    "result": {},
    "grace": 14,  # "a grace of 14 days for a key result's own readings"
    "budget": 2,
    "partial": True,
    "effect": "separate",  # "guardrails separate"
    "memory": "now",
    "settles hard": True,
    "vouches": 2,  # "too old is more than two check-in intervals"
}
SHARES = {"committed": ONE, "aspirational": Fraction(7, 10)}
CAP = Fraction(69, 100)


class Answer(NamedTuple):
    """The figures of an item; `low` and `high` are its score with what is open scored as 0, and 1."""

    score: Fraction | None = None
    progress: Fraction | None = None
    coverage: Fraction | None = None
    low: Fraction = ZERO
    high: Fraction = ONE
    excluded: bool = False
    expected: Fraction | None = (
        None  # by now, read or not: the line times the share for the ambition
    )
    paced: Fraction | None = None  # the progress that is held against it

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The range as it is shown: a score lies in its range, also one above 1."""
        if self.score is None:
            return self.low, self.high
        return min(self.low, self.score), max(self.high, self.score)

    @property
    def pace(self) -> Fraction | None:
        """ "Progress of those parts by what is expected of them; 1 is on the line." """
        if self.expected is None or self.paced is None:
            return None
        if self.expected <= 0:
            # "While nothing above 0 is expected there is no quotient": a waypoint may lie before the start.
            return ONE if self.paced >= self.expected else ZERO
        return self.paced / self.expected


class Item(NamedTuple):
    """An item that enters a mean, with its weight there."""

    weight: Fraction
    answer: Answer


def mean(entered: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    whole = sum((weight for weight, _ in entered), ZERO)
    return sum((weight * each for weight, each in entered), ZERO) / whole if whole else None


def combined(how: str, entered: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    if entered and how == "minimum":
        return min(score for _, score in entered)
    if how == "share achieved":
        return mean([(weight, Fraction(snapped(score) >= 1)) for weight, score in entered])
    return mean(entered)


class Figures(History):
    """An organisation with the figures of its key results and objectives."""

    def __init__(self, organisation: Facts, rules: Facts = RULES) -> None:
        super().__init__(organisation, rules)
        self.known: dict[tuple[Any, ...], Answer] = {}

    # --- key results -----------------------------------------------------------------------------

    def key_result(self, id: str, point: Point, grade: str = "governing") -> Answer:
        key = (id, point, grade)
        if key not in self.known:
            self.known[key] = self.measured(id, point, grade)
        return self.known[key]

    def measured(self, id: str, point: Point, grade: str) -> Answer:
        home, rules = self.home[id], self.rules_of(self.home[id])
        known, terms = self.settled(home, point), self.terms(id, point, grade)
        seen_from = self.key_results[id]["observable_from"]
        is_unseen = seen_from is not None and seen_from > known.day  # "until then it is excluded"
        if self.is_out(home, point) or is_scoreless(terms.measure) or is_unseen:
            return Answer(excluded=True)
        expected = self.expected(id, point, grade)
        if terms.measure["kind"] == "each-period" and self.reading(id, point, grade) is not None:
            return self.in_periods(id, point, grade, expected)
        return self.worth(terms, self.reading(id, point, grade), rules, expected)

    def in_periods(self, id: str, point: Point, grade: str, expected: Fraction | None) -> Answer:
        """ "The share of the periods that are over in which the bound held"; the range has the open ones."""
        home, rules = self.home[id], self.rules_of(self.home[id])
        known, terms = self.settled(home, point), self.terms(id, point, grade)
        first, _, deadline = self.window(id, point, grade)
        is_endless = self.key_results[id]["observable_from"] is not None
        if self.objectives[home]["cycle"] is None or deadline is None or is_endless:
            return Answer(coverage=ZERO, expected=expected)
        how, read = self.all_readings(id, point, grade)
        held = over = planned = 0
        cut = periods(first, deadline, terms.measure["every"])
        for start, end in cut:
            if self.is_paused_throughout(home, start, end, known):
                continue
            planned += 1
            # "Late days are in the last."
            last = date.max if end == deadline else end
            mine = [each for each in read if start <= each.on <= last]
            over += end <= known.day
            if mine and end <= known.day:
                value = value_of(aggregated(how, mine).value)
                held += holds(terms.measure["bound"], value)

        def ends(share: Fraction) -> Fraction:
            return clipped(rules["clip"], share * terms.rescale)

        if not planned:
            return Answer(coverage=ZERO, expected=expected)
        low, high = ends(Fraction(held, planned)), ends(Fraction(held + planned - over, planned))
        if not over:
            return Answer(None, None, ZERO, low, high, False, expected)
        progress = Fraction(held, over) * terms.rescale
        paced = None if expected is None else ends(Fraction(held, over))
        return Answer(ends(Fraction(held, over)), progress, ONE, low, high, False, expected, paced)

    @staticmethod
    def worth(
        terms: Terms,
        read: Reading | None,
        rules: Facts,
        expected: Fraction | None,
    ) -> Answer:
        """The figures of a reading on the terms of a day."""
        progress = None
        if read is not None:
            progress = attained(terms.measure, terms.baseline, read.value, rules)
        is_measured = progress is not None
        if progress is not None:
            progress *= terms.rescale  # "What progress is multiplied by from then on"
        elif read is None or (terms.measure["kind"] in LINES and terms.baseline is None):
            # "The progress that stands for no reading, or no baseline."
            progress = None if rules["unread"] is None else exact(rules["unread"])
        if progress is None:
            return Answer(coverage=ZERO, expected=expected)
        score = clipped(rules["clip"], progress)
        low, high = (score, score) if is_measured else (ZERO, ONE)
        paced = None if expected is None else score
        coverage = Fraction(is_measured)
        return Answer(score, progress, coverage, low, high, False, expected, paced)

    def expected(self, id: str, point: Point, grade: str) -> Fraction | None:
        """ "Progress expected by now; None where the measure has no line"; of a stretch 0.7 of the line."""
        home = self.home[id]
        known, terms = self.settled(home, point), self.terms(id, point, grade)
        objective, deadline = self.objectives[home], self.window(id, point, grade)[2]
        cycle = objective["cycle"]
        if cycle is None or deadline is None:
            return None

        def days(day: date) -> int:
            return self.active_days(home, cycle["start"], day, known)

        line = [(0, ZERO), (days(deadline), ONE)]
        for on, value in self.key_results[id]["waypoints"]:
            step = attained(terms.measure, terms.baseline, value, self.rules_of(home))
            if step is not None:
                line.insert(-1, (days(on), step))
            elif terms.measure["kind"] in LINES and terms.baseline is None and known.day < deadline:
                return None  # a waypoint of a way without a start lies nowhere
        if terms.measure["kind"] == "each-period":
            # In all periods that are over, from the first one on.
            (_, end), *_ = periods(cycle["start"], deadline, terms.measure["every"])
            return SHARES.get(objective["ambition"], ONE) if end <= known.day else None
        share = ONE if known.day >= deadline else on_line(line, days(known.day))
        full = SHARES.get(objective["ambition"], ONE)  # "aspirational ones for 0.7 of it"
        return expected_of(terms.measure, full, share, known.day, deadline)

    # --- objectives ------------------------------------------------------------------------------

    def parts(self, id: str, point: Point, grade: str) -> list[Item]:
        """ "Whether key results or children feed a mean follows from the plan's structure." """
        objective, known, rules = self.objectives[id], self.settled(id, point), self.rules_of(id)
        found: list[Item] = []
        for kind, otherwise in rules["parts"]:
            if otherwise and found:
                continue  # "only if nothing before them is there"
            if kind == "key results":
                for each in objective["key results"]:
                    if "ref" in each:
                        weight, answer = (
                            exact(each["weight"]),
                            self.key_result(each["ref"], known, grade),
                        )
                    else:
                        weight = self.terms(each["id"], point, grade).weight
                        answer = self.key_result(each["id"], point, grade)
                    found.append(Item(weight, answer))
                continue
            if kind == "key results of all objectives below":
                for each, then in self.all_below(id, point).items():
                    weight = self.terms(each, then, grade).weight
                    found.append(Item(weight, self.key_result(each, then, grade)))
                continue
            found += self.objectives_below([id], known, grade)
        return found

    def objectives_below(self, above: Sequence[str], known: Point, grade: str) -> list[Item]:
        """The objectives that support one, with what they are worth to it on a day."""
        (id,) = above
        found = (
            (below, weight, self.objective(below, known, grade)) for below, weight in self.below[id]
        )
        return [item for each in found for item in self.entering(id, *each, known)]

    def entering(
        self, id: str, below: str, weight: Fraction, answer: Answer, known: Point
    ) -> list[Item]:
        """An objective below as an item; none if it is an overlay."""
        rules = self.rules_of(id)
        if self.is_micro(below) and not rules["micro"]:
            return []
        is_archived = self.life(below, known).state == "archived"
        if is_archived and not self.rules_of(below)["archived"]:
            # "A closed one as it was closed, unless the rulebook leaves it out": its own, as
            # an item is excluded or not whatever it enters.
            answer = answer._replace(excluded=True)
        return [Item(weight, answer)]

    def objective(self, id: str, point: Point, grade: str = "governing") -> Answer:
        key = (id, point, grade)
        if key not in self.known:
            answer = self.rolled_up(id, point, grade, self.states(id, point))
            if self.is_out(id, point) or self.objectives[id]["ambition"] == "learning":
                # "No score at all"; a part that moves along a line is expected to, all the same.
                answer = Answer(None, None, None, ZERO, ONE, True, *answer[6:])
            self.known[key] = answer
        return self.known[key]

    def states(self, id: str, point: Point) -> list[str]:
        """The states of the guardrails of an objective."""
        return [self.guardrail(each["id"], point) for each in self.objectives[id]["guardrails"]]

    def rolled_up(self, id: str, point: Point, grade: str, states: Sequence[str]) -> Answer:
        return self.made_of(id, self.parts(id, point, grade), states)

    def made_of(self, id: str, items: list[Item], states: Sequence[str]) -> Answer:
        """Items rolled up by the rules of an objective."""
        rules = self.rules_of(id)
        empty = None if rules["empty"] is None else exact(rules["empty"])
        if rules["least coverage"]:
            empty = None  # "the share of the weight that must be read for there to be a score"
        least, most = clipped(rules["result"], ZERO), clipped(rules["result"], ONE)
        # A guardrail that is averaged is there without any part.
        guarded = self.at_once(id, states, [])
        progress = empty if guarded is None else guarded
        score = empty if guarded is None else clipped(rules["result"], guarded)
        nothing = Answer(score, progress, ZERO, least, most)
        if not items:
            return nothing
        if rules["weigh"] == "equal":
            items = [Item(ONE if each.weight else ZERO, each.answer) for each in items]
        if not any(each.weight for each in items):
            # "What it means that all weights are 0."
            if rules["zero weights"] == "absent":
                return nothing
            if rules["zero weights"] == "zero":
                return Answer(ZERO, ZERO, ZERO, least, most)
            items = [Item(ONE, each.answer) for each in items]
        counted = [each for each in items if each.weight and not each.answer.excluded]
        if not counted:
            return Answer(empty, empty, None, excluded=True)

        # "Missing leaves the mean but keeps its weight in `coverage` and `score_range`."
        missing = None if rules["missing"] is None else exact(rules["missing"])
        scores = [(each.weight, each.answer.score) for each in counted]
        filled = [(weight, missing if score is None else score) for weight, score in scores]
        entered = [(weight, score) for weight, score in filled if score is not None]
        coverage = mean([(each.weight, each.answer.coverage or ZERO) for each in counted])
        progress = self.at_once(id, states, entered)
        if coverage is None or coverage < exact(rules["least coverage"]):
            progress = None
        low = self.at_once(id, states, [(each.weight, each.answer.low) for each in counted])
        high = self.at_once(id, states, [(each.weight, each.answer.high) for each in counted])
        low, high = clipped(rules["result"], low or ZERO), clipped(rules["result"], high or ZERO)
        score = None if progress is None else clipped(rules["result"], progress)
        if score is None and empty is not None:
            score = progress = empty

        # "Averaged over the same key results as the progress"; while none is read, over all with a line.
        lines = [each for each in counted if each.answer.expected is not None]
        read = [each for each in lines if self.come(each, missing) is not None]
        come = mean([(each.weight, self.come(each, missing) or ZERO) for each in read])
        expected = mean([(each.weight, each.answer.expected or ZERO) for each in read or lines])
        return Answer(score, progress, coverage, low, high, False, expected, come)

    @staticmethod
    def come(item: Item, missing: Fraction | None) -> Fraction | None:
        """What came of a part, or stands for it while it has no score."""
        return missing if item.answer.score is None else item.answer.paced

    def at_once(
        self, id: str, states: Sequence[str], entered: Sequence[tuple[Fraction, Fraction]]
    ) -> Fraction | None:
        """The parts combined, and the effect of the guardrails on that."""
        rules = self.rules_of(id)
        entered = [(weight, clipped(rules["entry"], score)) for weight, score in entered]
        score = combined(rules["combine"], entered)
        if rules["effect"] == "average":
            # "As if one key result in three had failed."
            known = [Fraction(each != "breached") for each in states if each != "unknown"]
            weight = sum((weight for weight, _ in entered), ZERO)
            own = [] if score is None else [(weight, score)]
            return mean([*own, *((ONE, each) for each in known)])
        if score is None or rules["effect"] == "separate" or "breached" not in states:
            return score
        return ZERO if rules["effect"] == "veto" else min(score, CAP)
