"""What many runs say: intervals, sensitivity, regions of failure."""
