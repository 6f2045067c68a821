"""Streamlit pages in Italian, thin: each calls the same functions as the ``piao`` command."""
