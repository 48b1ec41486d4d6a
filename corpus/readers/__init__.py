"""One module per family of formats; each turns bytes into a Draft. `corpus.reading` chooses among them."""
