"""What the frame around every screen says, in English."""

APP_NAME = "Lotline"
SIGN_OUT = "Sign out"
PIPELINE = "Pipeline (Dagster)"
