"""What is evaluated, kept and read in each kind of space."""
