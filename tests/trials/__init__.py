"""A bench of metamorphic trials: reports whose cells are known, changed by operators that say what may change with it."""
