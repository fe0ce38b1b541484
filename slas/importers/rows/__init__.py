"""From text or JSON to rows: one schema for each kind of facts, and errors that say where, what and what to do."""
