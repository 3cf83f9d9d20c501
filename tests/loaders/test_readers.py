"""What is peculiar to each format: automatic numbers, tracked changes, tables, scripts, archives, and what cannot be read."""

from __future__ import annotations

import io
import sys
import time
import warnings
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from loaders import documents
from loaders.formats import legacy_word
from loaders.formats.extracted import Unreadable
from loaders.formats.grid import Rule, find_tables
from loaders.formats.reflow import Glyph, Page, reflow
from ontology.errors import CrossCityError
from tests.writing import SOFFICE, write_docx, write_odt, write_pdf

TEXT = "2031 湖東合作「水岸組」第 1 次小組會議紀錄\n壹、時間：120 年 4 月 2 日\n貳、地點：湖東廳\n"


def read(folder: Path, content: bytes, name: str = "minutes") -> str:
    (folder / name).write_bytes(content)
    return documents.read(folder / name).text


def packed(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def in_word(body: str, more: dict[str, str] | None = None) -> bytes:
    """A Word file with this body, and further parts by name."""
    document = f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(more or {})})


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


NUMBERING = f"""<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="taiwaneseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="taiwaneseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def test_word_numbers_its_lists(tmp_path: Path) -> None:
    first, second = (f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>' for level in (0, 1))
    body = paragraph("甲", first) + paragraph("子", second) + paragraph("丑", second) + paragraph("文") + paragraph("乙", first)
    body += paragraph("寅", second)
    assert read(tmp_path, in_word(body, {"word/numbering.xml": NUMBERING})).split() == [
        "一、甲",
        "（一）子",
        "（二）丑",
        "文",
        "二、乙",
        "（一）寅",
    ]


def test_word_keeps_insertions_and_drops_deletions(tmp_path: Path) -> None:
    added, gone = "<w:ins><w:r><w:t>列管</w:t></w:r></w:ins>", "<w:del><w:r><w:delText>解列</w:delText></w:r></w:del>"
    body = f"<w:p><w:r><w:t>同意</w:t></w:r>{added}{gone}</w:p>"
    body += "<w:sdt><w:sdtContent>" + paragraph("控制項") + "</w:sdtContent></w:sdt>"
    assert read(tmp_path, in_word(body)) == "同意列管\n控制項\n"


def test_word_keeps_text_boxes_and_footnotes(tmp_path: Path) -> None:
    box = f"<w:p><w:r><w:t>外</w:t></w:r><w:r><w:pict><w:txbxContent>{paragraph('框')}</w:txbxContent></w:pict></w:r></w:p>"
    notes = f"<w:footnote w:type='separator'>{paragraph('-')}</w:footnote><w:footnote>{paragraph('註')}</w:footnote>"
    notes = f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>"
    assert read(tmp_path, in_word(box, {"word/footnotes.xml": notes})).split() == ["外", "框", "註"]


def test_word_tables_are_rows(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for cell, words in zip((c for row in table.rows for c in row.cells), ["編號", "案名", "決議", "1", "水岸步道", "續辦"], strict=True):
        cell.text = words
    document.element.body.append(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>完</w:t></w:r></w:p>"))
    held = io.BytesIO()
    document.save(held)
    assert read(tmp_path, held.getvalue()).splitlines() == ["編號 | 案名 | 決議", "1 | 水岸步道 | 續辦", "完"]


def test_entities_are_refused_and_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    hostile = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w>&x;</w>'
    with pytest.raises(CrossCityError, match="declares XML entities"):
        read(tmp_path, packed({"word/document.xml": hostile}))


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CrossCityError, match="nested more than"):
        read(tmp_path, in_word("<w:sdt>" * 3000 + "</w:sdt>" * 3000))


def test_html_without_scripts_and_with_tables(tmp_path: Path) -> None:
    page = """<html><head><script>壞</script><style>p{}</style></head><body><p>甲&amp;乙<br>丙</p><!-- 註 --><ol><li>子<li>丑</ol>
    <table><tr><th>案名<th>決議<th>辦理情形<tr><td>步道<td>續辦<td></table><del>刪</del><p>完"""
    lines = read(tmp_path, page.encode()).splitlines()
    assert lines == ["甲&乙", "丙", "1. 子", "2. 丑", "案名 | 決議 | 辦理情形", "步道 | 續辦 | ", "完"]


def test_a_layout_table_gives_the_paragraphs_within(tmp_path: Path) -> None:
    page = "<html><body><table><tr><td>選單</td><td><p>一、甲</p><p>二、乙</p><table><tr><td>a<td>b</table></td></tr></table>"
    assert read(tmp_path, page.encode()).splitlines() == ["選單", "一、甲", "二、乙", "a | b"]


def test_a_ruled_table_of_a_page_is_rows() -> None:
    rules = [Rule(50, y, 350, y) for y in (600, 640, 680)] + [Rule(x, 600, x, 680) for x in (50, 150, 350)]
    words = [("案名", 60, 660), ("決議", 160, 660), ("水岸", 60, 625), ("步道", 60, 610), ("續辦。", 160, 625)]
    glyphs = [Glyph(word[i], x + 10 * i, x + 10 * i + 10, y, 12) for word, x, y in words for i in range(len(word))]
    text, places = reflow([Page(400, 800, tuple(glyphs), tuple(rules))])
    assert text.splitlines() == ["案名 | 決議", "水岸步道 | 續辦。"]
    assert places.starts == (0,)


def test_a_frame_around_text_is_no_table() -> None:
    assert find_tables([Rule(0, 0, 100, 0), Rule(0, 50, 100, 50), Rule(0, 0, 0, 50), Rule(100, 0, 100, 50)]) == ()


def test_an_archive_gives_each_document_its_name(tmp_path: Path) -> None:
    inner = packed({"深.txt": TEXT.replace("第 1 次", "第 3 次")})
    parts: dict[str, str | bytes] = {
        "b/2.docx": write_docx(TEXT.replace("第 1 次", "第 2 次")),
        "a.txt": TEXT,
        "c.zip": inner,
        "d.png": b"\x89PNG",
    }
    (tmp_path / "minutes.zip").write_bytes(packed({**parts, "../../climb.txt": TEXT, "broken.pdf": b"%PDF-1.4 nothing"}))
    loaded = documents.read_all(tmp_path / "minutes.zip")
    names = [document.name for document in loaded.documents]
    assert names == ["minutes.zip/a.txt", "minutes.zip/b/2.docx", "minutes.zip/c.zip/深.txt", "minutes.zip/climb.txt"]
    assert [(finding.file, finding.level, finding.code) for finding in loaded.findings] == [
        ("minutes.zip/broken.pdf", "error", "unreadable")
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.zip"]
    with pytest.raises(CrossCityError, match="broken PDF"):
        documents.read(tmp_path / "minutes.zip")


def test_an_archive_within_archives_has_an_end(tmp_path: Path) -> None:
    content = packed({"a.txt": TEXT})
    for _ in range(5):
        content = packed({"a.zip": content})
    (tmp_path / "minutes.zip").write_bytes(content)
    loaded = documents.read_all(tmp_path / "minutes.zip")
    assert loaded.documents == ()
    assert "files within files" in loaded.findings[0].message


def test_a_bomb_is_not_unfolded(tmp_path: Path) -> None:
    one = bytes(64 * 1024 * 1024)
    (tmp_path / "bomb.zip").write_bytes(packed({f"{number}.txt": one for number in range(12)}))
    loaded = documents.read_all(tmp_path / "bomb.zip")
    assert any("unfolds to more than" in finding.message for finding in loaded.findings)
    assert len(loaded.findings) < 10


def test_a_message_gives_its_body_and_what_hangs_on_it(tmp_path: Path) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"], message["MIME-Version"] = "a@example.org", "紀錄", "1.0"
    del message["MIME-Version"]
    message.set_content(TEXT)
    message.add_attachment(write_docx(TEXT), maintype="application", subtype="octet-stream", filename="紀錄.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="圖.png")
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    names = [document.name for document in documents.read_all(tmp_path / "mail.eml").documents]
    assert names == ["mail.eml/body.txt", "mail.eml/紀錄.docx"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\nnothing", "a broken PDF file"),
        (b"PK\x03\x04nothing", "a broken zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\x89PNG\r\n", "a picture"),
        (packed({"xl/workbook.xml": "<a/>"}), "a spreadsheet or slides"),
        (packed({"word/document.xml": "<w"}), "its XML is broken"),
        (packed({"word/document.xml": "<w/>"}), "a Word file without a body"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<w/>"}), "an OpenDocument file without a text"),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.image", "content.xml": ""}),
            "an OpenDocument file that is no text",
        ),
        (b"\xff\xfe\x00\xd8", "not UTF-16 throughout"),
        ("会议纪录，请各单位确认后办理。".encode("gb18030"), "neither UTF-8"),
        (b"<html><body><p> </p></body></html>", "holds no text"),
        (b"<html>" + b"<a " * 5000, "its HTML is broken"),
    ],
)
def test_what_cannot_be_read_is_one_line(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(CrossCityError, match=said) as caught:
        read(tmp_path, content)
    assert "\n" not in str(caught.value)


def test_a_pdf_without_its_reader_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(CrossCityError, match=r"pip install 'crosscity\[pdf\]'"):
        read(tmp_path, write_pdf(TEXT))


def test_a_scan_says_so(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.showPage()
    canvas.save()
    with pytest.raises(CrossCityError, match="likely a scan"):
        read(tmp_path, held.getvalue())


def test_an_old_word_file_without_libreoffice_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy_word.shutil, "which", lambda program: None)
    with pytest.raises(Unreadable, match="install LibreOffice"):
        legacy_word.extract(legacy_word.SIGNATURES[0] + b"\0" * 600)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice, which reads .doc files, is not on this machine")
def test_libreoffice_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy_word.tempfile, "tempdir", str(tmp_path))
    assert "湖東" in legacy_word.extract(b"{\\rtf1\\ansi \\u28246?\\u26481?\\par}").text
    assert list(tmp_path.iterdir()) == []


def test_big5_is_said(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(TEXT.encode("cp950"))
    document = documents.read(tmp_path / "old.txt")
    assert (document.encoding, [(remark.level, remark.code) for remark in document.remarks]) == ("cp950", [("note", "cp950")])


def test_names_are_safe_to_print(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J.txt").write_text(TEXT, encoding="utf-8")
    assert documents.read(next(tmp_path.iterdir())).name == "a\ufffd[2J.txt"


def test_a_libreoffice_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "soffice").write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/child\nwait\n", encoding="utf-8")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(legacy_word, "_SECONDS", 1)
    with pytest.raises(Unreadable, match="took more than 1 seconds"):
        legacy_word.extract(legacy_word.SIGNATURES[0] + b"\0" * 600)
    child = Path("/proc") / (tmp_path / "child").read_text(encoding="utf-8").strip() / "cmdline"
    for _ in range(100):  # the system ends a killed process when it comes to it; this one would sleep for a minute
        if not child.exists() or child.read_bytes() == b"":
            return
        time.sleep(0.1)
    pytest.fail("what it had started still runs")


def test_files_of_one_name_in_an_archive_are_all_read(tmp_path: Path) -> None:
    packed = tmp_path / "minutes.zip"
    with zipfile.ZipFile(packed, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile's own: that a name is there already
        for words in ("甲", "乙", "丙"):
            archive.writestr("紀錄.txt", words)
    loaded = documents.read_all(packed)
    assert [(document.name, document.text) for document in loaded.documents] == [
        ("minutes.zip/紀錄.txt", "甲"),
        ("minutes.zip/紀錄 (2).txt", "乙"),
        ("minutes.zip/紀錄 (3).txt", "丙"),
    ]


def test_an_open_document_with_a_broken_manifest_is_read_all_the_same(tmp_path: Path) -> None:
    whole = write_odt("壹、時間：民國 108 年 1 月 25 日")
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        member = packed.getinfo("META-INF/manifest.xml")
    at = member.header_offset + 30 + len(member.filename) + 4
    file = tmp_path / "minutes.odt"
    file.write_bytes(whole[:at] + bytes(letter ^ 0x55 for letter in whole[at : at + 12]) + whole[at + 12 :])
    with pytest.raises((zipfile.BadZipFile, zlib.error)), zipfile.ZipFile(file) as packed:
        packed.read("META-INF/manifest.xml")
    assert documents.read(file).text.strip() == "壹、時間：民國 108 年 1 月 25 日"
