"""One iteration in slow motion, as figures."""
