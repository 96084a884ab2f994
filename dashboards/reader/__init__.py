"""Who reads: what every word of ours must know of them before it is written."""
