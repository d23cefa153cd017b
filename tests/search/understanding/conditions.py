"""What was understood, made short for asserts."""

from places.resolver import Area


def said(understood, name):
    values = [condition.value for condition in understood.conditions if condition.name == name]
    return [value.label if isinstance(value, Area) else value for value in values]
