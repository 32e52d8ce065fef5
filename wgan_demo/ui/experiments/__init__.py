"""Studies on a page: what is known of them, and doing one again here."""
