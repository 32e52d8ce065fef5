"""What the articles get wrong: which claim, and what decides it."""
