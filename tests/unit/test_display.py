"""What people see: text in 80 columns, Markdown, HTML; every text escaped, every line short."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from unicodedata import combining, east_asian_width

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.display.table_rows import rows_of
from okrcore.display.text import bar, explanation_text, fit
from okrcore.testing.values import titles
from strategies import Quarter, quarters

Q3 = okr.FiscalCalendar(start_month=1).quarter(2026, 3)
PLAN = okr.Plan(
    [
        okr.Objective(
            "grow",
            "Earn more per account without hurting support",
            cycle=Q3,
            ambition=okr.Ambition.COMMITTED,
            key_results=[
                okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128), unit="USD"),
                okr.KeyResult("conv", "Free-to-paid conversion", okr.Increase(3.1, 3.8)),
            ],
            guardrails=[okr.Guardrail("tickets", "Tickets per 1,000 accounts", okr.AtMost(85))],
        ),
        okr.Objective(
            "team",
            "Better offers",
            supports=["grow"],
            key_results=[okr.KeyResult("offers", "Offers", okr.PassFail())],
        ),
    ]
)
JOURNAL = okr.Journal(
    okr.check_ins(date(2026, 8, 14), {"arpa": 120, "tickets": 91, "offers": True})
)


def test_the_table() -> None:
    card = okr.evaluate(PLAN, JOURNAL, as_of=date(2026, 8, 15))
    table = """\
As of 2026-08-15, by RECOMMENDED

                                    score            expected  status
Earn more per account without        0.50 █████░░░░░     0.49  on track
hurting support
  50% measured; final score between 0.25 and 0.75; objectives below: 1.00
  Revenue per account                0.50 █████░░░░░     0.49  on track
  Free-to-paid conversion               –                0.49  stale
    no reading; nothing read in 45 days
  ✗ Tickets per 1,000 accounts: 91, outside its limit (at most 85), first on
    2026-08-14

