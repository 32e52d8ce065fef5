"""Figures: each *_figure() takes results and returns a plotly go.Figure, and knows no page."""
