"""A document that a person uploads: hostile bytes that are kept as they are, once they are what they say.

PDF, PNG and JPEG only, told by their first and last bytes and never by their name. A document is never opened by the
portal and never shown inside a page: it is handed out as a download of its own kind.
"""

from dataclasses import dataclass
from pathlib import PurePath

from catalog.importers.files import OTHER_KINDS, UnusableFile
from slas.actions.documents import Document
from slas.models import MediaType

MOST_BYTES = 10_000_000
LONGEST_NAME = 120
TAIL = 1024  # programs write a few bytes after the end of a PDF


@dataclass(frozen=True)
class Kind:
    """A kind of document: how it begins, what stands at its end, what it is called."""

    begins: bytes
    ends: bytes
    media_type: MediaType
    ending: str


KINDS = (
    Kind(b"%PDF-", b"%%EOF", MediaType.PDF, ".pdf"),
    Kind(b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82", MediaType.PNG, ".png"),
    Kind(b"\xff\xd8\xff", b"\xff\xd9", MediaType.JPEG, ".jpg"),
)


def read_document(content: bytes, *, name: str) -> Document:
    """What was uploaded, as it is. Raises UnusableFile for other kinds, too much, and what has no end."""
    if not content:
        raise UnusableFile("The file is empty", "Choose the document that you mean.")
    if len(content) > MOST_BYTES:
        raise UnusableFile(f"The file has more than {MOST_BYTES // 1_000_000} MB", "Scan it smaller, or split it.")
    kind = next((kind for kind in KINDS if content.startswith(kind.begins)), None)
    if kind is None:
        raise UnusableFile(f"This is {_other(content)}", "Save it as PDF, or scan it as PDF, PNG or JPEG.")
    if kind.ends not in content[-TAIL:]:
        raise UnusableFile("The end of the file is missing", "Save or scan it again, and upload the new file.")
    return Document(content, _named(name, kind), kind.media_type)


def _other(content: bytes) -> str:
    known = {begin: words for begin, words in OTHER_KINDS.items() if words not in ("a PDF", "a picture")}
    found = next((words for begin, words in known.items() if content.startswith(begin)), "no PDF, PNG or JPEG")
    return "an office document or archive" if content.startswith(b"PK\x03\x04") else found


def _named(name: str, kind: Kind) -> str:
    """The last part of the name, without signs that hide or turn letters, with the ending of what it really is."""
    shown = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable()).strip(". ")
    stem = PurePath(shown).stem if PurePath(shown).suffix.lower() in (".pdf", ".png", ".jpg", ".jpeg") else shown
    return f"{stem[: LONGEST_NAME - len(kind.ending)].strip() or 'document'}{kind.ending}"