Better offers                        1.00 ██████████           ahead
  Offers                             1.00 ██████████           ahead"""
    assert str(card) == table


def test_a_fact_is_in_one_sentence() -> None:
    """In its first days a key result without a reading has not started: it has one reason, not two."""
    card = okr.evaluate(PLAN, okr.Journal(), as_of=date(2026, 7, 10))
    rows = [(row.title, row.status, row.note) for row in rows_of(card)]
    # 9 of 91 days are over, and no interval of check-ins was missed twice.
    assert rows == [
        (
            "Earn more per account without hurting support",
            "not started",
            "none of its 2 key results is measured",
        ),
        ("Revenue per account", "not started", "no reading"),
        ("Free-to-paid conversion", "not started", "no reading"),
        ("Tickets per 1,000 accounts", "unknown", "no reading"),
        ("Better offers", "unknown", "its one key result: no reading"),
        ("Offers", "unknown", "no reading"),
    ]


def test_nothing_read_yet_is_kept_beside_another_reason() -> None:
    kr = okr.KeyResult("leaks", "Leaks", okr.Decrease(None, 0))
    plan = okr.Plan([okr.Objective("safe", "Safe", cycle=Q3, key_results=[kr])])
    card = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 7, 10))
    assert [row.note for row in rows_of(card)] == [
        "its one key result: no baseline yet",
        "no baseline yet; nothing read yet",
    ]


def test_a_status_that_no_number_explains_has_its_reason() -> None:
    """A clean audit is on track without a reading: people are confident."""
    audit = okr.Objective(
        "audit",
        "A clean audit",
        cycle=Q3,
        ambition=okr.Ambition.COMMITTED,
        key_results=[okr.KeyResult("findings", "No major finding", okr.PassFail())],
    )
    partners = okr.Objective(
        "partners",
        "Partners sign",
        cycle=Q3,
        key_results=[okr.KeyResult("signed", "Signed", okr.Evidence(required=2))],
    )
    share = okr.Objective(
        "share",
        "Share",
        cycle=Q3,
        key_results=[okr.KeyResult("base", "Share today", okr.EstablishBaseline(), unit="%")],
    )
    day = date(2026, 8, 21)
    journal = okr.Journal(
        [
            okr.CheckIn("findings", day, confidence=0.8),
            okr.CheckIn("signed", day, ["Kestrel Air"], confidence=0.9),
            okr.CheckIn("base", day, 43),
        ]
    )
    card = okr.evaluate(okr.Plan([audit, partners, share]), journal, as_of=day)
    assert [(row.title, row.status, row.note) for row in rows_of(card)] == [
        ("A clean audit", "on track", "its one key result: no reading; confidence 0.80"),
        ("No major finding", "on track", "no reading; confidence 0.80"),
        ("Partners sign", "on track", "confidence 0.90"),
        ("Signed", "on track", "confidence 0.90"),
        ("Share", "ahead", "done: its one key result: baseline found: 43%"),
        ("Share today", "", "baseline found: 43%"),
    ]


def test_what_the_close_asks_for_is_shown() -> None:
    low = okr.Journal(okr.check_ins(date(2026, 10, 2), {"arpa": 112, "conv": 3.1, "tickets": 80}))
    early = " ".join(str(okr.evaluate(PLAN, low, as_of=date(2026, 10, 3))).split())
    assert "missed so far, with 0.00; final numbers may come until 2026-10-14" in early
    assert "asks for a post-mortem" not in early
    text = str(okr.evaluate(PLAN, low, as_of=date(2026, 10, 15)))
    assert "missed" in text
    assert "so far" not in text
    assert "asks for a post-mortem" in text
    assert "read late, on 2026-10-02" in text
    assert "✓ Tickets" in text


@given(quarters())
def test_text_fits_80_columns(quarter: Quarter) -> None:
    card = quarter.evaluate()
    assert all(len(line) < 80 for line in str(card).splitlines())
    for objective in card.plan_in_force.objectives:
        explained = str(card.explain(objective.id))
        assert all(len(line) < 80 for line in explained.splitlines())


def test_a_withheld_success_fits_too() -> None:
    plan = okr.Plan([evolve(PLAN.objectives[0], key_results=[PLAN.key_result("arpa")])])
    read = okr.Journal(okr.check_ins(date(2026, 9, 30), {"arpa": 128, "tickets": 91}))
    text = str(okr.evaluate(plan, read, as_of=date(2026, 9, 30)))
    assert "success withheld" in text
    assert max(map(len, text.splitlines())) < 80


def test_the_bundle_has_all_three_forms() -> None:
    card = okr.evaluate(PLAN, JOURNAL, as_of=date(2026, 8, 15))
    bundle = card._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/markdown", "text/html"}
    assert bundle["text/plain"] == str(card)
    assert "| **Better offers** | 1.00 | ██████████ |" in bundle["text/markdown"]
    explained = card.explain("grow")._repr_mimebundle_()
    assert explained["text/plain"] == str(card.explain("grow"))
    assert explained["text/markdown"].startswith("```text\n")
    assert repr(card.explain("conv")) == "Explanation('conv', score none: no reading)"
    assert repr(card.explain("arpa")) == (
        "Explanation('arpa', score 0.5: $120 is 50% of the way from $112 to $128, read on 2026-08-14)"
    )
    assert repr(card) == "Scorecard(Plan(2 objectives, 6 items), as of 2026-08-15, RECOMMENDED)"
    assert repr(card["grow"]) == "ObjectiveResult('grow', 0.50, on track)"
    assert repr(card["tickets"]) == "GuardrailResult('tickets', no score, breached)"


def test_an_explanation_can_be_cut_at_any_depth() -> None:
    card = okr.evaluate(PLAN, JOURNAL, as_of=date(2026, 8, 15))
    first, *below = explanation_text(card.explain("team"), 1).splitlines()
    assert first == "Better offers (team): score 1, its one key result"
    remark = "  status ahead: done: its one key result"
    assert below == ["  Offers (offers): score 1, met, read on 2026-08-14", remark]
    assert explanation_text(card.explain("team"), 0).splitlines() == [first, remark]


class _Tags(HTMLParser):
    """Collects tags and text, and fails on a tag that is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(titles())
