"""What stops a deployment on the embedded AWS. Each message begins with the name of the resource or parameter."""


class DeployError(Exception):
    """Base of all that stops a deployment."""


class UnappliedProperty(DeployError):
    """The template asks for something that the deployer would pass over in silence."""


class NotKept(DeployError):
    """A property was sent, and reading it back shows something else: the embedded AWS dropped it."""


class ParameterRefused(DeployError):
    """A parameter is unknown, missing, or not what the template allows."""
