"""What people fill in around reviews."""
