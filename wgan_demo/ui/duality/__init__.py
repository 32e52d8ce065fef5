"""The lesson of the critic's side."""
