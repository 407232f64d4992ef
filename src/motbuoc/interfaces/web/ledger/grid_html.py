"""The rows of the grid as HTML, in one pass without templates: a form may have more than a thousand cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.checks import Finding, said
from motbuoc.domains.ledger.filling import LONGEST_NOTE, CellKey
from motbuoc.interfaces.web.ledger.grid import Disputed, Row, Section, Share, change_of
from motbuoc.interfaces.web.templatetags import signs

NOTHING = "–"


class GridHtml:
    """Draws the tables of one submission; `is_open`: with fields to enter into."""

    def __init__(self, submission_id: int, *, is_open: bool) -> None:
        self.submission_id, self.is_open = submission_id, is_open
        self.words = {
            name: escape(word)
            for name, word in {
                "now": _("This period"),
                "total": _("Total"),
                "estimate": _("Estimate"),
                "note": _("Note"),
                "last": _("Last period"),
                "year": _("A year before"),
                "change": _("Change"),
                "required": _("required"),
                "counted": _("counted by the system"),
                "behind": _("See what was counted"),
                "definition": _("What counts"),
                "short_estimate": _("est."),
            }.items()
        }

    def head(self, section: Section, place: int) -> SafeString:
        """The headings of a table's columns."""
        parts = "".join(
            f'<th scope="col" class="num" id="part-{place}-{part.pk}">{escape(part.name)}</th>'
            for part in section.categories
        )
        words = self.words
        now = f'{parts}<th scope="col" class="num">{words["total"]}</th>' if parts else ""
        alone = "" if parts else f'<th scope="col" class="num">{words["now"]}</th>'
        rest = "".join(f'<th scope="col" class="num">{words[name]}</th>' for name in ("last", "year", "change"))
        return mark_safe(  # noqa: S308 - made of escaped parts
            f'<tr><th scope="col">{escape(_("Indicator"))}</th>{now or alone}'
            f'<th scope="col">{words["estimate"]}</th><th scope="col">{words["note"]}</th>{rest}</tr>'
        )

    def body(self, section: Section, place: int) -> SafeString:
        """All rows of a table."""
        width = 7 + len(section.categories)
        found = []
        for row in section.rows:
            if heading := row.line.field.heading:
                found.append(
                    f'<tr class="grid-heading"><th colspan="{width}" scope="colgroup">{escape(heading)}</th></tr>'
                )
            found.append(self.row(row, place))
            found += [self._share(share, section) for share in section.shares if share.part == row.indicator.pk]
        return mark_safe("".join(found))  # noqa: S308 - made of escaped parts

    def row(self, row: Row, place: int) -> SafeString:
        """One line of the form."""
        pk, words = row.pk, self.words
        asked = f' <small class="grid-asked">{words["required"]}</small>' if self._is_asked(row) else ""
        said_of = ", ".join(filter(None, (row.indicator.measured_in, row.indicator.basis_word)))
        measure = f' <small class="muted">{escape(said_of)}</small>'
        hint = ""
        if row.indicator.definition:
            hint = (
                f'<details class="grid-hint"><summary>{words["definition"]}</summary>'
                f"<p>{escape(row.indicator.definition)}</p></details>"
            )
        total = f'<td class="num grid-total" data-total data-label="{words["total"]}">{_said(row.total)}</td>'
        parts = [
            f'<tr id="line-{pk}" data-line="{pk}" data-decimals="{row.indicator.decimals}"',
            f' data-indicator="{row.indicator.pk}" data-last="{_plain(row.last)}">',
            f'<th scope="row"><span id="name-{pk}">{escape(row.indicator.name)}</span>',
            f"{measure}{asked}{hint}{self._seen(row)}",
            self.findings(row.pk, row.findings),
            "</th>",
            self._counted(row) if row.line.is_counted else self._cells(row, place),
            total if row.line.categories else "",
            self._beside(row),
            "</tr>",
        ]
        return mark_safe("".join(parts))  # noqa: S308 - made of escaped parts

    def answer(self, row: Row) -> SafeString:
        """What the script takes over of a line that was saved: its cells, what stands in them, what is wrong."""
        cells = "" if row.line.is_counted else self._cells(row, 0)
        return mark_safe(  # noqa: S308 - made of escaped parts
            f'<tr data-line="{row.pk}"><th>{self._seen(row)}</th>{cells}</tr>'
        )

    def _seen(self, row: Row) -> str:
        return f'<input type="hidden" name="seen-{row.pk}" value="{escape(row.seen)}">' if self.is_open else ""

    def _is_asked(self, row: Row) -> bool:
        return row.line.field.is_required and not row.line.is_counted and self.is_open

    def findings(self, field_id: int, findings: Sequence[Finding]) -> str:
        """What is to be mended or explained at a line, in words; an empty place for it where there is nothing."""
        told = "".join(
            f'<li class="{"is-blocking" if one.blocks else "is-asking"}">{signs.drawing("warning")}'
            f"<span>{escape(one.words)}</span></li>"
            for one in findings
        )
        return f'<ul class="grid-findings" id="found-{field_id}">{told}</ul>'

    def _counted(self, row: Row) -> str:
        url = reverse("submission_records", args=[self.submission_id, row.pk])
        return (
            f'<td class="num" data-label="{self.words["now"]}"><span data-fixed="{_plain(row.total)}">'
            f'{_said(row.total)}</span><br><small class="muted">{self.words["counted"]}</small><br>'
            f'<small><a href="{url}">{self.words["behind"]}</a></small></td>'
        )

    def _cells(self, row: Row, place: int) -> str:
        if row.line.categories:
            labels = [(part.name, f"name-{row.pk} part-{place}-{part.pk}") for part in row.line.categories]
        else:
            labels = [(self.words["now"], f"name-{row.pk}")]
        return "".join(
            self._cell(row, key, label, named) for key, (label, named) in zip(row.line.keys, labels, strict=True)
        )

    def _cell(self, row: Row, key: CellKey, label: str, named: str) -> str:
        text, name = escape(row.texts[key]), f"{key.field_id}-{key.category_id}"
        if not self.is_open:
            mark = f' <small class="muted">{self.words["short_estimate"]}</small>' if row.is_estimate else ""
            return f'<td class="num" data-label="{escape(label)}">{text or NOTHING}{mark if text else ""}</td>'
        wrong, disputed = row.typed.wrong.get(key, ""), row.typed.disputed.get(key)
        told = f"found-{row.pk}" + (f" wrong-{name}" if wrong or disputed else "")
        about = f'<p class="field-error" id="wrong-{name}">{escape(wrong)}</p>' if wrong else ""
        if disputed:
            about = _dispute(name, disputed)
        invalid = ' aria-invalid="true"' if about else ""
        shown = " is-invalid" if about else ""
        return (
            f'<td class="grid-cell" data-label="{escape(label)}"><input class="form-control grid-input{shown}"'
            f' id="amount-{name}" name="amount-{name}" value="{text}" inputmode="decimal" autocomplete="off"'
            f' aria-labelledby="{named}" aria-describedby="{told}"{invalid}>{about}</td>'
        )

    def _beside(self, row: Row) -> str:
        pk, words = row.pk, self.words
        if self.is_open:
            estimate = ""
            if row.indicator.may_estimate and not row.line.is_counted:
                ticked = " checked" if row.is_estimate else ""
                label = f"{words['estimate']}: {escape(row.indicator.name)}"
                estimate = (
                    f'<input class="form-check-input" type="checkbox" name="estimate-{pk}" value="on"'
                    f'{ticked} aria-label="{label}">'
                )
            note = (
                f'<input class="form-control grid-note" name="note-{pk}" value="{escape(row.note)}"'
                f' maxlength="{LONGEST_NOTE}" autocomplete="off" aria-label="{words["note"]}:'
                f' {escape(row.indicator.name)}">'
            )
        else:
            estimate = escape(_("Yes")) if row.is_estimate else ""
            note = escape(row.note)
        return (
            f'<td data-label="{words["estimate"]}">{estimate}</td>'
            f'<td class="grid-words" data-label="{words["note"]}">{note}</td>'
            f"{self._past(row.last, row.year, change_of(row.total, row.last))}"
        )

    def _past(self, last: Decimal | None, year: Decimal | None, change: str) -> str:
        return (
            f'<td class="num" data-label="{self.words["last"]}">{_said(last)}</td>'
            f'<td class="num" data-label="{self.words["year"]}">{_said(year)}</td>'
            f'<td class="num" data-change data-label="{self.words["change"]}">{escape(change)}</td>'
        )

    def _share(self, share: Share, section: Section) -> str:
        """A share under the line that is its part."""
        span = len(section.categories) + 1 if section.categories else 1
        blanks = f'<td class="grid-blank" colspan="{span - 1}"></td>' if span > 1 else ""
        shares = [f"{said(one)} %" if one is not None else NOTHING for one in (share.now, share.last, share.year)]
        return (
            f'<tr class="grid-share" data-part="{share.part}" data-whole="{share.whole}"'
            f' data-decimals="{max(share.indicator.decimals, 1)}">'
            f'<th scope="row">{escape(share.indicator.name)}</th>'
            f'{blanks}<td class="num" data-share data-label="{self.words["now"]}">{shares[0]}</td>'
            '<td class="grid-blank" colspan="2"></td>'
            f'<td class="num" data-label="{self.words["last"]}">{shares[1]}</td>'
            f'<td class="num" data-label="{self.words["year"]}">{shares[2]}</td><td class="grid-blank"></td></tr>'
        )


def _plain(amount: Decimal | None) -> str:
    """A number as programs write it, for the script that counts along."""
    return "" if amount is None else f"{amount:f}"


def _said(amount: Decimal | None) -> str:
    return NOTHING if amount is None else said(amount)


def _dispute(name: str, disputed: Disputed) -> str:
    """Both values of a cell and the choice between them."""
    who = disputed.who or _("somebody else")
    told = _("%(who)s entered %(theirs)s meanwhile. You entered %(mine)s, which is not kept yet.") % {
        "who": who,
        "theirs": disputed.theirs or _("nothing"),
        "mine": disputed.mine or _("nothing"),
    }
    return format_html(
        '<fieldset class="grid-dispute" id="wrong-{0}"><legend class="field-error">{1}</legend>'
        '<input type="hidden" name="clash-{0}" value="1">'
        '<label class="form-check"><input class="form-check-input" type="radio" name="take-{0}" value="theirs">'
        " {2}</label>"
        '<label class="form-check"><input class="form-check-input" type="radio" name="take-{0}" value="mine">'
        " {3}</label></fieldset>",
        name,
        told,
        _("Let theirs stand"),
        _("Put mine in its place"),
    )
