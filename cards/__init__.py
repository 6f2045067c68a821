"""The domain: cards, indicators, phases, targets, Italian numbers and dates. Pure: no clock, disk, network or model."""
