"""Loads moto's interpreter of state machines without AWS Batch, of which it takes an enumeration.

It gets an equal one.
"""

from enum import StrEnum

from deploy.local.light_imports import load


class JobStatus(StrEnum):
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


load("moto.stepfunctions.parser.models", without="moto.batch.utils", JobStatus=JobStatus)
