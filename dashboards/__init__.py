"""Everything a person or a client touches: screens, API, terminal, imports, and the commands.

Faces call commands, commands call `sql`; nobody here knows the pipeline.
"""
