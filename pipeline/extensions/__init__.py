"""What users add without touching gongbao: units, names, lists, rules and extractors of their own.

An extension is a TOML file, or a package that is installed beside gongbao. Its contents are part of the recipe of every
result, and travel with it to the processes that work; while they are *in use*, every table of gongbao holds their
entries too, checked by the table's own rules.
"""
