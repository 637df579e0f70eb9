"""A refresh, address by address: what is asked for, what an answer means, what follows from it."""
