"""What forestry offices write about: units, names, formulations, rules, and an extractor of quotations."""
