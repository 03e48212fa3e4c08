"""The port that the pipeline uses, and its implementation: rules for fields, rules and a learned model for types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from classify.addressee import addressee
from classify.agreement import agreeing_place, agreeing_symbol
from classify.authority import issuing_authority
from classify.blocks import Head, read_head
from classify.boundaries import BoundaryFinder
from classify.components import COMPONENTS, handed_in
from classify.date_line import find_date_line, issue_date, place
from classify.dossier_code import proposals
from classify.fields import dossier_code_field, header_fields
from classify.found import Found
from classify.layout import Layout, laid_out
from classify.number_line import number_row, number_symbol
from classify.number_symbol import ODD, NumberGrammar, NumberSymbol
from classify.particulars import ParticularsReader
from classify.person_names import NameChecker
from classify.register_number import register_number
from classify.review import review_reasons
from classify.rules import LETTER, Clues, decide
from classify.signature import SignatureReader
from classify.signer_title import TitleReader, authorities
from classify.signing_order import SigningOrder
from classify.spelling import Speller
from classify.stamps import without_stamps
from classify.subject import letter_subject, list_heading, title_subject
from classify.taxonomy import Taxonomy
from classify.titles import Title, find_title, title_blocks
from classify.type_features import type_features
from classify.type_fields import TypeFieldReader
from classify.type_model import TypeModel, built_in
from classify.type_vote import weighed
from classify.units import UnitFinder
from classify.urgency import urgency
from classify.wording import Wording
from records import default_data
from records.org_unit import OrgUnit
from records.page import Barcode, PageText
from records.procedure import DocumentType, Procedure
from records.record import UNKNOWN_TYPE, Classification, DossierProposal, Field, FieldName
from records.symbols import KindAbbreviation, OfficialPhrase

PARENT_AUTHORITY = "parent_authority"
ADDRESSEE = "addressee"
URGENCY = "urgency"
SIGNATURE_AUTHORITY = "signature_authority"
OF_DOSSIERS = ("applicant", "id_no", "procedure_name", "received_at", "due_at")
ISSUING_UNIT = "issuing_unit"
PROCEDURE_CODE = "procedure_code"
DID_NOT_EXIST = 0.8  # how far a name and a day are believed that exclude each other
SURE_ENOUGH = 0.6  # of an addressee or a degree of urgency
SURE_TITLE = 0.9


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine makes of a record; nothing of it is confirmed."""

    classification: Classification
    fields: tuple[Field, ...]
    proposals: tuple[DossierProposal, ...]
    review_reasons: tuple[str, ...]


class Classifier(Protocol):
    """Turns the pages of one record into a reading. Never fails on what the pages hold."""

    def classify(
        self,
        pages: Sequence[PageText],
        barcodes: Sequence[Sequence[Barcode]] = (),
        *,
        scanned_on: date | None = None,
    ) -> Reading:
        """`pages` in order; `barcodes` of each page in the same order; dates after `scanned_on` are misread."""
        ...


