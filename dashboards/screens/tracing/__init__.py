"""What the trace screen says must be done, and does: whom to call, and holding what is here."""
