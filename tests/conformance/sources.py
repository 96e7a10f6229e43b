"""Which rulebook a case's source means: one table. The first row whose words all occur answers.

A row is (words, rulebook). Words are looked for in the source, in lower case.
"""

from __future__ import annotations

import okrcore as okr
from okrcore.rulebook import dialects

SOURCES: list[tuple[tuple[str, ...], okr.Rulebook]] = [
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


def rulebook_for(source: str, rows: list[tuple[tuple[str, ...], okr.Rulebook]]) -> okr.Rulebook:
    """Return the rulebook that a source means; `RECOMMENDED` for a source that no row names."""
    text = source.lower()
    return next(
        (rulebook for words, rulebook in rows if all(word in text for word in words)),
        okr.RECOMMENDED,
    )
