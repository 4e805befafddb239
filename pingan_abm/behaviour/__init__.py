"""Compiled loops that repeat rules over a slice of a register: plain loops, no strategy of their own."""
