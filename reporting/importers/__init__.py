"""Files that come back to us, read and checked."""
