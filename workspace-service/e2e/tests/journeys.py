"""What people do in the dashboard, by the hooks that workspace-service/service/src/main/jte/README.md promises."""

from __future__ import annotations

from platform_process import Platform
from playwright.sync_api import BrowserContext, Page, expect

ADMIN = "ada"
PASSWORD = "correct horse battery"
PERSONS_PASSWORD = "another long password"


def first_administrator(page: Page, platform: Platform) -> None:
    """Follows the printed link; on a data folder that knows the administrator already, signs in by password."""
    page.goto(platform.url + "/login")
    if not platform.knows_an_administrator():
        page.goto(platform.sign_in_link())
        page.fill("#name", ADMIN)
        page.fill("#displayName", "Ada Lovelace")
        page.fill("#password", PASSWORD)
        page.fill("#repeated", PASSWORD)
        page.click("#link-submit")
    else:
        sign_in(page, platform, ADMIN, PASSWORD)
    expect(page.locator("#nav-workspaces")).to_be_visible()


def sign_in(page: Page, platform: Platform, name: str, password: str) -> None:
    page.goto(platform.url + "/login")
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("#login-submit")


def create(page: Page, platform: Platform, display_name: str, button: str = "#create-only") -> None:
    page.goto(platform.url + "/workspaces/new")
    page.fill("#displayName", display_name)
    page.click(button)


def create_and_start(page: Page, platform: Platform, display_name: str) -> None:
    """Fills the profile form and follows the start page into JupyterLab."""
    create(page, platform, display_name, "#create-and-start")
    page.wait_for_url("**/lab**", timeout=90_000)


def card(page: Page, slug: str):
    return page.locator(f'[data-workspace="{slug}"]')


def stop(page: Page, platform: Platform, slug: str) -> None:
    page.goto(platform.url + "/")
    card(page, slug).locator("[data-action=stop]").click()
    expect(page.locator(f'[data-workspace="{slug}"][data-state="STOPPED"]')).to_be_visible(timeout=120_000)


def api_token(page: Page, platform: Platform, name: str) -> str:
    """One that a person makes for a program, in the settings."""
    page.goto(platform.url + "/settings")
    page.fill("#make-token input[name=tokenName]", name)
    page.click("#make-token-button")
    return page.locator("#token-value").input_value()


def person(context: BrowserContext, platform: Platform, admin: Page, name: str) -> Page:
    """Makes a developer as an administrator does, and signs in through the link that is shown once."""
    admin.goto(platform.url + "/admin/users")
    admin.fill("#name", name)
    admin.click("#create-user-button")
    link = admin.locator("#link-value").input_value()
    page = context.new_page()
    page.goto(link)
    page.fill("#password", PERSONS_PASSWORD)
    page.fill("#repeated", PERSONS_PASSWORD)
    page.click("#link-submit")
    expect(page.locator("#nav-workspaces")).to_be_visible()
    return page
