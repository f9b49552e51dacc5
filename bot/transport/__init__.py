"""How updates get in and answers get out: intake, order per chat, sender, HTTP backend."""
