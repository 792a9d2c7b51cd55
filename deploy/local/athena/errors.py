"""What ends a query before its answer."""


class QueryFault(Exception):
    """The query is FAILED; the message is its StateChangeReason, in Athena's words."""


class QueryCancelled(QueryFault):
    """The query is CANCELLED: by a caller, or by its workgroup's limit."""
