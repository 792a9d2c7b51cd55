"""An approver with a real browser: what they see, what they can click, and what cannot happen to them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from deploy.local import mailbox, pages
from lambdas.core.ledger import Ledger
from lambdas.planning.log_rows import keep
from tests.approval.world import INCIDENT_ID, World, incident, key_step, step
from tests.browser.conftest import DESKTOP, PHONE, Picture

LEAD, DEPUTY = "lead@example.com", "deputy@example.com"
HOSTILE = (
    "<img src=x onerror=alert(1)> \"'><script>alert(2)</script> "
    "\u202egpj.tnega\u202c zero\u200bwidth https://evil.example/ \x07"
)


@pytest.fixture
def asked(world: World) -> World:
    logging = step(
        4,
        "bedrock.restore_invocation_logging",
        stage="recovery",
        machine="restore_logging",
        reversibility="full",
        title="Restore invocation logging",
        label="invocation logging in us-east-1",
        impact="Prompts and answers are logged again, as before.",
        way_back="The configuration found now is put back.",
        decided_by="The destination bucket is in another account than the baseline says.",
        why="It was deleted by the suspect; the baseline of 21 Nov has it.",
        before={"loggingConfig": None},
    )
    world.begin(key_step(1), step(2, approval="two"), step(3), logging)
    Ledger().intend(INCIDENT_ID, key_step(1), world.plan_hash, ["automatic"], "perform")
    Ledger().conclude(INCIDENT_ID, key_step(1)["step_id"], "performed")
    world.ask()
    return world


def test_looking_ten_times_changes_nothing(asked: World, site: str, desktop: Page) -> None:
    """A mail scanner's browser may open the link as often as it likes."""
    before = asked.stored()
    for _ in range(10):
        assert desktop.goto(site + asked.link_of(LEAD)).status == 200
    assert asked.stored() == before


def test_one_step_is_left_out_and_the_rest_approved(asked: World, site: str, phone: Page, picture: Picture) -> None:
    """On a phone, without JavaScript: untick, approve, read what is next; a second click is told that it is over."""
    another_tab = phone.context.new_page()
    for tab in (another_tab, phone):
        tab.goto(site + asked.link_of(LEAD))
    picture(phone, "phone-request.png")
    phone.get_by_label("Delete the agent").uncheck()
    phone.get_by_role("button", name="Approve the ticked steps").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Approved")
    picture(phone, "phone-approved.png")
    assert asked.gate().approved_steps == ("04-restore_invocation_logging-00000004",)

    another_tab.get_by_role("button", name="Approve the ticked steps").click()
    expect(another_tab.get_by_text("by lead@example.com")).to_be_visible()
    picture(another_tab, "phone-spent.png")
    phone.go_back()
    expect(phone.get_by_text("by lead@example.com")).to_be_visible()
    assert asked.gate().approved_steps == ("04-restore_invocation_logging-00000004",)
    assert len(asked.tasks.answers) == 1


def test_a_refusal_needs_a_reason(asked: World, site: str, phone: Page, picture: Picture) -> None:
    """The browser itself asks for the reason; the server does too, where a browser does not."""
    phone.goto(site + asked.link_of(LEAD))
    phone.get_by_role("button", name="Refuse, with this reason").click()
    assert asked.gate().votes == {}
    phone.get_by_label("Reason").fill("   ")
    phone.get_by_role("button", name="Refuse, with this reason").click()
    expect(phone.get_by_role("alert")).to_contain_text("say why you refuse")
    picture(phone, "phone-error.png")
    phone.get_by_label("Reason").fill("This is our own red team, until Friday.")
    phone.get_by_role("button", name="Refuse, with this reason").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Refused")
    picture(phone, "phone-refused.png")
    assert asked.tasks.answers[0][1] == "failure"


