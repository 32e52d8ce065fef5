"""The lesson of the pull that dies away."""
