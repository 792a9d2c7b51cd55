"""`make demo`: a real attack on the embedded AWS, and the whole response to it. Every claim is checked by reading AWS.

Exits with 0 only if everything that it says was seen to be true.
"""

from __future__ import annotations

import sys
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import embedded, fire, hunt, page, report, staging, undo
from cli.deployment import Deployment
from cli.failures import RESPONSE_FAILED, CommandFailed, guarded
from cli.local import STAND_IN, deploy, embedded_aws, end_on_signals
from cli.narrator import Narrator
from cli.records import RUNNING, executions, records
from cli.screen import console
from cli.witness import Witness

if TYPE_CHECKING:
    from deploy.local.stack import EmbeddedAws

Json = dict[str, Any]
REPORT_FOLDER = Path("demo-report")
HUNT_PAGE = REPORT_FOLDER / "hunt.html"
REQUESTER = "oncall@example.com"
APPROVERS = ("ana@example.com", "bo@example.com")
MACHINES_PATIENCE_SECONDS = 60
PEOPLES_PATIENCE_SECONDS = 3600
LOOK_SECONDS = 0.1


class Demo(Narrator):
    """The story, scene by scene. `alone` answers the approvals through the page itself; otherwise people do."""

    def __init__(self, aws: EmbeddedAws, alone: bool) -> None:
        super().__init__()
        self.aws = aws
        self.witness = Witness(aws)
        self.alone = alone
        self.told = 0
        self.answered: set[str] = set()

    def play(self) -> None:
        """All scenes. Raises CommandFailed where one does not come to its end, or a claim was not so."""
        self.set_up()
        known_good = self.witness.logging()
        self.attack()
        self.respond(known_good)
        self.pause()
        self.decide()
        self.take_back()
        self.hunt()
        self.read_report()
        if self.failed:
            raise CommandFailed(RESPONSE_FAILED, f"not seen to be true: {'; '.join(self.failed)}")
        console().print(f"\n[green bold]Every ✓ above was read from the embedded AWS.[/] {self.clock()} in all.")

    def set_up(self) -> None:
        self.scene("The stage", STAND_IN)
        logs = {"InvocationLogBucket": staging.LOG_BUCKET, "InvocationLogPrefix": staging.LOG_PREFIX}
        self.deployment: Deployment = deploy(self.aws, {"FirstApprovers": ",".join(APPROVERS), **logs})
        self.say(f"Deployed deploy/template.yaml: {len(self.deployment.outputs)} outputs")
        self.victim = staging.furnish(self.aws)
        self.say(f"User {staging.USER} has key {self.victim.key_id}; model invocations are logged")
        place = {"account": self.victim.account, "region": staging.REGION}
        baseline = self.deployment.invoke("BaselineFunction", place)
        self.expect("The baseline is recorded and accepted", baseline.get("state") == "accepted")

    def attack(self) -> None:
        self.scene("The attack", f"A thief has the key of {staging.USER}, and uses it.")
        for call in staging.attack(self.aws, self.victim):
            self.say(call, "red")
        self.expect("Invocation logging is off", not self.witness.logging())
        self.expect("The session works", not self.is_refused(self.victim.session))
        self.expect(f"So does the key of {staging.FRIEND}", not self.is_refused(self.victim.friend))
        self.expect(
            "The rogue agent is there, and can be called", self.witness.agent_exists() and self.witness.takes_calls()
        )

    def respond(self, known_good: Json) -> None:
        self.scene("The response", "CloudTrail tells of the deleted logging, then GuardDuty of the stolen key.")
        first = self.opened_by_cloudtrail()
        self.say(f"CloudTrail's event opened incident {first}")
        event = staging.finding(self.victim)
        self.finding_id = event["detail"]["id"]
        embedded.fire(self.deployment, event)
        answer = fire.answer_to(self.deployment, event["id"], MACHINES_PATIENCE_SECONDS)
        if answer["outcome"] != "incident":
            raise CommandFailed(RESPONSE_FAILED, f"intake opened no incident: {answer['reason']}")
        self.incident_id = str(answer["incident_id"])
        self.follow("the approvers to be asked", lambda: all(map(self.mail_to, APPROVERS)))
        self.expect(f"Key {self.victim.key_id} is Inactive", self.witness.key_status(self.victim.key_id) == "Inactive")
        self.expect("The thief's next call is refused", self.is_refused(self.victim.key))
        self.expect("So is the session that was got with the key", self.is_refused(self.victim.session))
        self.expect("Invocation logging equals the baseline in every field", self.witness.logging() == known_good)
        self.expect("A support case is open", bool(self.witness.cases()))
        self.expect(f"Nobody is asked twice: {first} was taken over", not self.links(incident_id=first))
        self.expect("The rogue agent can still be called", self.witness.takes_calls())
        self.search()
        named = self.witness.proposed(self.incident_id, "iam.quarantine_user")
        self.expect(f"The logs name a second user: {staging.FRIEND}", named == [staging.USER, staging.FRIEND])
        self.expect("Who is only named by the logs is not cut off unattended", not self.is_refused(self.victim.friend))

    def search(self) -> None:
        """What Athena found in the logs themselves, which is evidence by now."""
        tampering = self.witness.rows(self.incident_id, "logging_tampering")
        deletions = [row for row in tampering if row["eventname"] == staging.DELETION]
        keys = {row["access_key"] for row in deletions}
        self.expect("CloudTrail's files say whose key turned logging off", keys == {self.victim.key_id})
        calls = [row for row in self.witness.rows(self.incident_id, "tokens_by_caller") if self.is_theirs(row)]
        tokens = sum(row["in_tokens"] + row["out_tokens"] for row in calls)
        found = f"The invocation log counts {tokens} tokens in their 3 calls"
        self.expect(found, sum(row["n"] for row in calls) == 3)

    def is_theirs(self, row: Json) -> bool:
        return str(row["actor"]).endswith(f":user/{staging.USER}")

    def pause(self) -> None:
        self.scene(
            "One person decides",
            f"Pausing the agent, and cutting off {staging.FRIEND}, can be undone: either of two approvers is enough.",
        )
        self.ask(APPROVERS[:1])
        self.follow("the approvers to be asked again", lambda: all(map(self.mail_to, APPROVERS)), self.alone)
        self.expect("The rogue agent takes no calls any more", not self.witness.takes_calls())
        self.expect("It is still there", self.witness.agent_exists())
        self.expect(f"The key of {staging.FRIEND} is refused", self.is_refused(self.victim.friend))

    def decide(self) -> None:
        self.scene("Two people decide", "Deleting cannot be undone: two different approvers have mail now.")
        self.ask(APPROVERS)
        self.follow("the response to end", lambda: self.execution("response") != RUNNING, self.alone)
        self.expect("The response succeeded", self.execution("response") == "SUCCEEDED")
        self.expect("The rogue agent is gone", not self.witness.agent_exists())
        self.expect(
            "CloudTrail names both approvers on the call that deleted it", self.witness.deletion_names(APPROVERS)
        )
        self.expect(
            "GuardDuty's finding is archived, now that it is dealt with",
            self.witness.is_archived(self.victim.detector_id, self.finding_id),
        )

    def take_back(self) -> None:
        self.scene("Undo", "The owner wants the key back, for other work. Giving power back is approved by mail, too.")
        steps = self.deployment.ledger().steps(self.incident_id)
        step_id = next(step["step_id"] for step in steps if step["action"] == "iam.deactivate_access_key")
        reason = "The owner moved the key to a vault"
        self.say(f'$ responder undo {self.incident_id} {step_id} --as {REQUESTER} --reason "{reason}"', "bold")
        undo.request(self.deployment, undo.Request(self.incident_id, [step_id], reason, REQUESTER))
        self.follow("the approver to be asked", lambda: self.mail_to(APPROVERS[0]))
        self.expect(
            "Until somebody approves, the key stays Inactive", self.witness.key_status(self.victim.key_id) == "Inactive"
        )
        self.ask(APPROVERS[:1])
        self.follow("the undo to end", lambda: self.execution("undo") != RUNNING, self.alone)
        self.expect("The undo succeeded", self.execution("undo") == "SUCCEEDED")
        self.expect(
            f"Key {self.victim.key_id} is Active again", self.witness.key_status(self.victim.key_id) == "Active"
        )
        self.expect("Its user is quarantined still: Bedrock refuses the key", self.is_refused(self.victim.key))

    def hunt(self) -> None:
        self.scene("The hunt", "What happened, told from the files of CloudTrail and the invocation log alone.")
        places = [self.deployment.output(logs) for logs in ("TrailLogs", "InvocationLogs")]
        self.say(
            f"$ responder hunt {' '.join(places)} --local --set trusted_actors=OPERATOR --html {HUNT_PAGE}", "bold"
        )
        HUNT_PAGE.parent.mkdir(exist_ok=True)
        trusted = f"trusted_actors={self.witness.operator()}"
        request = hunt.Request(places, settings=[trusted], html=HUNT_PAGE, cached=False, local=True)
        story = hunt.told(request, self.deployment)
        for line in story["summary"]:
            self.say(line)
        suspects = {d["actor"] for d in story["detections"]}
        self.expect("It suspects the thief's user alone", suspects == {self.victim.arn})
        theirs = {d["id"] for d in story["detections"] if self.victim.key_id == d["access_key"]}
        sought = ("enumerate_then_invoke", "iam_persistence_after_genai", "logging_disabled", "agent_created_by_person")
        for detection in sought:
            self.expect(f"It finds the thief's key by itself: {detection.replace('_', ' ')}", detection in theirs)
        self.link("The page:", str(HUNT_PAGE.resolve()))

    def read_report(self) -> None:
        self.scene("The report", "What was found, done, by whose word, and what is left.")
        found = records(self.deployment)
        for number in report.numbers(found, self.incident_id):
            files = report.download(found, self.incident_id, number, REPORT_FOLDER)
            self.link(f"Report {number}:", str(files[0].resolve()))
            self.expect("It names who approved", all(APPROVERS[0] in file.read_text() for file in files))

    def opened_by_cloudtrail(self) -> str:
        """The id of the incident about the deleted logging. Raises CommandFailed where none is opened."""
        ends = time.monotonic() + MACHINES_PATIENCE_SECONDS
        while time.monotonic() < ends:
            if item := next(self.deployment.ledger().incidents(), None):
                return str(item["pk"])
            time.sleep(LOOK_SECONDS)
        raise CommandFailed(RESPONSE_FAILED, "CloudTrail's event opened no incident")

    def follow(self, what: str, done: Callable[[], object], machine: bool = True) -> None:
        """Tell the timeline as it grows until `done`. Raises CommandFailed where that takes too long."""
        ends = time.monotonic() + (MACHINES_PATIENCE_SECONDS if machine else PEOPLES_PATIENCE_SECONDS)
        while not done():
            if time.monotonic() > ends:
                raise CommandFailed(RESPONSE_FAILED, f"gave up waiting for {what}; {self.incident_id} hangs")
            self.tell_news()
            time.sleep(LOOK_SECONDS)
        self.tell_news()

    def tell_news(self) -> None:
        events = self.deployment.ledger().timeline(self.incident_id)
        for event in events[self.told :]:
            self.say(event["what"])
        self.told = len(events)

    def ask(self, approvers: tuple[str, ...]) -> None:
        """Show each approver's link, and answer through the page if alone; otherwise leave it to people."""
        links = {approver: self.mail_to(approver) for approver in approvers}
        for approver, link in links.items():
            self.link(f"Mail to {approver}:", str(link))
        self.link("Mailbox:", f"{self.deployment.pages_url}/mail")
        self.answered |= self.links()
        if self.alone:
            for link in links.values():
                page.decide(str(link), "approve")
                self.tell_news()
            return
        self.say("Open the links and decide; `make demo YES=1` answers by itself.", "bold yellow")
        if sys.stdout.isatty():
            webbrowser.open(f"{self.deployment.pages_url}/mail")

    def mail_to(self, approver: str) -> str | None:
        """The link in the newest mail to an approver, if it belongs to a question that is not answered yet."""
        links = self.links(approver)
        return next((link for link in links if link not in self.answered), None)

    def links(self, approver: str = "", incident_id: str = "") -> set[str]:
        """The approval links in mails about an incident, this one if no other is named: in all, or in one person's."""
        texts = (mail["text"] for mail in self.aws.mail() if not approver or approver in mail["to"])
        about = (text for text in texts if (incident_id or self.incident_id) in text)
        return {found[0] for text in about if (found := page.LINK.search(text))}

    def is_refused(self, credentials: Json) -> bool:
        """Does Bedrock refuse a call with these? Its words are part of the story."""
        words = self.witness.refusal(credentials)
        if words:
            self.say(words, "red")
        return bool(words)

    def execution(self, kind: str) -> str:
        """The status of the response's execution, or of the newest undo's."""
        found = executions(self.deployment, self.incident_id)
        return next((str(e["status"]) for e in reversed(found) if e["kind"] == kind), RUNNING)


def demo(
    yes: Annotated[bool, typer.Option("--yes", help="Answer the approvals through the page, without waiting.")] = False,
) -> None:
    """A real attack on the embedded AWS, and the whole response to it."""
    end_on_signals()
    with embedded_aws() as aws:
        Demo(aws, yes).play()


def main() -> None:
    guarded(lambda: typer.run(demo))


if __name__ == "__main__":
    main()
