"""The studies that ship with the program, a module each."""
