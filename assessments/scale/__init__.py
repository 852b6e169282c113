"""A made-up organisation of any size, written set by set, to measure on."""
