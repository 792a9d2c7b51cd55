"""`responder events`: a person finds the event, is told its right name, and learns what the trails do not record."""

from __future__ import annotations

import json
import os
from typing import Any

import boto3
import pytest
from moto import mock_aws

from cli.deployment import Deployment, publish
from deploy.local.cloudtrail import selectors
from lambdas.evidence.query import watchlist

ACCOUNT = "123456789012"
selectors.install()


def listed(run: Any, *words: str) -> list[str]:
    return [row["eventName"] for row in json.loads(run("events", *words, "--json").out)["events"]]


def test_the_whole_catalogue_is_listed(run):
    """Without words: all 362, each with what a script needs, and in the table each by its name."""
    answer = json.loads(run("events", "--json").out)
    assert answer == {"events": watchlist(), "corrections": []}
    shown = run("events").out
    assert "Events to watch: 362 of 362" in shown
    assert all(row["eventName"] in shown for row in watchlist())


def test_it_reads_at_80_columns(run, monkeypatch):
    """In a narrow terminal no name is cut, and every line fits."""
    monkeypatch.setenv("COLUMNS", "80")
    shown = run("events").out
    assert max(map(len, shown.splitlines())) <= 80
    assert all(row["eventName"] in shown for row in watchlist())


def test_words_search_names_services_tactics_and_types(run):
    """Each word must be somewhere, in whatever case."""
    assert listed(run, "DELETEguardrail") == ["DeleteGuardrail"]
    assert set(listed(run, "knowledgebase", "data_poisoning")) >= {"IngestKnowledgeBaseDocuments"}
    assert set(listed(run, "AWS::BedrockMantle::Project", "create")) == {"CreateFile", "CreateInference"}


def test_options_narrow_together(run):
    """Service, tactic, severity and kind hold at once; of one kind are not those of the other."""
    found = json.loads(run("events", "--service", "iam", "--severity", "critical", "--management", "--json").out)[
        "events"
    ]
    assert found == [r for r in watchlist() if r["eventSource"] == "iam.amazonaws.com" and r["severity"] == "critical"]
    data, management = set(listed(run, "--data")), set(listed(run, "--management"))
    assert "Retrieve" in data - management and "InvokeModel" in management - data
    assert listed(run, "--tactic", "discovery") == [r["eventName"] for r in watchlist() if "discovery" in r["tactics"]]


@pytest.mark.parametrize(("written", "meant"), [
    ("StartDataSourceSyncJobs", "StartDataSourceSyncJob"), ("stopdatasourcesyncjobs", "StopDataSourceSyncJob"),
    ("GetApplications", "GetApplication or ListApplications"),
    ("StartTroubleshootingAnalysis", "StartTroubleshootingResolutionExplanation"),
])  # fmt: skip
def test_a_misspelt_name_finds_the_right_one(run, written, meant):
    """The 2024 playbooks' wrong names lead to AWS's, and it is said why and whether that event is watched."""
    answer = run("events", written)
    assert answer.code == 0
    shown = " ".join(answer.out.split())
    assert meant in shown and "not on the watch-list" in shown
    (correction,) = json.loads(run("events", written, "--json").out)["corrections"]
    assert correction["names"][-1] in meant


def test_what_nothing_fits_is_said(run):
    """An empty search is exit code 4; a service, tactic or severity that no event has is 2."""
    assert (run("events", "nosuch").code, run("events", "nosuch").err.count("\n")) == (4, 1)
    for option in ("--service", "--tactic", "--severity"):
        answer = run("events", option, "nosuch")
        assert answer.code == 2
        assert f"{option}: must be one of" in answer.err
    assert run("events", "--region", "us-east-1").code == 2