def test_nothing_ticked_is_told_and_the_form_stays(asked: World, site: str, desktop: Page, picture: Picture) -> None:
    """Approving nothing is no decision: the page says so and the person goes on."""
    desktop.goto(site + asked.link_of(LEAD))
    desktop.get_by_role("link", name="Tick none").click()
    desktop.get_by_role("button", name="Approve the ticked steps").click()
    expect(desktop.get_by_role("alert")).to_contain_text("select at least one step")
    picture(desktop, "desktop-error.png")
    desktop.get_by_label("Delete the agent").check()
    desktop.get_by_role("button", name="Approve the ticked steps").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Approved")


def test_two_people_decide_what_only_two_may(asked: World, site: str, browser: Browser, picture: Picture) -> None:
    """The first approval starts nothing and says so; the second carries out what both ticked."""
    asked.ask("two", token="token-2")
    for person, heading in ((LEAD, "Your approval is recorded"), (DEPUTY, "Approved")):
        context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
        seen = context.new_page()
        seen.goto(site + asked.link_of(person))
        picture(seen, f"desktop-two-{person[:4]}.png")
        seen.get_by_role("button", name="Approve the ticked steps").click()
        expect(seen.get_by_role("heading", level=1)).to_have_text(heading)
        picture(seen, f"desktop-two-{person[:4]}-after.png")
        context.close()
    assert [token for token, _, _ in asked.tasks.answers] == ["token-2"]


def test_hostile_names_are_shown_harmlessly(
    world: World, site: str, desktop: Page, browser: Browser, picture: Picture
) -> None:
    """HTML, a right-to-left override, zero-width characters and 10 KB from the account stay text, in bounds."""
    bad = step(2, label=HOSTILE + "A" * 10_000, why=HOSTILE, before={"instruction": HOSTILE * 40, HOSTILE: 1})
    source = {**incident()["source"], "title": HOSTILE, "description": "W" * 10_000}
    who = {**incident()["principal"], "user_name": HOSTILE}
    world.begin(bad, key_step(1, label=HOSTILE), about=incident(source=source, principal=who))
    keep(Ledger(), INCIDENT_ID, [{"name": "Changed in IAM", "text": HOSTILE + "C" * 500, "artefact": None}])
    world.ask()
    alerts: list[str] = []
    desktop.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    desktop.goto(site + world.link_of(LEAD))
    desktop.get_by_text("State now").click()
    assert alerts == []
    assert desktop.locator("img, script, main a[href^=http]").count() == 0
    assert not set("\u202e\u200b\x07") & set(desktop.content())
    for size in (PHONE, DESKTOP):
        desktop.set_viewport_size(size)
        assert desktop.evaluate("document.documentElement.scrollWidth") <= size["width"]
    desktop.set_viewport_size(PHONE)
    picture(desktop, "phone-hostile.png")


def test_the_keyboard_is_enough(asked: World, site: str, desktop: Page) -> None:
    """Tab, Space and Enter reach every control in reading order, and what has the focus can be seen."""
    desktop.goto(site + asked.link_of(LEAD))
    order = []
    for _ in range(12):
        desktop.keyboard.press("Tab")
        order.append(desktop.evaluate("(e => e.id || e.value || e.textContent.trim())(document.activeElement)"))
        outline = "(e => getComputedStyle(e).outlineWidth)(document.activeElement)"
        assert desktop.evaluate(outline) == "3px", order
        if order[-1] == "s1":
            desktop.keyboard.press("Space")
        if order[-1] == "approve":
            break
    assert order[0] == "Go to the decision"
    assert [name for name in order if name in ("s1", "s2", "approve")] == ["s1", "s2", "approve"]
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Approved")
    assert asked.gate().approved_steps == ("04-restore_invocation_logging-00000004",)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_and_hit(
    asked: World, site: str, browser: Browser, picture: Picture, scheme: str
) -> None:
    """Text has a contrast of at least 4.5 (WCAG 2.2, 1.4.3), controls or their labels are 44 pixels high."""
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    seen = context.new_page()
    seen.goto(site + asked.link_of(LEAD))
    picture(seen, f"phone-{scheme}.png")
    low = seen.evaluate(CONTRAST)
    small = seen.evaluate(TARGETS)
    context.close()
    assert low == []
    assert small == []


