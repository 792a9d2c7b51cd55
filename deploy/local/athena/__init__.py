"""Queries as Athena runs them, on the objects in the embedded S3, with DuckDB.

statements.py   the parameters in the SQL, and which tables and partitions it asks for
catalog.py      Glue's tables: columns, formats, and keys by partition projection
objects.py      S3 as the caller of the query: IAM decides about each read and write
running.py      one execution from QUEUED to its end, within its workgroup's limits
results.py      Athena's types, its text for each value, and the CSV of results

What Athena knows and this does not: other statements than SELECT, other tables than those of hunt/tables.py, views,
prepared statements, reuse of results. Types and functions are DuckDB's, where sqlglot translates them.
"""
