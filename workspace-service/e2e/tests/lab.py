"""JupyterLab as a person uses it. Selectors are JupyterLab 4.6's; the traps are explained where they are."""

from __future__ import annotations

import re
from pathlib import Path

from platform_process import wait_until
from playwright.sync_api import Page, expect

PYTHON = "Python 3"
JAVA = "Java"
NOT_RUN = "[ ]:"
VISIBLE_NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden)"


def wait_for_launcher(page: Page) -> None:
    page.wait_for_selector(".jp-Launcher", timeout=60_000)


def new_notebook(page: Page, kernel: str) -> None:
    """Opens a notebook and waits for the kernel: a cell run earlier is silently dropped by JupyterLab."""
    page.locator('.jp-LauncherCard[data-category="Notebook"]', has_text=re.compile(kernel)).first.click()
    wait_for_idle(page, kernel)


def wait_for_idle(page: Page, kernel: str) -> None:
    """Reads the status bar, not the toolbar: the latter says idle too early. And this kernel's: for a moment it is still another's."""
    idle = re.compile(rf"{re.escape(kernel)}.*\| Idle")
    page.locator(".jp-StatusBar-TextItem", has_text=idle).first.wait_for(timeout=180_000)


def run_all(page: Page, server: str, path: str, kernel: str, seconds: float = 180) -> dict:
    """Opens a notebook of the server at the address `server`, runs all its cells, and gives the file as it is saved then."""
    page.goto(f"{server}lab/tree/{path}")
    wait_for_idle(page, kernel)
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()

    told = ""

    def saved() -> dict | None:
        """None at a moment at which the file is not to be had, since it is being saved."""
        nonlocal told
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1_000)
        answer = page.request.get(f"{server}api/contents/{path}")
        told = f"{answer.status} {answer.text()}"
        return dict(answer.json()["content"]) if answer.ok else None

    def run() -> bool:
        notebook = saved()
        return notebook is not None and all(cell["execution_count"] for cell in code_cells(notebook))

    wait_until(run, seconds, f"{path} to be run", lambda: told)
    wait_for_idle(page, kernel)
    return wait_until(saved, 30, f"{path} to be saved", lambda: told)


def code_cells(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def printed(notebook: dict) -> list[str]:
    """The lines on standard output; an error of a cell is one of the test."""
    outputs = [output for cell in code_cells(notebook) for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    texts = ["".join(output["text"]) for output in outputs if output.get("name") == "stdout"]
    return "".join(texts).splitlines()


def run_cell(page: Page, code: str) -> None:
    """Types into the notebook's last cell and runs it; once more where JupyterLab did not take the first time."""
    cells = page.locator(f"{VISIBLE_NOTEBOOK} .jp-Cell")
    cell = cells.nth(cells.count() - 1)
    cell.locator(".cm-content").click()
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")
    prompt = cell.locator(".jp-InputPrompt")
    try:
        expect(prompt).not_to_have_text(NOT_RUN, timeout=5_000)
    except AssertionError:
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        expect(prompt).not_to_have_text(NOT_RUN, timeout=120_000)


def expect_output(page: Page, text: str | re.Pattern[str], seconds: float = 120) -> None:
    output = page.locator(f"{VISIBLE_NOTEBOOK} .jp-OutputArea-output", has_text=text).first
    expect(output).to_be_visible(timeout=seconds * 1000)


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    rename = page.locator(".jp-Dialog .jp-mod-accept")
    try:
        rename.wait_for(timeout=5_000)
    except Exception:
        return  # it already has a name
    rename.click()


def upload(page: Page, server: str, file: Path) -> None:
    """Uploads through the file browser and waits until the server at the address `server` has all of it."""
    with page.expect_file_chooser() as chooser:
        page.locator('[data-jp-item-name="uploader"] jp-button').click()
    chooser.value.set_files(str(file))
    page.locator(".jp-Dialog .jp-mod-accept").click()  # "large file": yes
    # The listing shows the name from the first chunk on, so only the size says that the last one arrived.
    wait_until(lambda: size_of(page, server, file.name) == file.stat().st_size, 120, f"{file.name} to be uploaded")
    entry(page, file.name).wait_for()


def size_of(page: Page, server: str, name: str) -> int | None:
    page.wait_for_timeout(200)
    answer = page.request.get(f"{server}api/contents/{name}?content=0")
    return answer.json()["size"] if answer.ok else None


def entry(page: Page, name: str):
    return page.locator(".jp-DirListing-item", has_text=name).first


def download(page: Page, name: str, to: Path) -> None:
    entry(page, name).click(button="right")
    with page.expect_download(timeout=120_000) as started:
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Download$")).first.click()
    started.value.save_as(str(to))
