"""Every way in which sohoa says no, as one tree with stable codes.

SohoaError
├── InvalidInput         what came in cannot be taken as it is; the sender must change something
├── Refused              the request is well formed, but not now or not by you
├── Unreadable           a page or record that the machine could not do; a person can
└── BackendUnavailable   not the document's fault; the same step is tried again  (retryable)
"""

from __future__ import annotations

from typing import ClassVar


class SohoaError(Exception):
    """Root of the tree.

    `code` is stable and public (API, JSON, metrics); `retryable` says whether the same step may succeed
    later without a change of the input; `advice` says what to do next. `detail` is for people and never holds
    a document's text or a person's data.
    """

    code: ClassVar[str] = "error"
    retryable: ClassVar[bool] = False
    advice: ClassVar[str] = "Report this with the time and the ids shown; it is a fault in sohoa."

    def __init__(self, detail: str = "", **facts: str | int | float | tuple[int, ...] | None) -> None:
        self.detail = detail or (self.__doc__ or "").strip().splitlines()[0]
        self.facts = {key: value for key, value in facts.items() if value is not None}
        super().__init__(self.detail)


# --- what came in ---


class InvalidInput(SohoaError):
    """The input cannot be taken as it is."""

    code = "invalid_input"
    advice = "Correct the input and send it again."


class NoSuchFile(InvalidInput):
    """There is no file at that path that may be read."""

    code = "no_such_file"
    advice = "Check the path and the rights of the file; of a folder, name the files (folder/*)."


class EmptyFile(InvalidInput):
    """The file has no bytes."""

    code = "empty_file"
    advice = "Scan the paper again; the scanner or the network dropped the file."


class UnsupportedMediaType(InvalidInput):
    """The content is none of PDF, TIFF, JPEG or PNG."""

    code = "unsupported_media_type"
    advice = "Send a PDF, TIFF, JPEG or PNG; the name of a file does not matter, its content does."


class FileTooLarge(InvalidInput):
    """The file has more bytes than the limit."""

    code = "file_too_large"
    advice = "Split the batch into smaller files, or ask the administrator to raise the limit."


class FixityMismatch(InvalidInput):
    """The bytes that arrived are not those whose SHA-256 was declared."""

    code = "fixity_mismatch"
    advice = "Send the file again; it was damaged on the way."


class DamagedFile(InvalidInput):
    """No page of the file can be shown."""

    code = "damaged_file"
    advice = "Scan the paper again; the file is broken beyond repair."


class EncryptedFile(InvalidInput):
    """The file is protected by a password."""

    code = "encrypted_file"
    advice = "Ask for a copy without a password, or print and scan it."


class TooManyPages(InvalidInput):
    """The file has more pages than the limit."""

    code = "too_many_pages"
    advice = "Split the file, or ask the administrator to raise the limit."


class ImageTooLarge(InvalidInput):
    """A page has more pixels than the limit."""

    code = "image_too_large"
    advice = (
        "Scan at 200 to 300 dpi, a sheet larger than A1 at 200; or ask the administrator to raise the limit."
    )


class DecodeTimeout(InvalidInput):
    """Decoding the file took longer than the limit."""

    code = "decode_timeout"
    advice = "Scan the paper again; the file keeps its reader busy without end."


class DecodeMemory(InvalidInput):
    """Decoding the file wanted more memory than the limit."""

    code = "decode_memory"
    advice = "Scan the paper again; the file unpacks to more than any paper needs."


class InvalidManifest(InvalidInput):
    """The declaration of the batch contradicts itself or an earlier one."""

    code = "invalid_manifest"
    advice = "Open a new batch with a new id, or repeat the first declaration unchanged."


class InvalidImport(InvalidInput):
    """The file of dossiers cannot be read at all."""

    code = "invalid_import"
    advice = "Send CSV (UTF-8) or XLSX with a header row, or JSON; see the column names in the documentation."


class InvalidReport(InvalidInput):
    """The file is none of sohoa's reports, or lacks the statement of what it was made from."""

    code = "invalid_report"
    advice = "Give the report as it was downloaded: JSON, CSV, XLSX or PDF, not a copy of its table."


class InvalidDossierCode(InvalidInput):
    """Not a dossier code of either form, or its date does not exist."""

    code = "invalid_dossier_code"
    advice = "Type the code as it is printed on the receipt, for example H58.30-220303-0012."


class InvalidValue(InvalidInput):
    """A value does not have the form that its field needs."""

    code = "invalid_value"
    advice = "Correct the value that is named."


# --- not now, not by you ---


class Refused(SohoaError):
    """The request is understood and refused."""

    code = "refused"
    advice = "See the reason."


class NotSignedIn(Refused):
    """No valid session or station key came with the request."""

    code = "not_signed_in"
    advice = "Sign in, or send the station's key as a bearer token."


class NotAllowed(Refused):
    """The role or the org unit of the account does not reach this far."""

    code = "not_allowed"
    advice = "Ask the administrator for the role or the org unit that this needs."


class NotFound(Refused):
    """Nothing under this id that the account may see."""

    code = "not_found"
    advice = "Check the id; it may belong to another org unit."


