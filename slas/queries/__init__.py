"""What service levels read, and who may see it."""
