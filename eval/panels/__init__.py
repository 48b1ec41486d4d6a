"""What evaluations show on the page. Only modules of this folder know Gradio here."""
