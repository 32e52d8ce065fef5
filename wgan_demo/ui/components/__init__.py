"""What is drawn by our JavaScript, under static/."""