class StaleVersion(Refused):
    """Somebody changed the record since it was read."""

    code = "stale_version"
    advice = "Load the record again, look at the change, and repeat yours if it still holds."


class VersionRequired(Refused):
    """The change does not name the version that it is based on."""

    code = "version_required"
    advice = "Send the record's ETag as If-Match."


class IllegalTransition(Refused):
    """The state does not allow this verb."""

    code = "illegal_transition"
    advice = "Load it again; somebody or the pipeline has moved it on."


class RuleHasBegun(Refused):
    """The rule is in force already, and reports were made by it."""

    code = "rule_has_begun"
    advice = "Enter a new version from another day; what was in force stays in the history."


class RuleUnchanged(Refused):
    """These very figures count on that day already."""

    code = "rule_unchanged"
    advice = "Nothing to do; check the day and the figures if something else was meant."


class RecordLeased(Refused):
    """Another person works on this record now."""

    code = "record_leased"
    advice = (
        "Take the next one from the queue; this one is free again when it is done or the lease has run out."
    )


class ReviewLeaseLost(Refused):
    """The record is not leased to you any more."""

    code = "review_lease_lost"
    advice = "Load the record again; if nobody has taken it over or changed it, lease it anew and repeat."


class NotReusable(Refused):
    """The paper is not filed, not this person's, not valid on that day, or in this very dossier."""

    code = "not_reusable"
    advice = "Search again by the owner's id number; scan the paper if nothing fits."


class BatchIncomplete(Refused):
    """Declared files have not arrived."""

    code = "batch_incomplete"
    advice = "Send the missing files, then complete the batch again."


class BatchClosed(Refused):
    """The batch is complete and takes no more files."""

    code = "batch_closed"
    advice = "Open a new batch for the new files."


class FileWithdrawn(Refused):
    """The station has withdrawn this declared file."""

    code = "file_withdrawn"
    advice = "Declare the file in a new batch; a withdrawal is final."


class AlreadyReceived(Refused):
    """The file is durable and cannot be withdrawn any more."""

    code = "already_received"
    advice = "Nothing to do: the service has the file. A clerk can discard its papers."


class DossierUnknown(Refused):
    """No dossier with this code has been imported."""

    code = "dossier_unknown"
    advice = "Check the code against the receipt; if it is right, import the dossier first."


class SecretPaper(Refused):
    """Secret papers are refused at the scanner; nothing was stored."""

    code = "secret_paper"
    advice = "Handle the paper by the rules for state secrets; do not scan it."


class TooManyRequests(Refused):
    """Too many requests in a short time."""

    code = "too_many_requests"
    advice = "Wait as long as Retry-After says, then try again."


# --- the machine could not, a person can ---


class Unreadable(SohoaError):
    """The machine could not do this; a person can."""

    code = "unreadable"
    advice = "Open it on the screen and enter what it says, or scan the paper again."


class RecognitionFailed(Unreadable):
    """The OCR engine gave up on this page."""

    code = "recognition_failed"


class AttemptsExhausted(Unreadable):
    """The step died several times without an answer."""

    code = "attempts_exhausted"


class FilingFailed(Unreadable):
    """The lasting copy (PDF/A) could not be made."""

    code = "filing_failed"
    advice = "The master is safe. Report the record's id; filing can be asked for again."


# --- a back end is ill, the document is not ---


class BackendUnavailable(SohoaError):
    """A service that sohoa stands on does not answer; the same step is tried again."""

    code = "backend_unavailable"
    retryable = True
    advice = "Nothing is lost and nothing needs to be sent again; see /ready for which service is down."


class DatabaseUnavailable(BackendUnavailable):
    """The database does not answer."""

    code = "database_unavailable"


class ObjectStoreUnavailable(BackendUnavailable):
    """The object store does not answer."""

    code = "object_store_unavailable"


class BrokerUnavailable(BackendUnavailable):
    """The broker does not answer; the sweep will ask again for what is unfinished."""

    code = "broker_unavailable"


class EngineUnavailable(BackendUnavailable):
    """The OCR engine or its models cannot be loaded."""

    code = "engine_unavailable"
    advice = "Install the missing packages (./sohoa sets them up) and restart the worker; pages wait."


class ObjectMissing(BackendUnavailable):
    """A row names an object that the object store does not have."""

    code = "object_missing"
    advice = "Restore the object store from its backup, then run ./sohoa audit."


class ScratchFull(BackendUnavailable):
    """The disk on which files are decoded is full."""

    code = "scratch_full"
    advice = "Make room where temporary files lie (TMPDIR, usually /tmp); waiting files are then decoded by themselves."


class ResultsNotWritten(BackendUnavailable):
    """The results cannot be written into their folder."""

    code = "results_not_written"
    advice = "Make room on the disk, or name another folder with --out, and read the file again."


class LeaseLost(BackendUnavailable):
    """Another worker has taken the step over; this outcome is dropped."""

    code = "lease_lost"
    advice = "Nothing to do; if it happens often, raise the lease."


def all_errors() -> list[type[SohoaError]]:
    """Every class of the tree, parents before children."""

    def below(cls: type[SohoaError]) -> list[type[SohoaError]]:
        return [cls, *(found for child in cls.__subclasses__() for found in below(child))]

    return below(SohoaError)
