"""What the store shows of itself on the page. Only modules of this folder know Gradio here."""
