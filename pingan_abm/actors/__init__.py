"""Actors that are few and decide for themselves: groups, organisations, leadership, appraisal; and the base that all
actors share."""
