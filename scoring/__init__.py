"""Deterministic core: achievement, roll-ups, profiles, rules, findings. Pure: knows only ``cards``."""
