"""The plant's process as data: its parts, how two processes differ, how a version is written.

A process is read whole (`reading`), held against another (`differences`), judged (`guards`) and
written as one version (`applying`). Screens, the terminal and files hand over a whole process; none
writes a part by itself.
"""

from dashboards.commands.process.parts import KINDS, Kind, Part, Process

__all__ = ["KINDS", "Kind", "Part", "Process"]