def test_html_escapes_every_text(title: str) -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                f"<script>{title}",
                key_results=[okr.KeyResult("k", f"<b>{title}", okr.PassFail())],
                guardrails=[okr.Guardrail("g", title, okr.AtMost(1))],
            )
        ]
    )
    bundle = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 15))._repr_mimebundle_()
    tags = _Tags()
    tags.feed(bundle["text/html"])
    assert tags.open == []
    assert tags.seen <= {
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "meter", "br", "small"),
    }
    assert f"<script>{title}"[:8] in tags.text


def test_bars() -> None:
    assert bar(0, 4) == "░░░░"
    assert bar(1, 4) == "████"
    assert bar(7, 4) == "████"
    assert bar(-7, 4) == "░░░░"
    assert bar(0.5, 4) == "██░░"
    assert bar(0.53125, 4) == "██▏░"


def test_texts_fit_columns() -> None:
    assert fit("abc", 5) == "abc  "
    assert fit("abcdef", 4) == "abc…"
    assert fit("日本語", 4) == "日… "  # wide characters take two columns
    assert fit("e\u0301tude", 5) == "e\u0301tude"
    assert fit("日本", 1) == "…"


WEEKS = okr.Objective(
    "form",
    "Let people start a trial in a minute",
    supports=["arpa"],
    cycle=okr.Cycle.starting(date(2026, 8, 10), okr.Cadence.MICRO_TWO_WEEKS),
    trigger=okr.Trigger(okr.TriggerKind.STALLED_KEY_RESULT),
    key_results=[okr.KeyResult("trials", "Trials", okr.Reach(10))],
)
DONE = evolve(
    WEEKS,
    id="done",
    cycle=okr.Cycle.starting(date(2026, 7, 6), okr.Cadence.MICRO_WEEK),
    key_results=[],
)
PLAIN = okr.Objective(
    "plain",
    "Answer within a day",
    supports=["grow"],
    cycle=okr.Cycle.starting(date(2026, 8, 10), okr.Cadence.MICRO_WEEK),
)
METRICS = [
    okr.Metric("nps", "Net promoter score", health=okr.Between(30, 70), check_in_days=30),
    okr.Metric("visits", "Visits"),
]


def test_micro_okrs_and_metrics_have_their_lines() -> None:
    plan = okr.Plan([PLAN.objectives[0], WEEKS, DONE, PLAIN], metrics=METRICS)
    journal = okr.Journal(
        okr.check_ins(date(2026, 8, 14), {"arpa": 120, "tickets": 80, "conv": 3.4, "trials": 2})
    )
    entries = okr.check_ins(date(2026, 6, 1), {"nps": 33})
    card = okr.evaluate(plan, journal.add(entries), as_of=date(2026, 8, 15))
    table = """\
As of 2026-08-15, by RECOMMENDED

                                    score            expected  status
Earn more per account without        0.46 ████▋░░░░░     0.49  on track
hurting support
    ↳ Answer within a day               –                      unknown
      Micro-OKR to 2026-08-16; no key results
  Revenue per account                0.50 █████░░░░░     0.49  on track
    ↳ Let people start a trial in a  0.20 ██░░░░░░░░     0.38  off track
    minute
      Micro-OKR to 2026-08-23, stalled key result; progress 0.20, expected 0.38
      by now (0.52 of it)
  Free-to-paid conversion            0.43 ████▎░░░░░     0.49  at risk
    progress 0.43, expected 0.49 by now (0.87 of it)
  ✓ Tickets per 1,000 accounts: 80, within its limit (at most 85)"""
    text = str(card)
    assert text.startswith(table)
    assert text.endswith("""\

Net promoter score                                             stale
  last read 75 days ago, on 2026-06-01, due every 30 days: 33, within its limit
  (between 30 and 70)
Visits                                                         unknown
  no reading""")
    bundle = card._repr_mimebundle_()
    micro = "| &emsp;&emsp;↳ Let people start a trial in a minute | 0.20 | ██░░░░░░░░ | 0.38 | off track"
    assert micro in bundle["text/markdown"]
    assert (
        "| *Net promoter score* |  |  |  | stale · last read 75 days ago" in bundle["text/markdown"]
    )
    assert "↳ Let people start a trial in a minute</td>" in bundle["text/html"]
    assert ">stale<br><small>last read 75 days ago" in bundle["text/html"]


