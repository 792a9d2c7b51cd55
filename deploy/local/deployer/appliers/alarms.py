"""CloudWatch alarms. CloudFormation and the API name everything alike."""

from __future__ import annotations

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect_all

DESCRIBED = (
    "AlarmName",
    "AlarmDescription",
    "AlarmActions",
    "ComparisonOperator",
    "EvaluationPeriods",
    "TreatMissingData",
)
MEASURED = ("Namespace", "MetricName", "Dimensions", "Statistic", "Period", "Threshold", "Metrics")


def alarm(place: Place, properties: Properties) -> Applied:
    wanted = properties.taken(*DESCRIBED, *MEASURED)
    cloudwatch = place.client("cloudwatch")
    cloudwatch.put_metric_alarm(**wanted)
    (found,) = cloudwatch.describe_alarms(AlarmNames=[wanted["AlarmName"]])["MetricAlarms"]
    expect_all(properties.owner, {name: wanted[name] for name in wanted if name != "Metrics"}, found)
    return Applied(wanted["AlarmName"], {"Arn": found["AlarmArn"]})
