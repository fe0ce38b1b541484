"""The HTTP API of service levels: measures and facts in, figures out."""
