"""What readings are asked of the table, and what is known of each of them."""

#: What a reading is asked of the table, as bits: as it is; by sound; with one letter other; each run within it; with
#: letters in place of its masks; as one written backwards, or upside down; with a letter missing; without vowels; with
#: any number of letters where one sign stands; each start and each end of words with signs between them. And nothing
#: more, but that it is what is left of a word to which another is glued.
AS_IS, SOUNDS, CHANGED, WITHIN, MASKED, BACKWARD, UPSIDE_DOWN, LESS, BARE, SEVERAL, GLUED, REST = (
    1 << bit for bit in range(12)
)
#: Columns of what is known of a reading: the folded points and the words that it reads, what to ask of it, which of its
#: letters may be others (or: where its masks are, and how many).
START, END, WORD, LAST_WORD, ASKS, FIRST, LAST, ABOUT = range(8)
