"""Reading → records: one module a type, `document` calls them all.

Nothing is imported here, so that `import dragoman` stays light.
"""
