"""Broken minutes and broken files, made of the examples for so many seconds: each fault is printed with the seed that makes it again.

A text is cut, repeated, shuffled and sown with the genre's own words and with characters that readers stumble over; a file (HTML, Word,
OpenDocument, zip, Big5, UTF-16) loses and gains bytes. Whatever comes of it, reading must end in time, with readings whose every quote
stands in its document, or with one clear line. Anything else is a fault.

Other targets are the loaders alone (text that no reader has to open), queries and arguments (`fuzz_queries.py`), and the service's
requests (`fuzz_service.py`).

    python benchmarks/fuzz.py 60              # seconds; --seed S --only-seed makes one case again
    python benchmarks/fuzz.py 60 --target service
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import odfdo

from fuzz_queries import Trier, queries
from fuzz_service import service
from graph.reading import verify
from loaders import documents, minutes
from loaders.triples import nquads
from ontology import gazetteer
from ontology.errors import CrossCityError
from ontology.iris import Iris

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))
PATIENCE = 20.0  # seconds for one file
SOWN = [
    *(
        "裁示：",
        "決議：",
        "一、",
        "(一)",
        "「",
        "」",
        "『",
        "案由一：",
        "本案持續列管。",
        "請兩市",
        "本府",
        "項次 3",
        "提案單位：",
        "\n\n",
        "|",
    ),
    *("民國 108 年 13 月 45 日", "第〇次", "下午25時", "伍、散會", "2019雙北合作「教育文化組」第 1 次小組會議紀錄\n", "主席："),
    *("\x00", "\u202e", "\ufeff", "\u2028", "\r", "\u3000", "臺\ufe00", "\U0001f600", "<script>", "]]>", "&#0;", "\ud800", "﨑"),
    *("\n\n", "(" * 400, "、" * 400, "同意提報市長層級會議後解除列管"),
]


def broken_text(chance: random.Random) -> str:
    """A text of minutes after some accidents."""
    text = chance.choice(EXAMPLES).read_text(encoding="utf-8")
    start = chance.randrange(len(text))
    text = text[start : start + chance.randrange(200, 6000)]
    for _ in range(chance.randrange(1, 25)):
        at, long = chance.randrange(len(text) + 1), chance.randrange(1, 80)
        what = chance.randrange(5)
        if what == 0:
            text = text[:at] + text[at + long :]
        elif what == 1:
            text = text[:at] + chance.choice(SOWN) + text[at:]
        elif what == 2:
            text = text[:at] + text[at : at + long] * chance.randrange(2, 5) + text[at + long :]
        elif what == 3:
            lines = text.split("\n")
            chance.shuffle(lines)
            text = "\n".join(lines)
        else:
            text = text[:at] + text[at : at + long].replace("，", "").replace("。", "") + text[at + long :]
    return text


def as_text(text: str, chance: random.Random) -> bytes:
    """In one of the encodings that minutes come in."""
    return text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp950"]), "replace")


def as_html(text: str, chance: random.Random) -> bytes:
    """As paragraphs, or as a table, of a page that nobody closed."""
    mark = chance.choice(["p", "td", "li", "tr", "div"])
    return ("<html><body><table>" + "".join(f"<{mark}>{line}" for line in text.split("\n"))).encode("utf-8", "replace")


def as_word(text: str, chance: random.Random) -> bytes:
    """As a Word document."""
    made = docx.Document()
    for line in text.split("\n"):
        made.add_paragraph("".join(letter for letter in line if letter.isprintable() and ord(letter) < 0xFFFE))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_open_document(text: str, chance: random.Random) -> bytes:
    """As an OpenDocument text."""
    made = odfdo.Document("text")
    made.body.clear()
    for line in text.split("\n"):
        made.body.append(odfdo.Paragraph("".join(letter for letter in line if letter.isprintable() and ord(letter) < 0xFFFE)))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_archive(text: str, chance: random.Random) -> bytes:
    """As members of a zip, some of them zips."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as packed:
        warnings.simplefilter("ignore", UserWarning)  # zipfile's own: that a name is there already
        for number in range(chance.randrange(1, 4)):
            held = as_archive(text, chance) if chance.random() < 0.2 else as_text(text, chance)
            packed.writestr(chance.choice([f"{number}.txt", "../../etc/x.txt", "a\x01b.txt", f"{number}.zip", "紀錄.txt"]), held)
    return out.getvalue()


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """The bytes after some were lost, changed or said twice; one file in two stays whole."""
    if chance.random() < 0.5:
        return content
    held = bytearray(content)
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(held) + 1)
        what = chance.randrange(3)
        if what == 0:
            del held[at : at + chance.randrange(1, 200)]
        elif what == 1:
            held[at:at] = chance.randbytes(chance.randrange(1, 20))
        elif at < len(held):
            held[at] = chance.randrange(256)
    return bytes(held)


FORMS: tuple[Callable[[str, random.Random], bytes], ...] = (as_text, as_text, as_text, as_html, as_word, as_open_document, as_archive)


def attempt(seed: int, folder: Path, forms: tuple[Callable[[str, random.Random], bytes], ...] = FORMS) -> str:
    """What went wrong with the file of a seed; empty where nothing did."""
    chance = random.Random(seed)
    form = chance.choice(forms)
    file = folder / f"{seed}"
    file.write_bytes(spoiled(form(broken_text(chance), chance), chance))
    started = time.perf_counter()
    try:
        words, iris = gazetteer.load(), Iris()
        for document in documents.read_all(file).documents:
            reading = minutes.read(document, words)
            verify(reading)
            nquads(reading, iris)
    except CrossCityError as error:
        if "read wrongly" in str(error) or "\n" in str(error):
            return f"{form.__name__}: {error}"
    except Exception:  # whatever it is, it is what is looked for
        return f"{form.__name__}: {traceback.format_exc()}"
    finally:
        file.unlink()
    spent = time.perf_counter() - started
    return f"{form.__name__}: took {spent:.0f} s" if spent > PATIENCE else ""


@contextlib.contextmanager
def readers(folder: Path) -> Iterator[Trier]:
    """Tries files of all kinds."""
    yield lambda seed: attempt(seed, folder)


@contextlib.contextmanager
def loaders(folder: Path) -> Iterator[Trier]:
    """Tries texts, which reach the loaders nearly as they are."""
    yield lambda seed: attempt(seed, folder, (as_text,))


TARGETS = {"readers": readers, "loaders": loaders, "queries": queries, "service": service}


def main() -> int:
    """Try for so many seconds; 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--target", choices=TARGETS, default="readers")
    parser.add_argument("--seed", type=int, default=0, help="the first seed; each case takes the next")
    parser.add_argument("--only-seed", action="store_true", help="make the case of this seed alone")
    given = parser.parse_args()
    seed, faults, until = given.seed, 0, time.monotonic() + given.seconds
    with tempfile.TemporaryDirectory() as scratch, TARGETS[given.target](Path(scratch)) as attempted:
        while True:
            if wrong := attempted(seed):
                faults += 1
                print(f"seed {seed}: {wrong}", flush=True)
            seed += 1
            if given.only_seed or time.monotonic() > until:
                break
    print(f"{given.target}: {seed - given.seed} cases, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
