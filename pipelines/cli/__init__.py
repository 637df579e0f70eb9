"""The command `gongkai`: one module a command, with the options and the screen that they share."""