def test_a_plan_of_metrics_alone_has_a_table() -> None:
    card = okr.evaluate(okr.Plan([], metrics=METRICS), okr.Journal(), as_of=date(2026, 8, 15))
    assert str(card).splitlines()[3].startswith("Net promoter score")


def test_what_people_say_and_what_is_computed_stand_beside_each_other() -> None:
    said: list[okr.CheckIn | okr.Judgement] = [
        okr.CheckIn("arpa", date(2026, 8, 14), status="at risk"),
        okr.Judgement("grow", date(2026, 8, 14), status="off track", because="the deal is off"),
    ]
    journal = JOURNAL.add(said)
    by_rule = str(okr.evaluate(PLAN, journal, as_of=date(2026, 8, 15)))
    assert "  off track judged on 2026-08-14: the deal is off; 50% measured" in by_rule
    assert "0.49  on track\n    at risk declared on 2026-08-14\n" in by_rule
    told = evolve(
        okr.RECOMMENDED, name="told", status=[okr.rulebook.Declared(), *okr.RECOMMENDED.status]
    )
    by_word = str(okr.evaluate(PLAN, journal, as_of=date(2026, 8, 15), rulebook=told))
    assert "0.49  at risk\n    declared on 2026-08-14; computed: on track\n" in by_word
    agreed = okr.CheckIn("arpa", date(2026, 8, 15), status="on track")
    text = str(okr.evaluate(PLAN, journal.add(agreed), as_of=date(2026, 8, 15), rulebook=told))
    assert "computed: on track" not in text.split("Revenue per account")[1]


def columns(line: str) -> int:
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in line)


@given(
    st.text(st.sampled_from("aé e\u0301 漢字かな-"), min_size=1, max_size=90).filter(str.strip),
    st.text(st.sampled_from("off track 漢字"), min_size=1, max_size=60).filter(str.strip),
)
def test_wide_words_and_long_statuses_fit_and_stay_whole(title: str, status: str) -> None:
    objective = okr.Objective("o", title, key_results=[okr.KeyResult("k", title, okr.PassFail())])
    plan = okr.Plan([objective], metrics=[okr.Metric("m", title, definition=title)])
    book = evolve(okr.RECOMMENDED, name="b", status=[okr.rulebook.Always(status)])
    card = okr.evaluate(
        plan,
        okr.Journal(okr.check_ins(date(2026, 8, 14), {"k": 0.5})),
        as_of=date(2026, 8, 15),
        rulebook=book,
    )
    lines = [*str(card).splitlines(), *str(card.explain("o")).splitlines()]
    assert all(columns(line) < 80 for line in lines)
    shown = "".join(str(card).split())
    for character in set("".join(title.split())):
        assert shown.count(character) >= 3 * title.count(character)


def test_an_explanation_goes_as_deep_as_is_asked() -> None:
    explained = okr.evaluate(PLAN, JOURNAL, as_of=date(2026, 8, 15)).explain("team")
    first, remark = explanation_text(explained, depth=0).splitlines()
    assert first.startswith("Better offers (team): score 1")
    assert remark == "  status ahead: done: its one key result"
