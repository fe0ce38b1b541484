"""The demo's tenants; installed only in demo mode, so that its people exist nowhere else."""
