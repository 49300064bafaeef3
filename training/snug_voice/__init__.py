"""Trains the small Vietnamese voice that ships with Snug; see training/README.md."""