class RuleClassifier:
    """Reads types by the taxonomy's titles and numbers, fields by the layout of Decree 30/2020."""

    def __init__(
        self,
        document_types: Iterable[DocumentType],
        abbreviations: Iterable[KindAbbreviation],
        org_units: Iterable[OrgUnit],
        procedures: Iterable[Procedure],
        phrases: Iterable[OfficialPhrase] | None = None,
        type_model: TypeModel | None = None,
    ) -> None:
        """`type_model`: the learned model; by default the one that the project ships with."""
        self._model = type_model or built_in()
        abbreviations, org_units = tuple(abbreviations), tuple(org_units)
        self._units = UnitFinder(org_units)
        units = [unit.name for unit in org_units]
        phrases = default_data.official_phrases() if phrases is None else tuple(phrases)
        places = [province.name for province in default_data.provinces()]
        agencies = [phrase.text for phrase in phrases if phrase.kind == "agency"]
        self._taxonomy = Taxonomy(document_types, abbreviations)
        self._grammar = NumberGrammar(abbreviations)
        self._places = Speller([*places, *units])
        self._agencies = Speller([*agencies, *_with_levels(places), *units])
        self._phrases = Speller((p.text for p in phrases if p.kind == "summary"), trusted=True)
        titles = [phrase.text for phrase in phrases if phrase.kind == "signer_title"]
        names = NameChecker(default_data.surnames(), default_data.given_names())
        spelling = Speller([*titles, *agencies, *_with_levels(places)])
        self._signatures = SignatureReader(TitleReader(spelling, SigningOrder(titles)), names)
        provinces = default_data.provinces()
        self._particulars = ParticularsReader(names, procedures, [one.id_code for one in provinces])
        self._type_fields = TypeFieldReader(names, provinces)

    def classify(
        self,
        pages: Sequence[PageText],
        barcodes: Sequence[Sequence[Barcode]] = (),
        *,
        scanned_on: date | None = None,
    ) -> Reading:
        """See `Classifier.classify`."""
        printed = [laid_out(page, number) for number, page in enumerate(pages, start=1)]
        named = tuple(proposals(printed, barcodes, scanned_on))
        layouts = [without_stamps(layout) for layout in printed]
        first = next((layout for layout in layouts if len(layout.segments) >= 3), None)
        if first is None:
            return _nothing(pages, named)
        classification, found, parent = self._read(first, layouts, printed, scanned_on)
        found, unit = self._of_unit(found, parent)
        fields = (*header_fields(found), dossier_code_field(named))
        if unit is not None:
            fields = (*fields, unit.as_field(ISSUING_UNIT))
        if parent is not None:
            fields = (*fields, parent.as_field(PARENT_AUTHORITY))
        fields += tuple(value.as_field(name) for name, value in more_fields(layouts, found))
        row = self._taxonomy.types.get(classification.document_type)
        wanted = wanted_fields(row)
        own = dict(self._type_fields.read(layouts, classification.document_type))
        own |= dict(self._particulars.read(layouts, [name for name in wanted if name not in own]))
        papers = handed_in(layouts) if COMPONENTS in wanted else None
        own |= {COMPONENTS: papers} if papers is not None else {}
        own |= self._procedure_of(own, scanned_on)
        fields += tuple(value.as_field(name) for name, value in own.items())
        return Reading(
            classification, fields, named, review_reasons(pages, classification, row, fields, named)
        )

    def document_starts(self, pages: Sequence[PageText]) -> tuple[int, ...]:
        """Numbers of the pages (from 1) on which a paper begins; 1 is always among them."""
        return BoundaryFinder(self._taxonomy, self._grammar).document_starts(pages)

    def _read(
        self,
        first: Layout,
        layouts: Sequence[Layout],
        printed: Sequence[Layout],
        scanned_on: date | None,
    ) -> tuple[Classification, dict[FieldName, Found | None], Found | None]:
        head = read_head(first)
        title = find_title(head, self._taxonomy)
        sure = title is not None and title.score >= SURE_TITLE
        kinds = self._taxonomy.kinds_of(title.match.pattern.code) if title and sure else frozenset[str]()
        number = number_symbol(head, self._grammar, title.lines[-1] if title else None, kinds)
        number_at, parsed = number if number else (None, None)
        wording = Wording((s.words for layout in layouts for s in layout.segments), self._phrases)
        about = letter_subject(head, number_row(head, self._grammar), wording)
        clues = Clues(first, title, parsed, number_at, about)
        subject = self._subject(head, title, parsed, wording)
        by_rules = decide(clues, printed, subject.value if subject else None, self._taxonomy)
        votes = self._model.probabilities(type_features(head, len(layouts)))
        classification = weighed(by_rules, votes, self._model.name)
        row = self._taxonomy.types.get(classification.document_type)
        authority, parent = issuing_authority(head, self._agencies, title.lines[0] if title else None)
        signature = self._signatures.read(layouts) if self._is_official(head, classification) else None
        dated = find_date_line(head, layouts)
        where = place(dated, self._places) if dated else None
        authority, where = agreeing_place(agreeing_symbol(authority, parsed), where)
        found = {
            FieldName.NUMBER_SYMBOL: _of_type(number_at, parsed, row) or register_number(first, row),
            FieldName.ISSUING_AUTHORITY: authority,
            FieldName.ISSUE_DATE: issue_date(dated, scanned_on) if dated else None,
            FieldName.PLACE: where,
            FieldName.SUBJECT: about if classification.document_type == LETTER else subject,
            FieldName.SIGNER_NAME: signature.name if signature else None,
            FieldName.SIGNER_TITLE: signature.title if signature else None,
        }
        return classification, found, parent

    def _of_unit(
        self, found: dict[FieldName, Found | None], parent: Found | None
    ) -> tuple[dict[FieldName, Found | None], Found | None]:
        """The unit of the office that issued it; where it did not exist on that day, name and day are doubted."""
        authority, dated = found[FieldName.ISSUING_AUTHORITY], found[FieldName.ISSUE_DATE]
        if authority is None or authority.value is None:
            return found, None
        where = found[FieldName.PLACE]
        around = " ".join(one.value for one in (parent, where) if one is not None and one.value)
        day = date.fromisoformat(dated.value) if dated is not None and dated.value else None
        issuer = self._units.find(authority.value, around, day)
        if issuer is None:
            return found, None
        unit = replace(authority, value=issuer.unit.code, rule="org_unit", normalised=issuer.unit.name)
        if issuer.existed or dated is None:
            return found, unit
        doubted: dict[FieldName, Found | None] = {
            FieldName.ISSUING_AUTHORITY: authority.doubted(DID_NOT_EXIST),
            FieldName.ISSUE_DATE: dated.doubted(DID_NOT_EXIST),
        }
        return found | doubted, unit.doubted(DID_NOT_EXIST)

    def _procedure_of(self, own: dict[str, Found], scanned_on: date | None) -> dict[str, Found]:
        """The code of the procedure that a receipt names, as it was on the day of receipt."""
        named, received = own.get("procedure_name"), own.get("received_at")
        if named is None or named.value is None:
            return {}
        day = date.fromisoformat(received.value) if received is not None and received.value else scanned_on
        code = self._particulars.procedure_code(named.value, day)
        return {PROCEDURE_CODE: replace(named, value=code, rule="procedure_name")} if code else {}

    def _subject(
        self, head: Head, title: Title | None, parsed: NumberSymbol | None, wording: Wording
    ) -> Found | None:
        """The summary under the title: administrative kinds have one; others only where it says "Về việc"."""
        if title is None:
            block = next(title_blocks(head), [])
            return list_heading(head.layout, block, wording)
        found = title_subject(head.layout, title, wording, small=head.is_party)
        if found is None or self._has_summary(title, parsed):
            return found
        return found if (found.value or "").startswith(("Về việc", "V/v")) else None

    def _has_summary(self, title: Title, parsed: NumberSymbol | None) -> bool:
        """Whether a paper says under its title what it is about: its type does, or its number's kind."""
        row = self._taxonomy.types.get(title.match.pattern.code)
        kind = self._taxonomy.of_kind(parsed.kind) if parsed is not None and parsed.kind else None
        numbered = kind is not None and row is not None and row.role == "process"
        return self._taxonomy.has_summary(title.match.pattern.code) or (
            numbered and kind is not None and self._taxonomy.has_summary(kind)
        )

    def _is_official(self, head: Head, classification: Classification) -> bool:
        """Whether somebody signs for an agency; who signs an application is its applicant."""
        row = self._taxonomy.types.get(classification.document_type)
        return head.two_columns or row is None or row.role != "input"


