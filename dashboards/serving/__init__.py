"""What brings a plant up and lets people in: supervisor, server, front door.

Only the terminal imports it.
"""
