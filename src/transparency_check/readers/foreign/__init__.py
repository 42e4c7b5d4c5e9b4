"""Readers of what others keep: logs of process mining, databases, calendars, notices of procurement.

Their rows have flat cells, named as in the foreign format. What those mean in the vocabulary of the law is
said by a mapping file, which stands between reader and records.
"""
