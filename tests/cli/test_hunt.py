"""`responder hunt`: the command on files of a made-up attack, read as a person or a script reads it."""

import io
import json
import os
import re
import time

import pytest

from cli import deployment as deployments
from cli.deployment import Deployment
from hunt.stories import told
from tests.hunt.attack import ROLE, ROLE_KEY, THIEF_KEY, attack

SCHEMA_FIELDS = {"records", "actors", "timeline", "detections", "cost", "blind_spots", "skipped_files"}
ESCAPES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
HOSTILE = "\x1b[2J[/nope]\x1b[31m[red]=cmd|'/C calc'!A0[/red]\u202e\x07<script>alert(1)</script>"


@pytest.fixture
def logs(tmp_path):
    """The attack as files: CloudTrail's as AWS writes it, the invocation log's one a line."""
    folder = tmp_path / "logs"
    write(folder, *attack())
    return folder


def write(folder, trail, invocations=()):
    folder.mkdir()
    (folder / "trail.json").write_text(json.dumps({"Records": trail}))
    if invocations:
        (folder / "invocations.jsonl").write_text("".join(json.dumps(record) + "\n" for record in invocations))


@pytest.fixture
def terminal(monkeypatch):
    """Standard output is a terminal, and the person types these lines."""

    def typing(*lines):
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return typing


def test_json_is_the_story_and_nothing_else(run, logs):
    """Standard output is one document, asides are on standard error; every record is counted."""
    ran = run("hunt", logs, "--json", "--no-cache")
    story = json.loads(ran.out)
    assert set(story) >= SCHEMA_FIELDS
    assert story["records"] == {"read": 278, "relevant": 278, "duplicates": 0, "malformed": 0}
    assert story["questions"]
    assert "Reading" in ran.err


def test_the_terminal_tells_the_story(run, logs):
    """Piped and 80 columns wide: what happened, who, cost and what is not known, and what to do next; no colours."""
    ran = run("hunt", logs, "--no-cache")
    assert ran.code == 0
    for word in ("5 critical", "role/ml-admin", "Timeline", "$3.27", "no price", "Blind spots", "bedrock-mantle"):
        assert word in ran.out
    assert f"--actor {ROLE} --start" in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("columns", ["80", "120"])
def test_no_line_is_wider_than_the_terminal(run, logs, monkeypatch, columns):
    """Tables fold into 80 columns; only the command to copy stays whole."""
    monkeypatch.setenv("COLUMNS", columns)
    out = run("hunt", logs, "--no-cache").out
    assert max(len(line) for line in out.splitlines() if "Next:" not in line) <= int(columns)


@pytest.mark.parametrize(
    "field", ["eventName", "userAgent", "sourceIPAddress", "awsRegion", "errorCode", "user", "key"]
)
def test_hostile_records_move_nothing_on_the_terminal(run, tmp_path, field):
    """No control character of a record reaches the terminal, and none of its brackets is taken for a colour."""
    records = [{"eventName": "InvokeModel", field: HOSTILE, "times": 3},
               {"eventSource": "iam", "eventName": "CreateUser", "at": 60, field: HOSTILE}]  # fmt: skip
    write(tmp_path / "logs", told(records)[0])
    ran = run("hunt", tmp_path / "logs", "--no-cache", "--csv", tmp_path / "csv")
    assert ran.code == 0
    assert not ESCAPES.search(ran.out)
    assert "\u202e" not in ran.out
    cells = (tmp_path / "csv").glob("*.csv")
    assert not any(re.search(r'(^|,)"[=+@-]', file.read_text(), re.M) for file in cells)


def test_a_hostile_file_name_moves_nothing_either(run, tmp_path):
    """The name of a file that cannot be read is cleaned too."""
    write(tmp_path / "logs", attack()[0][:3])
    (tmp_path / "logs" / "\x1b[31mbad\n=x.json").write_text("{broken")
    ran = run("hunt", tmp_path / "logs", "--no-cache")
    assert ran.code == 0
    assert "bad" in ran.out
    assert not ESCAPES.search(ran.out + ran.err)


