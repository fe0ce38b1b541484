"""What writes: agreements, facts and figures."""
