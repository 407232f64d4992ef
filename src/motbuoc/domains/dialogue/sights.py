"""Lines of the history about dialogues, questions and rules are for those who may see these."""

from __future__ import annotations

from motbuoc.domains.dialogue.selectors import dialogues_for, questions_for, rules_for
from motbuoc.foundation.history.sights import declare

declare("dialogue", lambda viewer: dialogues_for(viewer).order_by().values("pk"))
declare("question", lambda viewer: questions_for(viewer).order_by().values("pk"))
declare("dialogue_rule", lambda viewer: rules_for(viewer).order_by().values("pk"))
