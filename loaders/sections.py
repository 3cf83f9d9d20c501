"""A document's folded text in, meetings with their labelled lines and agenda out: sections by their nature, not by their number."""

from __future__ import annotations

from loaders import dates, openings, rules
from loaders.agenda import Agenda, Item, MeetingText, Nature, items_of, nature
from loaders.folding import EMPTY, Text, join
from loaders.paragraphs import HEADER_LABELS, MarkerKind, Paragraph, read_paragraphs
from loaders.tables import headings as columns_of
from loaders.tables import read_row


def divide(text: Text) -> list[MeetingText]:
    """The meetings of a document, in order; a text without any title is one meeting without a title."""
    meetings = []
    for title, whole, lines in openings.cut(text):
        meeting = MeetingText(title, whole, paragraphs=list(read_paragraphs(lines)))
        _Outline(meeting).fill()
        meetings.append(meeting)
    return meetings


class _Outline:
    """Fills a meeting's header and agenda from its paragraphs, which it takes in order."""

    def __init__(self, meeting: MeetingText) -> None:
        self._meeting = meeting
        self._point = Agenda("other", EMPTY)
        self._mode = ""
        self._section: Nature = "other"
        self._heading = EMPTY
        self._numbered: tuple[MarkerKind, str] = ("", "")
        self._waiting: list[Text] = []
        self._columns: tuple[str, ...] = ()
        self._subject = EMPTY
        self._over = False
        self._left_open: dict[str, list[Agenda]] = {}

    def fill(self) -> None:
        above = True
        for paragraph in self._meeting.paragraphs:
            if above and not paragraph.label and not paragraph.marker and rules.pattern("case.above-title").match(paragraph.whole.text):
                self._subject = paragraph.whole
            if paragraph.label == "columns":
                self._columns = columns_of(paragraph.whole) if not self._over else ()
                continue
            if paragraph.label == "row" and self._columns and self._take_row(paragraph):
                continue
            if paragraph.label != "row":
                self._columns = ()
            if rules.pattern("title.line").match(paragraph.whole.text) and not paragraph.marker:
                above = False
                continue
            if self._over and paragraph.label not in HEADER_LABELS:
                self._take_attached(paragraph)
            elif paragraph.marker in ("heading", "letter") and paragraph.label in ("", "explanation"):
                self._open_section(paragraph)
            elif paragraph.label in HEADER_LABELS:
                self._take_header(paragraph)
            elif paragraph.label == "ruling":
                self._name_next()
                self._open_ruling(paragraph)
            elif paragraph.label == "agenda" and not (paragraph.marker and self._mode == "ruling"):
                numbered = rules.pattern("case.item-number").match(paragraph.words.text) is not None
                self._open_point(join((paragraph.words, paragraph.text)) if numbered else paragraph.text, paragraph.whole)
                self._numbered = (paragraph.marker, paragraph.number)
                self._mode = self._mode if paragraph.text else "untitled"
            elif paragraph.label == "proposer":
                self._name_next()
                self._take_proposer(paragraph.text)
            elif paragraph.label == "explanation":
                self._name_next()
                self._mode = "explanation"
                self._point.other.append(paragraph.whole)
            elif self._mode != "ruling" and (inline := rules.pattern("case.ruled-inline").match(paragraph.text.text)):
                self._rule_inline(paragraph, inline.end("title"), inline.start("ruling"))
            elif self._is_heading(paragraph):
                self._open_section(paragraph)
            elif self._mode == "ruling" and self._goes_on_numbering(paragraph):
                self._open_numbered(paragraph, paragraph.text)
            elif self._mode == "ruling":
                self._take_ruling(paragraph)
            elif self._mode == "attendance":
                self._meeting.attendance.append(paragraph.whole)
            else:
                self._take_words(paragraph)
        if not above:
            self._name_subject()

    def _name_subject(self) -> None:
        """A ruling on 本案 that is the only one is on the case that stands above the title."""
        ruled = [point for point in self._meeting.agenda if point.rulings and point.nature != "review"]
        alone = len(ruled) == 1 and not ruled[0].title
        if self._subject and alone and rules.pattern("case.pointed-at").search(ruled[0].rulings[0].whole.text):
            ruled[0].title = self._subject

    def _take_header(self, paragraph: Paragraph) -> None:
        self._meeting.header.append((paragraph.label, paragraph.text if paragraph.text else paragraph.whole))
        self._mode = "attendance" if paragraph.label == "attendance" else ""
        closes = paragraph.label == "adjourn" and "休會" not in paragraph.words.text  # 中午休會 goes on in the afternoon
        if closes and self._meeting.agenda and not self._over:
            self._over = True
            for point in self._meeting.agenda:
                if point.title and not point.rulings:
                    self._left_open.setdefault(point.title.text.strip("「」。"), []).append(point)

    def _take_attached(self, paragraph: Paragraph) -> None:
        """What follows the end of the meeting is attached and rules on nothing: the list of who came, papers, tables.

        But for what a case of the agenda that is told again there was decided: 審議案:共一案,詳後附件 … 散會 … 第一案:某某計畫案 決議:…
        """
        again: list[Agenda] = []
        if paragraph.label == "agenda":
            again = self._left_open.pop(paragraph.text.text.strip("「」。"), [])
            self._point = again[0] if len(again) == 1 else self._meeting.agenda[-1]
        if paragraph.label in ("agenda", "row") or rules.pattern("section.attached").match(paragraph.whole.text):
            self._mode = "again" if len(again) == 1 else ""
            self._point.other.append(paragraph.whole)
        elif self._mode == "again" and paragraph.label == "ruling":
            self._open_ruling(paragraph)
        elif self._mode == "ruling" and not paragraph.label:
            self._take_ruling(paragraph)
        elif self._mode == "attendance":
            self._meeting.attendance.append(paragraph.whole)
        else:
            self._point.other.append(paragraph.whole)

    def _take_row(self, paragraph: Paragraph) -> bool:
        """A row of a table of cases; one that names no case goes on with the case of the row above."""
        row = read_row(paragraph.whole, self._columns)
        if row is None or (not row.title and not self._point.title):
            return False
        if row.title:
            self._start("continuing")
            self._point.title = row.title
            self._point.item = dates.number(row.item.text.strip("第案.、"))
            self._point.proposers += [row.proposer] if row.proposer else []
        self._point.other.append(paragraph.whole)
        self._point.rulings += items_of(row.ruling)
        self._point.recited += items_of(row.recited)
        self._point.reports += [row.report] if row.report else []
        return True

    def _is_heading(self, paragraph: Paragraph) -> bool:
        if paragraph.label == "row":
            return False
        if rules.pattern("section.new").match(paragraph.words.text + paragraph.text.text):
            return True
        words = paragraph.whole.text
        ends_attendance = self._mode == "attendance" and paragraph.marker != ""
        return len(words) < 40 and (ends_attendance or not words.endswith("。")) and nature(words) != "" and self._mode != "ruling"

    def _goes_on_numbering(self, paragraph: Paragraph) -> bool:
        """Whether a numbered line goes on with the numbers of the agenda's points, behind a ruling that has none of the same kind."""
        kind, number = self._numbered
        before, this = dates.number(number), dates.number(paragraph.number)
        own_numbers = any(item.marker == kind for item in self._point.rulings)
        titled = rules.pattern("case.title-by-itself").fullmatch(paragraph.text.text) is not None
        goes_on = kind != "" and kind == paragraph.marker and before is not None and this == before + 1
        return goes_on and (titled or not own_numbers)

    def _name_next(self) -> None:
        """Take the last item of a ruling for the title of the agenda's next point, where another label follows it and it rules on nothing.

        一、甲計畫⏎裁示:⏎- 一、同意。⏎二、乙計畫⏎裁示:… numbers points and rulings alike.
        """
        kind, number = self._numbered
        last = self._point.rulings[-1] if self._mode == "ruling" and self._point.rulings else None
        if last is None or not kind or last.marker != kind or dates.number(last.number) != (dates.number(number) or 0) + 1:
            return
        words = last.whole.text
        if (
            len(last.parts) == 1
            and not words.endswith("。")
            and not any(rule.pattern.search(words) for family in ("ask", "outcome") for rule in rules.family(family))
        ):
            self._point.rulings.pop()
            self._open_point(last.whole, last.whole)
            self._numbered = (kind, last.number)

    def _open_section(self, paragraph: Paragraph) -> None:
        self._section = nature(paragraph.words.text + paragraph.text.text) or "other"
        self._heading = paragraph.whole
        self._numbered = ("", "")
        self._start(self._section)
        head, colon, rest = paragraph.text.text.partition(":")
        if not colon or not rest or nature(rest) or rules.pattern("formula.empty").match(rest):
            return
        behind = paragraph.text[len(head) + len(colon) :]
        if self._section == "review":
            self._point.rulings.append(Item("", "", [behind]))
        else:
            self._open_point(behind, paragraph.whole)

    def _open_ruling(self, paragraph: Paragraph) -> None:
        if paragraph.marker in ("heading", "letter") or (paragraph.marker and self._mode == "ruling"):
            self._section, self._heading = "other", paragraph.whole
            self._start("other")
        elif self._point not in self._meeting.agenda:
            self._start(self._section)
        elif self._point.rulings and (self._point.nature == "review" or rules.pattern("label.closing-words").match(paragraph.words.text)):
            self._start("other")
        self._mode = "ruling"
        if paragraph.text:
            self._point.rulings.append(Item("", "", [paragraph.text]))

    def _rule_inline(self, paragraph: Paragraph, title_end: int, ruling: int) -> None:
        """A heading that names a case and rules on it: 某某審議案,決議如下:…; a title in quotation marks is read with its ruling."""
        text = paragraph.text
        if text.text.startswith("「"):
            self._start(self._section)
            self._point.rulings.append(Item("", "", [text]))
        else:
            self._open_point(text[:title_end], paragraph.whole)
            self._point.rulings += [Item("", "", [text[ruling:]])] if ruling < len(text) else []
        self._mode = "ruling"

    def _start(self, section: Nature) -> None:
        self._point = Agenda(section, self._heading)
        self._meeting.agenda.append(self._point)
        self._mode = ""

    def _open_point(self, title: Text, whole: Text) -> None:
        """A point of the agenda; one that names a procedure (辦理進度) tells the nature of what follows and is no case."""
        told = nature(title.text)
        self._start(told or self._section)
        self._point.other.append(whole)
        self._point.proposers += self._waiting
        self._waiting = []
        if not told and not rules.pattern("case.not-on-agenda").search(title.text.rstrip("。")):
            self._point.title = title

    def _open_numbered(self, paragraph: Paragraph, title: Text) -> None:
        """A point with its number; what stands below 1.「某某計畫」: rules on it."""
        below = rules.pattern("case.title-alone").fullmatch(title.text) is not None
        self._open_point(title[: len(title) - 1] if below else title, paragraph.whole)
        self._numbered = (paragraph.marker, paragraph.number)
        self._mode = "ruling" if below else self._mode

    def _take_proposer(self, words: Text) -> None:
        """Who proposed the point at hand, or, where that is ruled on already or has no title, the next one."""
        waits = bool(self._point.rulings) or not self._point.title
        (self._waiting if waits else self._point.proposers).append(words)

    def _take_ruling(self, paragraph: Paragraph) -> None:
        items = self._point.rulings
        first = items[0].marker if items else ""
        opened = bool(items) and items[-1].parts[-1].text.endswith((":", "如下", "辦理:", "如次"))
        below = bool(items) and paragraph.marker != "" and paragraph.marker != first and (first != "" or opened or len(items[-1].parts) > 1)
        if below and paragraph.marker != "item":
            items[-1].parts.append(paragraph.whole[len(paragraph.whole) - len(paragraph.words) - len(paragraph.text) :])
        else:
            items.append(Item(paragraph.marker, paragraph.number, [paragraph.text]))

    def _take_words(self, paragraph: Paragraph) -> None:
        """Words outside any ruling: a motion, a proposal's title, or what introduces a section."""
        if not self._meeting.agenda:
            self._start(self._section)
        if paragraph.label == "motion":
            self._section = "extempore" if self._section == "other" else self._section  # 其他事項:某市提案:…
            self._open_point(paragraph.text, paragraph.whole)
            self._point.proposers.append(paragraph.words[:-1])
        elif paragraph.marker and self._section in ("new-proposal", "extempore", "report", "continuing") and self._mode != "explanation":
            head, _, ruling = paragraph.text.text.partition(":")
            inline = bool(ruling) and rules.pattern("case.inline-head").match(head) is not None
            self._open_numbered(paragraph, paragraph.text[: len(head)] if inline else paragraph.text)
            if inline:
                self._point.rulings.append(Item("", "", [paragraph.text[len(head) + 1 :]]))
        else:
            told = nature(paragraph.text.text) if len(paragraph.text) < 60 else ""
            if self._mode == "untitled" and not told and not paragraph.label:
                self._point.title, self._mode = paragraph.text, ""
            if told and self._mode != "explanation" and not self._point.title:
                self._section = told if paragraph.marker else self._section
                self._start(told)
            self._point.other.append(paragraph.whole)
