"""Claims and Counts: an executable report computed from a dataset of sourced claims."""
