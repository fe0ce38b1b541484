"""Service levels in the browser."""
