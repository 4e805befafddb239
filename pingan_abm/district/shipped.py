"""The shipped district, Shangcheng: how many people live there, and the day on which a run begins by default."""

from datetime import date

RESIDENTS = 345_000  # registered residents (paper)
START = date(2014, 1, 1)
