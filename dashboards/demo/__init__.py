"""The demo plant: a made-up maker of kebab rods, with incidents worth finding."""
