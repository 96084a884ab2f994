"""What people may do to the record: one verb a function, in a transaction the caller opened.

A command guards first, writes last, and refuses with a typed refusal. It never commits, draws,
or knows which face called it. Each verb that touches genealogy or decisions takes the record's
write lock before it looks, so that two people at once can't both be right.
"""
