"""The SQLite store: the only SQL. One file per domain, one writer thread."""
