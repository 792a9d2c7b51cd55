from tests.actions.conftest import _one_reading_of_botocore, aws

__all__ = ["_one_reading_of_botocore", "aws"]
