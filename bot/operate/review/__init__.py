"""Reviewing the score log in a browser: a pseudonymised snapshot of it, served by Datasette.

`tables*` says what the snapshot holds, `rows`, `sums` and `figures` fill it, `snapshot` builds it;
`queries` and `charts` are the questions asked of it; `site`, `guard` and `serve` show it. Nothing
here writes to the store, and only `site` and `serve` import Datasette, when they are called.
"""
