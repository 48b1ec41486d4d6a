"""Sets of questions whose answers are computed from data, not written down: one module for each kind of data."""
