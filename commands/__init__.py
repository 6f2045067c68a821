"""The commands of ``piao``, one module for each part of the product."""
