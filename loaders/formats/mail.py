"""Bytes of an e-mail in, what it carries out: its body as text or a page, and each file that hangs on it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Final

from loaders.formats.archive import printable

_FIRST: Final = re.compile(rb"^(?:[A-Za-z][A-Za-z-]*:[ \t][^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n")
_OWN: Final = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Return-Path):", re.IGNORECASE | re.MULTILINE)


def looks_like(content: bytes) -> bool:
    """Whether bytes begin with the header lines of a message, one of those among them that only messages have.

    >>> looks_like(b"From: a@example.org\\r\\nMIME-Version: 1.0\\r\\n\\r\\nText"), looks_like(b"Time: 10:00\\n\\nPlace: here\\n")
    (True, False)
    """
    head = _FIRST.match(content[:65536])
    return head is not None and _OWN.search(head[0]) is not None


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Each part of a message that may hold minutes, by name; the body, plain before HTML, is called body.txt or body.html."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        return
    body = message.get_body(preferencelist=("plain", "html"))
    for part in message.walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        name = part.get_filename()
        if not isinstance(payload, bytes) or not payload.strip() or (part is not body and not name):
            continue
        if part is body:
            name = f"body.{'html' if part.get_content_subtype() == 'html' else 'txt'}"
        yield re.sub(r"[\\/]", "-", printable(str(name))), payload
