"""The tables, listed for Django; each is defined in the package it belongs to."""

from motbuoc.domains.cascade.models import Dissemination, ItemLink, Localisation
from motbuoc.domains.documents.models import (
    Addressee,
    Citation,
    Copy,
    Document,
    DocumentLink,
    DocumentVersion,
    DocumentWords,
    Duty,
    DutyUnit,
    Provision,
)
from motbuoc.domains.inspections.models import (
    CheckItem,
    CheckPlan,
    Chosen,
    Finding,
    FindingFile,
    Visit,
    VisitEntry,
)
from motbuoc.domains.registers.models import (
    Incoming,
    Number,
    Outgoing,
    Recipient,
    RoutingNote,
    Series,
    Term,
    Urging,
)
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.work.corrections import Correction
from motbuoc.domains.work.linked import Figure, Ground, Portion, Prerequisite
from motbuoc.domains.work.models import Assignment, Entry, Evidence, HandOver, HelpOffer, Issuing
from motbuoc.domains.work.outlook_tables import Outlook, OutlookRun
from motbuoc.foundation.access.models import ApiToken, Grant
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryHead, HistoryLine, HistoryPersonal, HistorySeal
from motbuoc.foundation.notices.models import (
    CalendarAddress,
    Delivery,
    Ladder,
    Notice,
    Preference,
    PushSubscription,
    Rung,
    Webhook,
)
from motbuoc.foundation.notices.received import ReceivedMail
from motbuoc.foundation.people.models import Account, Invitation, Person, Position, StandIn
from motbuoc.foundation.reorganisation.models import Lineage, Reorganisation
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitGroup, UnitHost, UnitIdentifier, UnitVersion
from motbuoc.foundation.workdays.models import CalendarChange, CalendarDay, CalendarYear

__all__ = [
    "Account",
    "Addressee",
    "ApiToken",
    "Assignment",
    "CalendarAddress",
    "CalendarChange",
    "CalendarDay",
    "CalendarYear",
    "CheckItem",
    "CheckPlan",
    "Chosen",
    "Citation",
    "Copy",
    "Correction",
    "Delivery",
    "Dissemination",
    "Document",
    "DocumentLink",
    "DocumentVersion",
    "DocumentWords",
    "Duty",
    "DutyUnit",
    "Entry",
    "Evidence",
    "Figure",
    "Finding",
    "FindingFile",
    "Grant",
    "Ground",
    "HandOver",
    "HelpOffer",
    "HistoryHead",
    "HistoryLine",
    "HistoryPersonal",
    "HistorySeal",
    "Incoming",
    "Invitation",
    "Issuing",
    "ItemLink",
    "Ladder",
    "Lineage",
    "Localisation",
    "Notice",
    "Number",
    "Outgoing",
    "Outlook",
    "OutlookRun",
    "Person",
    "Portion",
    "Position",
    "Preference",
    "Prerequisite",
    "Provision",
    "PushSubscription",
    "ReceivedMail",
    "Recipient",
    "Reorganisation",
    "Report",
    "RoutingNote",
    "Rung",
    "Series",
    "StandIn",
    "StoredFile",
    "Term",
    "Unit",
    "UnitClosure",
    "UnitGroup",
    "UnitHost",
    "UnitIdentifier",
    "UnitVersion",
    "Urging",
    "Visit",
    "VisitEntry",
    "Webhook",
]
