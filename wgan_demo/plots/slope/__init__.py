"""Pictures of critics that are held against a generator that stands still."""
