"""Alerts, digest and what quiets them."""
