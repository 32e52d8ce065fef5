"""What pages share on which something trains."""
