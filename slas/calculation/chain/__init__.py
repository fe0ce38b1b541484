"""What stands under a promise, and whether that is enough: in time along a path, in availability by structure."""
