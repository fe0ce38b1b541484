"""What the demo prints for its visitors."""

PASSWORD = "parley-demo-2026"  # noqa: S105  the demo's people exist only in demo mode, and their password is printed
