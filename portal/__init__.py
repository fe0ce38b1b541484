"""The ground: wiring, and what every noun stands on."""
