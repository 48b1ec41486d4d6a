"""What the page needs and no layer has: frame and languages, who may come in, routes, styles and scripts."""
