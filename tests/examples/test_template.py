"""The tests of the example ``template``, as they stand there."""

from examples.own import own_tests

globals().update(own_tests("template"))
