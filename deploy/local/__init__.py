"""The embedded AWS: the product's own template, deployed on this machine. A stand-in, in memory, on loopback only."""

# The operator's bootstrap access key (its secret is the same word). IAM is not evaluated for it.
OPERATOR_KEY = "operator"
