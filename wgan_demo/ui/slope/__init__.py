"""The lesson of what holds the critic's slope."""
