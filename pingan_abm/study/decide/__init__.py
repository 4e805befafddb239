"""Which course to take: comparisons, levers that reach a goal, beliefs of several people."""
