"""One iteration in slow motion, as it is drawn."""
