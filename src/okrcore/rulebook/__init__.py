"""Method: how OKRs are judged, as frozen data."""

from okrcore._arith import Rounding as Rounding
from okrcore.rulebook.bands import OTHERWISE as OTHERWISE
from okrcore.rulebook.bands import Axis as Axis
from okrcore.rulebook.bands import Bands as Bands
from okrcore.rulebook.bands import Scale as Scale
from okrcore.rulebook.clip import Clip as Clip
from okrcore.rulebook.rulebook import RECOMMENDED as RECOMMENDED
from okrcore.rulebook.rulebook import Rulebook as Rulebook
from okrcore.rulebook.rulebook import Verdict as Verdict
from okrcore.rulebook.rules import AttainmentRule as AttainmentRule
from okrcore.rulebook.rules import FlatLine as FlatLine
from okrcore.rulebook.rules import Part as Part
from okrcore.rulebook.rules import Parts as Parts
from okrcore.rulebook.rules import RollUpRule as RollUpRule
from okrcore.rulebook.standing import ByBands as ByBands
from okrcore.rulebook.standing import Closed as Closed
from okrcore.rulebook.standing import ClosingRule as ClosingRule
from okrcore.rulebook.standing import Done as Done
from okrcore.rulebook.standing import Expectation as Expectation
from okrcore.rulebook.standing import GuardrailRule as GuardrailRule
from okrcore.rulebook.standing import NotStarted as NotStarted
from okrcore.rulebook.standing import PacingRule as PacingRule
from okrcore.rulebook.standing import Stale as Stale
from okrcore.rulebook.standing import Status as Status
from okrcore.rulebook.standing import StatusRule as StatusRule
