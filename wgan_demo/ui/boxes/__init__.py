"""The lesson of the moving boxes."""
