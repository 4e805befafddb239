"""Figures of a run: the catalogue of outcomes, how each is computed, daily indicators, cohorts."""