def test_the_files_are_written_and_named(run, logs, tmp_path):
    """--html, --csv and --parquet write what they say, into folders that they make."""
    out = tmp_path / "out"
    ran = run("hunt", logs, "--no-cache", "--html", out / "report.html", "--csv", out / "csv", "--parquet", out / "pq")
    assert "Hunt report" in (out / "report.html").read_text()
    assert (out / "csv" / "actors.csv").exists()
    assert (out / "pq" / "cloudtrail_logs.parquet").exists()
    assert ran.err.count("Written:") == 3


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--since", "yesterday", "--since: is a time such as"),
        ("--until", "2026-13-01", "--until: is a time such as"),
        ("--account", "123", "--account: is 12 digits"),
        ("--actor", " ", "--actor: is an ARN"),
        ("--set", "denials=9", "--set: is NAME=VALUE"),
        ("--set", "denied_probing.denials=many", "denials: must match"),
        ("--html", "{file}/below.html", "--html: cannot be written"),
    ],
)
def test_a_wrong_option_is_one_line_that_names_it(run, logs, tmp_path, option, value, told):
    """No stack trace: the option, what is allowed, exit code 2."""
    (tmp_path / "file").write_text("")
    ran = run("hunt", logs, "--no-cache", option, value.format(file=tmp_path / "file"))
    assert ran.code == 2
    assert told in ran.err
    assert ran.out == ""


def test_settings_change_what_is_reported(run, logs):
    """Who is trusted is no suspect for changes, a threshold holds, and the story says what was set."""
    admin = "arn:aws:iam::111122223333:user/ops-admin"
    story = json.loads(run("hunt", logs, "--json", "--no-cache").out)
    assert admin in {found["actor"] for found in story["detections"]}
    options = (
        "--set",
        f"trusted_actors={admin},arn:aws:iam::111122223333:role/x",
        "--set",
        "denied_probing.denials=1000",
    )
    told = json.loads(run("hunt", logs, "--json", "--no-cache", *options).out)
    assert admin not in {found["actor"] for found in told["detections"]}
    lost = {found["id"] for found in story["detections"]} - {found["id"] for found in told["detections"]}
    assert lost == {"logging_redirected", "denied_probing"}
    assert told["wanted"]["settings"]["trusted_actors"][0] == admin


def test_a_place_that_is_not_there_is_one_line(run, tmp_path):
    """Exit code 2, and nothing is written."""
    ran = run("hunt", tmp_path / "nowhere", "--no-cache", "--html", tmp_path / "report.html")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 2
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize(
    ("text", "end", "told"),
    [
        ("2026-03-02", False, "2026-03-02T00:00:00Z"),
        ("2026-03-02", True, "2026-03-02T23:59:59Z"),
        ("2026-03-02T03:04:05Z", True, "2026-03-02T03:04:05Z"),
        ("2026-03-02T03:04:05+01:00", False, "2026-03-02T02:04:05Z"),
        ("2026-03-02 03:04", False, "2026-03-02T03:04:00Z"),
    ],
)
def test_times_are_utc(text, end, told):
    """A date is its first or last second, a time zone is reckoned in, and no zone means UTC."""
    from cli.hunt import moment

    assert moment("--since", text, end) == told


def test_a_duration_is_that_long_ago():
    """7d is a week before now."""
    from cli.hunt import _iso, moment

    ago = time.time() - _iso("--since", moment("--since", "7d")).timestamp()
    assert ago == pytest.approx(7 * 86400, abs=5)


def test_the_time_can_be_narrowed(run, logs):
    """Only what happened in the hours asked for is told."""
    story = json.loads(run("hunt", logs, "--no-cache", "--json", "--until", "2026-03-02T10:31:00Z").out)
    assert story["wanted"]["until"] == "2026-03-02T10:31:00Z"
    assert max(line["at"] for line in story["timeline"]) <= "2026-03-02T10:31:00Z"
    assert {found["actor_name"] for found in story["detections"]} == {"user/build-agent"}


