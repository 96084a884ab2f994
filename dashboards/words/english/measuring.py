"""What the form of a decision says about what is to be measured, in English."""

CCP_NEEDS = "Critical control point: enter the measured {values}."
CCP_ALONE = "Critical control point: nothing is measured here, its checklist decides."
CCP_CHOOSE = "Critical control point: choose a lot, and what is to be measured is asked."
NEEDED = "a PASS needs it"
NEEDED_AT_CCP = "needed: critical control point"
LATEST_HERE = "Latest result here: {result}, {moment}."
MEASURE_AGAIN = " It is outside: a PASS needs another."
