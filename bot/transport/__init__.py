"""How updates get in (poller, webhook) and answers out (sender), in order; the HTTP backend."""