class TestNotLogged:
    @pytest.fixture
    def cloudtrail(self, monkeypatch):
        """A trail of all management events that logs, in an account whose credentials are the ambient ones."""
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "x")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        with mock_aws():
            boto3.client("s3").create_bucket(Bucket="trail-files")
            client = boto3.client("cloudtrail")
            client.create_trail(Name="main", S3BucketName="trail-files", IsMultiRegionTrail=True)
            client.start_logging(Name="main")
            yield client

    def answer(self, run: Any, *words: str) -> Any:
        return json.loads(run("events", "--not-logged", "--json", *words).out)

    def test_a_new_trail_records_management_events_only(self, run, cloudtrail):
        """What AWS gives a new trail is all management events: told are the data events, with what to switch on."""
        answer = self.answer(run)
        assert (answer["account"], answer["region"], answer["asked"]) == (ACCOUNT, "us-east-1", 362)
        assert {row["category"] for row in answer["not_logged"]} == {"Data", "unknown"}
        shown = " ".join(run("events", "--not-logged").out.split())
        assert "86 of 362 watched events are not sure to be recorded" in shown
        assert "Switch on: data events of AWS::Bedrock::KnowledgeBase" in shown
        assert "Trails: main (logging)" in shown

    def test_what_is_switched_on_is_told_no_longer(self, run, cloudtrail):
        """A person does what is advised, and asks again."""
        (before,) = self.answer(run, "RetrieveAndGenerateStream")["not_logged"]
        kinds = before["resources"]
        chosen = [
            [("eventCategory", "Management")],
            *([("eventCategory", "Data"), ("resources.type", kind)] for kind in kinds),
        ]
        cloudtrail.put_event_selectors(TrailName="main", AdvancedEventSelectors=[
            {"FieldSelectors": [{"Field": name, "Equals": [value]} for name, value in fields]} for fields in chosen
        ])  # fmt: skip
        answer = self.answer(run, "--service", "bedrock")
        assert "RetrieveAndGenerateStream" not in {row["eventName"] for row in answer["not_logged"]}
        assert "InvokeFlow" in {row["eventName"] for row in answer["not_logged"]}

    def test_a_stopped_trail_records_nothing(self, run, cloudtrail):
        """StopLogging leaves trail and selectors as they were: every event is told, and the trail in red."""
        cloudtrail.stop_logging(Name="main")
        assert len(self.answer(run)["not_logged"]) == 362
        assert "main (not logging)" in run("events", "--not-logged").out

    def test_without_any_trail(self, run, cloudtrail):
        """No trail at all is said."""
        cloudtrail.delete_trail(Name="main")
        shown = run("events", "--not-logged", "--severity", "critical").out
        assert "Trails: none" in shown
        assert "186 of 186 watched events" in shown

    def test_nothing_is_left_to_say(self, run, cloudtrail):
        """Where all that is asked about is recorded, it says so and ends well."""
        answer = run("events", "--not-logged", "--management", "--service", "bedrock")
        assert answer.code == 0
        asked = [
            r for r in watchlist() if r["category"] == "Management" and r["eventSource"] == "bedrock.amazonaws.com"
        ]
        assert answer.out.startswith(f"0 of {len(asked)} watched events are not sure to be recorded")

    def test_another_region(self, run, cloudtrail):
        """A trail of one Region records nothing of another; a multi-Region trail does, wherever its home is."""
        assert len(self.answer(run, "--region", "eu-west-1")["not_logged"]) == 86
        cloudtrail.update_trail(Name="main", IsMultiRegionTrail=False)
        answer = self.answer(run, "--region", "eu-west-1")
        recorded = {row["eventSource"] for row in watchlist()} - {row["eventSource"] for row in answer["not_logged"]}
        assert recorded == {"iam.amazonaws.com"}, "IAM writes in us-east-1"

    def test_the_account_must_be_the_one_that_is_meant(self, run, cloudtrail):
        """With credentials of another account nothing is told of the wrong one."""
        assert self.answer(run, "--account", ACCOUNT)["account"] == ACCOUNT
        answer = run("events", "--not-logged", "--account", "111122223333")
        assert answer.code == 2
        assert f"your credentials are of {ACCOUNT}" in answer.err

    def test_without_credentials(self, run, monkeypatch):
        """It needs no deployment, but credentials: without them one line says what to do."""
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        answer = run("events", "--not-logged")
        assert answer.code == 5
        assert "AWS_PROFILE" in answer.err

    def test_local_is_the_embedded_aws_or_nothing(self, run):
        """--local never falls back to the ambient credentials."""
        answer = run("events", "--not-logged", "--local")
        assert answer.code == 4
        assert "responder local" in answer.err

    def test_a_running_embedded_aws_is_found(self, run, cloudtrail, monkeypatch):
        """As other commands do, it asks the embedded AWS that runs, with the credentials that were announced."""
        key = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
        publish(Deployment("the embedded AWS", {}, "us-east-1", credentials=key, pid=os.getpid()))
        monkeypatch.delenv("AWS_DEFAULT_REGION")
        assert self.answer(run, "--local")["region"] == "us-east-1"
