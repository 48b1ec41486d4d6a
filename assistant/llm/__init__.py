"""A language model beside the documents: it understands, writes and drafts; what is shown, the checker decides."""
