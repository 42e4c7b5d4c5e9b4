"""Makes the JSON Schemas of ``schema_files.py`` that follow from models and vocabulary: ``python -m
transparency_check.json_schemas``.
"""