def _of_type(number: Found | None, parsed: NumberSymbol | None, row: DocumentType | None) -> Found | None:
    """A number of an odd form that its type asks for (387/2008 on a certificate of birth) is not odd."""
    if number is None or number.value is None or parsed is None or row is None or row.number_pattern is None:
        return number
    asked = parsed.certainty == ODD and re.fullmatch(row.number_pattern, number.value) is not None
    return replace(number, confidence=number.confidence / ODD) if asked else number


def wanted_fields(row: DocumentType | None) -> tuple[str, ...]:
    """The fields that a type asks for; papers that go with a dossier say whose it is and what for."""
    if row is None:
        return ()
    goes_with = row.role == "process" and FieldName.DOSSIER_CODE.value in row.fields
    return (*row.fields, *(name for name in OF_DOSSIERS if goes_with and name not in row.fields))


def more_fields(
    layouts: Sequence[Layout], found: Mapping[FieldName, Found | None]
) -> Iterator[tuple[str, Found]]:
    """What else stands in the head and over the signature: addressee, urgency, by what authority somebody signs."""
    to = next(filter(None, map(addressee, layouts[:2])), None)
    if to is not None and to.confidence >= SURE_ENOUGH:
        yield ADDRESSEE, to
    degree = urgency(layouts[0]) if layouts else None
    if degree is not None and degree.confidence >= SURE_ENOUGH:
        yield URGENCY, degree
    title = found.get(FieldName.SIGNER_TITLE)
    by = authorities(title.value) if title is not None and title.value else ""
    if title is not None and by:
        yield SIGNATURE_AUTHORITY, replace(title, value=by)


def _nothing(pages: Sequence[PageText], named: tuple[DossierProposal, ...]) -> Reading:
    """The reading of a record without print: bar codes may still name its dossier."""
    classification = Classification(UNKNOWN_TYPE, 0.1)
    fields = (*header_fields({}), dossier_code_field(named))
    return Reading(classification, fields, named, review_reasons(pages, classification, None, fields, named))


def _with_levels(places: Iterable[str]) -> list[str]:
    return [f"{level} {place}" for place in places for level in ("tỉnh", "thành phố")]
