"""Two people with real browsers, the mailbox, and the deployed page: from the mail to the deleted agent."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE
from tests.end_to_end.scene import APPROVERS, Scene


def test_two_people_approve_in_a_browser(scene: Scene, browser: Browser) -> None:
    """Each opens their mail, follows its link, reads the plan, approves; it goes after the second, not sooner."""
    scene.make_agent()
    scene.aws.fire(scene.finding())
    incident_id = scene.incident_id()
    for address in APPROVERS:
        assert scene.agent_status() is not None
        approve(browser, scene, address)
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert scene.agent_status() is None


def approve(browser: Browser, scene: Scene, address: str) -> None:
    """By mail and mouse alone, on a phone without JavaScript."""
    link = scene.link(address)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{scene.aws.pages_url}/mail")
    page.get_by_role("link").filter(has_text="Approval").first.click()
    expect(page.locator("body")).to_contain_text("stand-in")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Delete rogue agent")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("main")).to_contain_text("approved", ignore_case=True)
    context.close()
