"""The lesson on evidence: what was published, and what this program measures."""
