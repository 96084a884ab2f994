"""Statistical process control: control charts, run rules, capability.

Here live the formulas, on plain arrays: what is drawn, which limits it has, which points signal and
why, what a process can keep. Where the readings come from and what follows of a signal never stands
here: readings are asked of an edition, a signal that holds a lot is a command's.
"""
