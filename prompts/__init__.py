"""Drafting and answering, with or without a language model, and the grounding check. The only place that knows LangChain."""
