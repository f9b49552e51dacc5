"""The composition root: `Settings` → a running bot. Nothing else builds objects."""
