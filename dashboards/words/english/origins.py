"""What is said of a lot that its origin stops, that waits, or that has expired, in English."""

ASSESS_REASON = "Why it may be used and shipped, 10 characters or more"

STOPPED_SAID = (
    "Stopped by its origin: neither to be used nor shipped. It was made from what is listed here."
)
EXPIRED_SAID = "Expired: its last day was {day}. It may be neither used nor shipped."
WAITS_SAID = "Waits for {gates}."
