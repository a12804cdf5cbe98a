"""Settings of the site. Check the hand-written pages with: sphinx-build -nW -c . site build/site-check"""

project = "MUS policy documents"
html_title = project
language = "en"
extensions = ["myst_parser", "kb.publish.extension"]
html_theme = "furo"
kb_store = "build/kb.sqlite"
