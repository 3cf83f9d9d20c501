"""Two invented meetings of an invented group, and a store built of them; both pages of the examples, and a browser to look at them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from graph.build import build
from graph.store import Store
from output.cli import main
from tests.output.services import make_store
from tests.pages import Tab, write_pages

EXAMPLES = Path(__file__).parents[2] / "examples"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

FIRST = """2023 雙北合作「交通組」第 1 次小組會議紀錄

壹、時間：112 年 3 月 7 日（星期二）下午 2 時

貳、地點：臺北市市政大樓 3 樓會議室

參、主席：林專門委員大方

紀錄：王小明

肆、提案討論

案由一：跨河自行車道夜間照明改善。

提案單位：臺北市政府交通局

裁示：

- 一、本案同意成案，請新北市政府交通局於下次會議前提供燈具清冊。
- 二、請雙方於年底前完成現勘。

案由二：公車轉乘資訊共用看板。

提案單位：新北市政府交通局

裁示：本案列管，請臺北市政府交通局於 112 年 5 月提出看板位置。

伍、臨時動議：無

陸、散會：下午 3 時
"""
SECOND = """2023 雙北合作「交通組」第 2 次小組會議紀錄

壹、時間：112 年 6 月 15 日（星期四）上午 10 時

貳、地點：新北市政府 5 樓會議室

參、主席：陳科長又新

紀錄：李小華

肆、確認上次會議紀錄：無修正意見，會議紀錄備查。

伍、歷次持續合作方案

主席裁示：

- 一、有關項次 1「跨河自行車道夜間照明改善」案，燈具清冊業已提供，本案持續列管。
- 二、有關項次 2「公車轉乘資訊共用看板」案，請於副市長層級會議提請解除列管。

陸、臨時動議：無

柒、散會：上午 11 時
"""


@pytest.fixture(scope="session")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both meetings, a file each."""
    folder = tmp_path_factory.mktemp("minutes")
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def store_folder(minutes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built of both meetings; tests only read it."""
    folder = tmp_path_factory.mktemp("kg") / "store"
    with Store.open(folder, create=True) as store:
        build([minutes], store, iris=store.iris)
    return folder


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the examples, for services; tests only read it."""
    return make_store(tmp_path_factory.mktemp("served"))


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Run a command line in English; gives its exit status and what stood on the two outputs."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CROSSCITY_STORE"):
        monkeypatch.delenv(name, raising=False)

    def started(*arguments: str | Path) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return status, said.out, said.err

    return started


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both pages of the examples; tests only read it."""
    folder = tmp_path_factory.mktemp("pages")
    write_pages(folder, [EXAMPLES])
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, for all tests that need it."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(params=[1440])
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A light tab as wide as asked for; nothing may go wrong in it."""
    context = browser.new_context(viewport={"width": request.param, "height": 860}, accept_downloads=True, color_scheme="light")
    opened = Tab(context.new_page())
    yield opened
    context.close()
    assert opened.faults == []


@pytest.fixture(scope="session")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built of the examples; tests only read it."""
    folder = tmp_path_factory.mktemp("examples") / "kg"
    with Store.open(folder, create=True) as store:
        build([EXAMPLES], store, iris=store.iris)
    return folder
