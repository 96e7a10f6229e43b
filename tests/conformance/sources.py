"""Which rulebook a case's source means: one table. The first row whose words all occur answers.

A row is (words, rulebook). Words are looked for in the source, in lower case, and then in the name of the
vendor. A case that no row names is judged by what its own text says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import okrcore as okr
from conformance.harness import source_of
from conformance.stated import rulebook_stated
from okrcore.rulebook import dialects

Row: TypeAlias = tuple[tuple[str, ...], okr.Rulebook]

SOURCES: list[Row] = [
    (("3065807",), dialects.OLDEST_ALLY),
    (("1931651",), dialects.OLD_ALLY),
    (("ally.io",), dialects.ALLY),
    (("viva",), dialects.VIVA),
    (("phased-targets",), dialects.VIVA),
    (("quantive",), dialects.QUANTIVE),
    (("gtmhub",), dialects.QUANTIVE),
    (("profit.co",), dialects.PROFIT),
    (("perdoo",), dialects.PERDOO),
    (("amoeboids",), dialects.UPRAISE),
    (("synergita",), dialects.SYNERGITA),
    (("lattice",), dialects.LATTICE),
    (("15five",), dialects.FIFTEEN_FIVE),
    (("leapsome",), dialects.LEAPSOME),
    (("betterworks",), dialects.BETTERWORKS),
    (("qulture",), dialects.QULTURE_ROCKS),
    (("sharemeow",), dialects.TABILITY),
    (("tability",), dialects.TABILITY),
    (("mooncamp",), dialects.MOONCAMP),
    (("bojaprod",), dialects.BOJA),
    (("recruiterflow",), dialects.RECRUITERFLOW),
    (("jiraalign",), dialects.JIRA_ALIGN),
    (("support.atlassian.com",), dialects.ATLASSIAN_GOALS),
    (("feishu",), dialects.LARK),
    (("lark",), dialects.LARK),
    (("platinumpart",), dialects.ASANA),
    (("asana",), dialects.ASANA),
    (("engagedly",), dialects.ENGAGEDLY),
    (("cascade",), dialects.CASCADE),
    (("planview",), dialects.PLANVIEW),
    (("oboard",), dialects.OBOARD),
    (("holaspirit",), dialects.HOLASPIRIT),
    (("metapulse",), dialects.METAPULSE),
    (("servicenow",), dialects.SERVICENOW),
    (("sap.com",), dialects.SUCCESSFACTORS),
    (("workday",), dialects.WORKDAY),
    (("waymaker",), dialects.WAYMAKER),
    (("viindoo",), dialects.VIINDOO),
    (("okrnest",), okr.RECOMMENDED),
    (("www-gitlab-com",), dialects.GITLAB_HANDBOOK),
    (("gitlab",), dialects.GITLAB),
    (("getkeyresultprogressdetails",), dialects.OKR_TRACKER_DISPLAY),
    (("okr-tracker",), dialects.OKR_TRACKER),
    (("puzzle/okr",), dialects.PUZZLE),
    (("operately",), dialects.OPERATELY),
    (("burningokr",), dialects.BURNING_OKR),
    (("shamanr",), dialects.SHAMANR),
    (("frappe",), dialects.FRAPPE),
    (("mhokr",), dialects.MHOKR),
    (("memoflow",), dialects.MEMOFLOW),
    (("business-as-code",), dialects.BUSINESS_AS_CODE),
    (("primitives.org.ai",), dialects.BUSINESS_AS_CODE),
    (("faraatar",), dialects.FARAATAR),
    (("codetether",), dialects.CODETETHER),
    (("pm-skills",), dialects.PM_SKILLS),
    (("gauzy",), dialects.GAUZY),
    (("leantime",), dialects.LEANTIME),
    (("moonshot",), dialects.MOONSHOT),
    (("albertoalcolea",), dialects.OKR_MANAGEMENT),
    (("open-okr",), dialects.OPEN_OKR),
    (("joystream",), dialects.JOYSTREAM),
    (("ipfs",), dialects.IPFS),
]


def row_of(case: Mapping[str, Any], rows: Iterable[Row]) -> Row | None:
    """Return the first row whose words all stand in a case's source, or else in its vendor's name."""
    rows = list(rows)
    for text in (source_of(case), str(case.get("vendor", ""))):
        for words, rulebook in rows:
            if all(word in text.lower() for word in words):
                return words, rulebook
    return None


def rulebook_for(case: Mapping[str, Any], rows: Iterable[Row]) -> okr.Rulebook:
    """Return the rulebook that a case's source means.

    Args:
        case: The case.
        rows: Rows from outside, which come before the table.
    """
    found = row_of(case, [*rows, *SOURCES])
    return rulebook_stated(case) if found is None else found[1]
