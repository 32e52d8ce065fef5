"""The bug clinic: which case, how it trains here and now, and what is told once its bug has been named."""
