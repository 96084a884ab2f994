"""What the screen of one's own account says, in English."""

NOT_REPEATED = "The new password and its repetition differ. Type both again."
TITLE = "Account"
CHANGE_TITLE = "## Change your password"
CHANGE_SAID = (
    "12 characters or more; a few unrelated words do well. You are signed out everywhere and sign "
    "in with the new one."
)
OLD_PASSWORD = "Password now"
NEW_PASSWORD = "New password"
NEW_AGAIN = "New password again"
CHANGE = "Change password"
LEAVE_TITLE = "## Sign out everywhere"
LEAVE_SAID = "Ends every screen and every program that is signed in as you, this one too."
LEAVE = "Sign out everywhere"
