"""Every regular expression of the reader, by name, each with examples that a test runs.

All are linear: repeats are bounded or over one class of characters, none stands inside another unbounded one.
`REGISTRY` holds name → `Example` (pattern, how it is used, strings it must find, strings it must not).
"""

from vanban.patterns.checks import *  # noqa: F403
from vanban.patterns.duties import *  # noqa: F403
from vanban.patterns.endings import *  # noqa: F403
from vanban.patterns.files import *  # noqa: F403
from vanban.patterns.letterhead import *  # noqa: F403
from vanban.patterns.lines import *  # noqa: F403
from vanban.patterns.mentions import *  # noqa: F403
from vanban.patterns.pages import *  # noqa: F403
from vanban.patterns.provisions import *  # noqa: F403
from vanban.patterns.references import *  # noqa: F403
from vanban.patterns.regimes import *  # noqa: F403
from vanban.patterns.registry import REGISTRY as REGISTRY
from vanban.patterns.times import *  # noqa: F403
