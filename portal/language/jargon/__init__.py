"""Technical wording in a text for readers outside IT: found, explained, and said plainly."""
