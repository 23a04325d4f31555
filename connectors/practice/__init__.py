"""The engine of the practice import: read, fold, remember, write.

`reading` and `names` turn a file into columns, `fold` and `merge` are pure, `memory` packs what must be remembered,
`tables` and `writing` speak with the database, `load` puts them in order.
"""
