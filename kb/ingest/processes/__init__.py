"""Reading in processes of their own, watched: what a file may cost, and what happens when it costs more."""
