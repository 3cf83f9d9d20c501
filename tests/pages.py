"""Both pages of some minutes, and a tab of a browser that notes whatever goes wrong in it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from graph.build import build
from graph.store import Store
from output.messages import load
from output.views import VIEWS, write_view


def write_pages(folder: Path, sources: list[Path]) -> None:
    """Both pages of a store built from these files and folders."""
    with Store.open(":memory:") as store:
        if sources:
            build(sources, store, iris=store.iris)
        for view in VIEWS:
            write_view(store, view, folder / f"{view}.html", load("zh-Hant-TW"))


class Tab:
    """One tab of a browser, and whatever went wrong in it: errors, warnings, requests that leave the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.note(request.url))

    def note(self, url: str) -> None:
        if not url.startswith(("file:", "blob:", "data:")):
            self.faults.append(url)

    def visit(self, file: Path, address: str = "") -> Page:
        """Open a page afresh and wait until its script has drawn it."""
        self.page.goto("about:blank")
        self.page.goto(file.as_uri() + address)
        self.page.wait_for_selector("html[data-ready=yes]", state="attached")
        return self.page

    def open_table(self) -> None:
        """Open the table below the picture, which is made when it opens."""
        self.page.click(".twin summary")
        self.page.wait_for_selector("#twin table")
