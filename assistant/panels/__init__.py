"""What the assistant shows on the page. Only modules of this folder know Gradio here."""
