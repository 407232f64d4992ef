"""`vanban.check` and `vanban.fix`: the proof-reader of layout.

`check` reads a file with `vanban.read`, finds the paragraph behind each field that was read (`elements`), measures
how it is printed (`looks`) and compares with the layout in force on the document's day (`vanban.formats`). What is
said of each departure and its source stand in `rules.toml`.
"""

from vanban.checking.finding import Finding, Severity, Spot
from vanban.checking.proofreading import check, fix
from vanban.checking.reporting import as_dict, report

__all__ = ["Finding", "Severity", "Spot", "as_dict", "check", "fix", "report"]
