"""What each rule of layout (`vanban.checking`, rules.toml) is called and says, in the language of the page.

A sentence is chosen by the code of a finding and filled with `found` and `expected`; {element} is a name of
`ELEMENTS`.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ELEMENTS: dict[str, Any] = {
    "banner": _("the name at the top right"),
    "nation": _("the State's name"),
    "motto": _("the motto"),
    "superior": _("the name of the superior body"),
    "issuer": _("the name of the issuing body"),
    "star": _("the sign under the issuing body"),
    "number": _("the number and symbol"),
    "place_and_date": _("the place and date"),
    "type": _("the kind of document"),
    "subject": _("the summary"),
    "title_end": _("the hyphens under the summary"),
    "dispatch_subject": _("the summary of the dispatch"),
    "addressee_label": _("the words “Kính gửi”"),
    "addressee": _("the addressee"),
    "basis": _("the legal basis"),
    "body": _("the text"),
    "heading_centred": _("the heading of a part, chapter or section"),
    "article": _("the word “Điều” and its number"),
    "distribution_label": _("the words “Nơi nhận”"),
    "distribution": _("the distribution list"),
    "authority": _("the line of authority"),
    "signer_title": _("the signer's title"),
    "signer_name": _("the signer's name"),
    "urgency": _("the mark of urgency"),
    "circulation": _("the limit of circulation"),
    "draft": _("the mark of a draft"),
    "elsewhere": _("a paragraph in a table or an appendix"),
    "page_number": _("the page number"),
}
"""The parts of a paper, as they stand inside a sentence."""

_STYLE = _("The letters of {element} are {found}; they should be {expected}.")
LOOKS: dict[str, Any] = {
    "font": _("The font of {element} is {found}; it should be {expected}."),
    "size": _("The size of {element} is {found}; it should be {expected}."),
    "bold": _STYLE,
    "italic": _STYLE,
    "underline": _STYLE,
    "caps": _("The letters of {element} are not all capitals; they should be."),
    "align": _("The lines of {element} stand {found}; they should stand {expected}."),
    "first_line": _("The first line of {element} begins {found} mm in; it should begin {expected} mm in."),
    "gap": _("The gap above a paragraph of {element} is {found} pt; it should be {expected} pt."),
    "line": _("The height of the lines of {element} is {found}; it should be {expected}."),
}
"""What is said of how a part is printed, by the last word of the code."""

RULES: dict[str, Any] = {
    "page.size": _("The sheet is {found} mm; it should be {expected} mm (A4)."),
    "page.margin_top": _("The top margin is {found} mm; it should be {expected} mm."),
    "page.margin_bottom": _("The bottom margin is {found} mm; it should be {expected} mm."),
    "page.margin_left": _("The left margin is {found} mm; it should be {expected} mm."),
    "page.margin_right": _("The right margin is {found} mm; it should be {expected} mm."),
    "page_number.missing": _("The pages are not numbered; from page 2 on the number stands at the {expected}."),
    "page_number.place": _("The page number stands at the {found}; it should stand at the {expected}."),
    "page_number.first_page": _("The first page prints its number; it should not."),
    "regime.unknown": _("Neither the Party's nor the State's letterhead was found: nothing was checked."),
    "regime.no_rules": _("No rules of layout for such a paper on {found} are at hand: nothing was checked."),
    "regime.normative": _("A legal normative document: another law lays down its form; this is by analogy."),
    "typography.unchecked": _(
        "Only words were checked: fonts, sizes and margins are measured in Word files (.docx)."
    ),
    "banner.mixed": _("The letterhead prints both “{found}”; a paper bears one of the two."),
    "banner.missing": _("The letterhead does not print “{expected}”."),
    "banner.rule": _("No solid line stands under “{expected}”."),
    "issuer.rule": _("No solid line stands under the name of the issuing body."),
    "issuer.star": _("The sign “{expected}” is missing between the issuing body and the number."),
    "issuer.type": _("“{found}” is not among the kinds of paper that this body issues."),
    "number.colon": _("The number line begins “{found}”; it should begin “{expected}”."),
    "number.padding": _("The number “{found}” is below 10; it should be “{expected}”."),
    "number.separator": _("Between number and symbol stands “{found}”; it should be “{expected}”."),
    "number.spaces": _("The number line reads “{found}”; it should be “{expected}”."),
    "number.blank": _("The number is blank: fill it in before the paper is issued."),
    "date.blank": _("The day is blank: fill it in before the paper is issued."),
    "date.padding": _("The date reads “{found}”; it should be “{expected}” (days below 10, months 1 and 2)."),
    "date.form": _("The date reads “{found}”; the words ngày, tháng, năm are written in full."),
    "type.symbol": _("The symbol begins with “{found}”; for this kind of document it should be “{expected}”."),
    "dispatch.symbol": _("The symbol of a dispatch begins with “{found}”; it should name the bodies."),
    "subject.lead": _("The summary of the dispatch begins “{found}”; it should begin “{expected}”."),
    "subject.no_lead": _("The summary of the dispatch begins “{found}”; the samples print it without."),
    "subject.case": _("The summary begins with the capital “{found}”; it should begin with a small letter."),
    "title.end": _("Under the summary stands “{found}”; there should be five hyphens."),
    "title.rule": _("No solid line stands under the summary."),
    "addressee.label": _("The addressees stand under “{found}”; it should be “{expected}”."),
    "addressee.mark": _("After an addressee stands “{found}”; it should be “{expected}”."),
    "basis.dash": _("A legal basis begins without a dash; it should begin “{expected}”."),
    "basis.mark": _("After a legal basis stands “{found}”; it should be “{expected}”."),
    "body.end": _("The text ends with “{found}”; it should end with “{expected}”."),
    "citation.incomplete": _("A document is cited for the first time without its {expected}."),
    "text.spaces": _("{found}; there should be {expected}."),
    "text.tone": _("The marks of tone are set in two ways ({found}); one paper keeps to one."),
    "text.composed": _("Letters are typed as a letter and loose marks; they should be whole (Unicode NFC)."),
    "text.letter": _("The foreign letter “{found}” stands for “{expected}”."),
    "text.encoding": _("Text is set in {found}, a font with an encoding of its own; it should be Unicode."),
    "distribution.missing": _("The distribution list (Nơi nhận) is missing."),
    "distribution.as_above": _("The distribution list opens with “{found}”; it should open with “{expected}”."),
    "distribution.archive": _("The distribution list ends with “{found}”; it should end with “{expected}”."),
    "distribution.archive_form": _("The last recipient reads “{found}”; it should begin “{expected}”."),
    "distribution.mark": _("After a recipient stands “{found}”; it should be “{expected}”."),
    "authority.form": _("The right to sign is written “{found}”; it should be “{expected}”."),
    "authority.unknown": _("The right to sign is written “{found}”; Party papers know T/M, K/T and T/L only."),
    "signer_title.organ": _("The signer's title names the body (“{found}”); it is the title alone."),
    "signer_name.rank": _("An academic or military title stands before the signer's name (“{found}”)."),
    "annex.numbering": _("The appendices are numbered “{found}”; the numerals should be {expected}."),
}
"""What is said of every other rule."""

AREAS: dict[str, Any] = {
    "File": _("The file"),
    "Page": _("The page"),
    "Letterhead": _("The letterhead"),
    "Title and addressees": _("Title and addressees"),
    "Text": _("The body of the text"),
    "End": _("The end of the paper"),
}
"""The parts of a paper that rules are about (`vanban.checking.rules.areas`)."""

VALUES: dict[str, Any] = {
    "bold": _("bold"),
    "not bold": _("not bold"),
    "italic": _("in italics"),
    "not italic": _("upright"),
    "underlined": _("underlined"),
    "not underlined": _("not underlined"),
    "left": _("at the left"),
    "right": _("at the right"),
    "center": _("in the middle"),
    "in the middle": _("in the middle"),
    "justified": _("at both edges"),
    "justify": _("at both edges"),
    "top": _("top of the page"),
    "bottom": _("foot of the page"),
    "nothing": _("no mark"),
    "Roman": _("Roman"),
    "Arabic": _("Arabic"),
    "date": _("date"),
    "no font that is named": _("not named"),
    "one": _("one space"),
    "none": _("no space"),
    "Two spaces or more stand between words": _("Two spaces or more stand between words"),
    "A space stands before a mark": _("A space stands before a mark"),
}
"""Words that stand in `found` and `expected`; all else there is measured, or words of the paper itself."""

SOURCES: dict[str, Any] = {
    "no.": _("no."),
    "cell": _("cell"),
    "and": _("and"),
    "sample": _("sample"),
    "the forms": _("the forms"),
    "custom": _("custom"),
    "its own bases": _("the paper's own bases"),
    "its own text": _("the paper's own text"),
    "administrative papers": _("administrative papers"),
    "as reported": _("as reported"),
    "good typing": _("good typing"),
    "limits of the check": _("limits of the check"),
    "none on file": _("no paper at hand"),
    "followed where": _("followed instead of"),
    "is not at hand": _("which is not at hand"),
}
"""Words that stand in the source of a rule beside numbers of papers and their articles."""