def test_start_sends_what_it_shows(run, aws, functions, logs, terminal):
    """The suspect's long-term key, where the worst detection was, and the detections as the reason; after a yes."""
    functions.answers["IntakeManualFunction"] = {"incident_id": "IR-20260302-0a1b2c3d4e", "execution_arn": "arn"}
    terminal("y")
    ran = run("hunt", logs, "--no-cache", "--actor", THIEF_KEY, "--start", "--as", "lead@example.com")
    assert ran.code == 0, ran.err
    given = functions.heard["IntakeManualFunction"]
    assert (given["principal"], given["account"], given["region"]) == (THIEF_KEY, "111122223333", "us-east-1")
    assert given["reason"].startswith("Hunt: ")
    assert "probed" in given["reason"]
    assert given["reason"].endswith("first seen 2026-03-02T10:02:00Z")
    assert len(given["reason"]) <= 400
    for value in (THIEF_KEY, "111122223333", "A response would be started"):
        assert value in ran.out


def test_start_asks_which_suspect(run, aws, functions, logs, terminal):
    """Several suspects: the person picks one by its number; a role's session is named by its role."""
    functions.answers["IntakeManualFunction"] = {"incident_id": "IR-20260302-0a1b2c3d4e", "execution_arn": "arn"}
    terminal("9", "1", "y")
    ran = run("hunt", logs, "--no-cache", "--start", "--as", "lead@example.com")
    assert ran.code == 0, ran.err
    assert functions.heard["IntakeManualFunction"]["principal"] == ROLE
    assert "A number from 1 to 4." in ran.err


def test_a_no_starts_nothing(run, aws, functions, logs, terminal):
    """The answer no is exit code 3, and nothing was sent."""
    terminal("n")
    ran = run("hunt", logs, "--no-cache", "--actor", ROLE_KEY, "--start", "--as", "lead@example.com")
    assert ran.code == 3
    assert functions.heard == {}


def test_a_script_says_yes_and_who(run, aws, functions, logs):
    """Where nobody can be asked, --yes and --actor are needed, and each is asked for by name."""
    functions.answers["IntakeManualFunction"] = {"incident_id": "IR-20260302-0a1b2c3d4e", "execution_arn": "arn"}
    command = ("hunt", logs, "--no-cache", "--start", "--as", "lead@example.com")
    assert "--actor: is needed" in run(*command, "--yes").err
    assert "--yes: is needed" in run(*command, "--actor", ROLE).err
    assert functions.heard == {}
    ran = run(*command, "--actor", ROLE, "--yes", "--json")
    assert json.loads(ran.out)["incident_id"] == "IR-20260302-0a1b2c3d4e"


def test_nobody_suspect_is_no_incident(run, aws, functions, tmp_path):
    """Without a detection nothing is started, and the person is told how to start anyway."""
    write(tmp_path / "logs", attack()[0][:1])
    ran = run("hunt", tmp_path / "logs", "--no-cache", "--start", "--yes", "--as", "lead@example.com")
    assert ran.code == 3
    assert "no identity has a detection" in ran.err
    assert functions.heard == {}


def test_the_embedded_s3_is_read_with_local(run, aws):
    """s3:// with --local is the embedded AWS's own S3: its CloudTrail tells what was staged there."""
    aws("s3").create_bucket(Bucket="trail")
    body = json.dumps({"Records": attack()[0]}).encode()
    key = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/02/111122223333_CloudTrail_us-east-1_20260302T1500Z_x.json"
    aws("s3").put_object(Bucket="trail", Key=key, Body=body)
    story = json.loads(run("hunt", "s3://trail/AWSLogs/", "--local", "--no-cache", "--json").out)
    assert story["records"]["read"] == len(attack()[0])
    assert story["actors"][0]["actor"] == ROLE


