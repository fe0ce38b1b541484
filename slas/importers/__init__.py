"""From files of others to facts: readers that name the row and the field of what they refuse."""
