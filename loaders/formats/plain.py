"""Bytes of a text file in, its text out: UTF-8, UTF-16 or Big5 (CP950), decoded without loss or not at all."""

from __future__ import annotations

import re
from typing import Final

from loaders.formats.extracted import LONGEST_TEXT, Extracted, Unreadable

_ORDINARY: Final = re.compile(r"[\u3000-\u303f\u3105-\u312f\u4e00-\u9fff\uff00-\uffef\x20-\x7e\s]")
_COMMON_BIG5: Final = re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]")
_BIG5: Final = re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")
_ORDINARY_SHARE: Final = 0.95
_COMMON_SHARE: Final = 0.9  # Big5's first plane holds the 5,401 common characters; other encodings read as Big5 fall outside it
BIG5_REMARK: Final = ("cp950", "not UTF-8 but CP950; read as such")


def extract(content: bytes, media_type: str = "text/plain") -> Extracted:
    """The text, line ends and all. Raises Unreadable for bytes that are no text, or text in an encoding that cannot be told."""
    text, encoding = decode(content)
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"holds more than {LONGEST_TEXT:,} characters of text; split the file")
    remarks = (BIG5_REMARK,) if encoding == "cp950" else ()
    return Extracted(text, media_type, encoding, remarks=remarks)


def decode(content: bytes, declared: str = "") -> tuple[str, str]:
    """Text and encoding of some bytes: by byte order mark, as UTF-8, as UTF-16 without a mark, or as Big5.

    ``declared`` is what the file says of itself; it decides nothing but whether bytes that can be Big5 need not look like it.
    Raises Unreadable.

    >>> decode("會議紀錄".encode("cp950")), decode("會議".encode("utf-16-le") + b"\\n\\0")[1]
    (('會議紀錄', 'cp950'), 'utf-16-le')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16"), "utf-16"
    if b"\0" in content:
        for encoding in ("utf-16-le", "utf-16-be"):
            if looks_like_utf16(content, encoding):
                return _strictly(content, encoding), encoding
        raise Unreadable("not a text file; save the minutes as UTF-8 text first")
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if is_big5(content) or (declared in ("big5", "cp950", "x-x-big5", "big5-hkscs", "big5-eten") and _can_be(content, "cp950")):
            return _strictly(content, "cp950"), "cp950"
        raise Unreadable(f"neither UTF-8 (byte {error.start}) nor Big5; save it as UTF-8 first") from error


def looks_like_utf16(content: bytes, encoding: str) -> bool:
    """Whether bytes without a byte order mark, read as UTF-16, are ordinary characters of Chinese text."""
    if len(content) % 2:
        return False
    told = content[:20_000].decode(encoding, "replace")
    return len(_ORDINARY.findall(told)) >= _ORDINARY_SHARE * len(told)


def is_big5(content: bytes) -> bool:
    """Whether bytes decode as Big5 and are, nearly all, its common characters; other legacy encodings are not.

    >>> is_big5("本次會議紀錄確認".encode("cp950")), is_big5("本次会议纪录确认，请各单位办理。".encode("gb18030"))
    (True, False)
    """
    double = len(_BIG5.findall(content))
    common = len(_COMMON_BIG5.findall(content)) + len(re.findall(rb"[\xa1-\xa3][\x40-\x7e\xa1-\xfe]", content))
    return _can_be(content, "cp950") and double > 0 and common >= _COMMON_SHARE * double


def _can_be(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"not {encoding.upper()} throughout (byte {error.start}); save it as UTF-8 first") from error