def test_the_page_has_a_sound_outline(asked: World, site: str, desktop: Page) -> None:
    """Language, landmarks, one h1, no skipped heading level, and a name on every control."""
    desktop.goto(site + asked.link_of(LEAD))
    assert desktop.evaluate("document.documentElement.lang") == "en"
    assert [desktop.locator(tag).count() for tag in ("main", "header", "footer", "h1")] == [1, 1, 1, 1]
    levels = desktop.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    for box in desktop.get_by_role("checkbox").all():
        assert box.evaluate("e => e.labels.length") == 1
    assert (
        desktop.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size")
        == desktop.locator("[id]").count()
    )


def test_a_long_list_stays_usable(world: World, site: str, phone: Page, picture: Picture) -> None:
    """With 90 steps the reasons are folded away, everything can be unticked at once, and the page stays light."""
    world.begin(*[step(n) for n in range(1, 61)], *[key_step(n, "one") for n in range(61, 91)])
    world.ask()
    phone.goto(site + world.link_of(LEAD))
    picture(phone, "phone-long.png")
    assert len(phone.content()) < 400_000
    phone.get_by_role("link", name="Tick none").click()
    assert phone.get_by_role("checkbox", checked=True).count() == 0
    phone.get_by_label("7. Delete the agent", exact=False).first.check()
    phone.get_by_role("button", name="Approve the ticked steps").click()
    assert len(world.gate().approved_steps) == 1


def test_the_other_pages_are_as_good(asked: World, site: str, phone: Page, picture: Picture) -> None:
    """A forged link gets a page that helps, not an error."""
    assert phone.goto(site + "A" * 32 + "." + "B" * 43).status == 403
    expect(phone.get_by_role("heading", level=1)).to_have_text("This link is not valid")
    picture(phone, "phone-forged.png")


def test_the_mail_renders(asked: World, phone: Page, desktop: Page, picture: Picture) -> None:
    """The HTML part fits a phone and has the link as a button and as text."""
    html = asked.mails[0]["html"]
    for seen, name in ((phone, "phone"), (desktop, "desktop")):
        seen.set_content(html)
        picture(seen, f"mail-{name}.png")
    assert phone.get_by_role("link").count() == 1
    desktop.set_viewport_size(PHONE)
    assert desktop.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_mailbox_leads_to_the_page(
    world: World, site: str, desktop: Page, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the local mailbox the mail's button, in its sandboxed frame, opens the page in a tab that can be answered."""
    mailbox.install()
    monkeypatch.setattr(mailbox, "_KEPT", [])
    monkeypatch.setenv("PAGE_URL", site.removesuffix("/approve/"))
    server = pages.serve(0, "http://127.0.0.1:9")
    desktop.goto(f"http://127.0.0.1:{server.server_port}/")
    picture(desktop, "mailbox-empty.png")
    world.begin(step(2), key_step(3, "one"))
    world.ask()
    desktop.reload()
    picture(desktop, "mailbox-list.png")
    desktop.get_by_role("link", name="Approval needed").last.click()
    button = desktop.frame_locator("iframe").get_by_role("link", name="Read the plan and decide")
    expect(button).to_be_visible()
    picture(desktop, "mailbox-mail.png")
    with desktop.expect_popup() as opened:
        button.click()
    opened.value.get_by_role("button", name="Approve the ticked steps").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Approved")
    server.shutdown()
    server.server_close()


CONTRAST = """() => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = c => { const v = c.map(x => (x /= 255) <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
  const back = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
  const low = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const pair = [light(parse(getComputedStyle(e).color).slice(0, 3)), light(back(e))].sort((a, b) => b - a);
    const ratio = (pair[0] + .05) / (pair[1] + .05);
    if (ratio < 4.5) low.push([e.textContent.trim().slice(0, 40), ratio]);
  }
  return low;
}"""
TARGETS = """() => [...document.querySelectorAll('a, button, summary, input[type=checkbox], textarea')]
  .map(e => e.closest('label') || e).filter(e => e.offsetParent !== null)
  .map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect().height])
  .filter(([, height]) => height < 44)"""
