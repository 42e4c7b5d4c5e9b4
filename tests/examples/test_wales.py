"""The tests of the example ``wales``, as they stand there."""

from examples.own import own_tests

globals().update(own_tests("wales"))