def test_the_second_hunt_is_the_same_story(run, logs):
    """With the cache the same files give the same document."""
    assert run("hunt", logs, "--json").out == run("hunt", logs, "--json").out


def test_what_was_not_opened_is_told(run, logs):
    """A file that CloudTrail delivered before --since is in the document and on the terminal, with the reason."""
    name = "111122223333_CloudTrail_us-east-1_20260101T0000Z_Mu0KsOhtH1ar15ZZ.json"
    (logs / "trail.json").rename(logs / name)
    ran = run("hunt", logs, "--no-cache", "--since", "2026-01-02", "--json")
    assert json.loads(ran.out)["passed_over"] == {"delivered before --since": 1}
    page = logs / "page.html"
    ran = run("hunt", logs, "--no-cache", "--since", "2026-01-02", "--html", page)
    assert "Not opened: 1 file (delivered before --since)" in ran.out
    assert "Not opened: 1 file (delivered before --since)." in page.read_text()


OWN = "arn:aws:iam::111122223333:role/responder-member-contain"
OUTPUTS = {"Prefix": "responder", "MemberAccounts": "111122223333,444455556666"}


@pytest.fixture
def restored(tmp_path):
    """A Put of the invocation logging by the responder, by roles of nearly its name, and by one of the very name in an
    account that is not enrolled."""
    put = {"eventName": "PutModelInvocationLoggingConfiguration", "request": {"loggingConfig": {}}}
    alike = ("responder-member-contained", "x/responder-member-contain", "responder-contain")
    records = [{**put, "role": name} for name in ("responder-member-contain", *alike)]
    write(
        tmp_path / "logs", told([*records, {**put, "role": "responder-member-contain", "account": "999900001111"}])[0]
    )
    return tmp_path / "logs"


def found(run, *command):
    ran = run("hunt", *command, "--no-cache", "--json")
    story = json.loads(ran.out)
    return {one["actor"] for one in story["detections"] if one["id"] == "logging_redirected"}, story, ran.err


def test_the_responder_s_own_roles_are_trusted_beside_it(run, restored):
    """With --local, exactly the deployment's roles in its accounts; the story says which, and their calls."""
    deployments.publish(Deployment("the embedded AWS", OUTPUTS, "us-east-1", pid=os.getpid()))
    suspects, story, _ = found(run, restored, "--local")
    assert OWN not in suspects
    assert len(suspects) == 4
    assert story["own_roles"] == [{"actor": OWN, "calls": 1}]
    assert f"Trusted as this responder's own: 1 call of {OWN}." in story["summary"]


def test_nobody_is_trusted_without_a_word(run, restored):
    """Neither without a deployment, nor beside a stack that does not tell its roles, nor one that is not there."""
    suspects, story, said = found(run, restored)
    assert len(suspects) == 5
    assert story["own_roles"] == []
    assert "No role" not in said
    deployments.publish(Deployment("the embedded AWS", {"LedgerTable": "ledger"}, "us-east-1", pid=os.getpid()))
    assert len(found(run, restored)[0]) == 5
    assert len(found(run, restored, "--local")[0]) == 5


def test_a_hunt_needs_no_stack(run, restored, aws):
    """One that is named and does not answer is told of; the hunt goes on, and trusts nobody."""
    suspects, _, said = found(run, restored, "--stack", "gone")
    assert len(suspects) == 5
    assert "No role is known to be the responder's own: There is no stack gone" in said


def test_who_is_trusted_by_name_stays_so(run, restored):
    """--set and the responder's own roles add up."""
    deployments.publish(Deployment("the embedded AWS", OUTPUTS, "us-east-1", pid=os.getpid()))
    other = "arn:aws:iam::111122223333:role/responder-contain"
    suspects, story, _ = found(run, restored, "--local", "--set", f"trusted_actors={other}")
    assert not {OWN, other} & suspects
    assert story["wanted"]["settings"] == {"trusted_actors": [other]}
