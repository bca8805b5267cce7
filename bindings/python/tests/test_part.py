# SPDX-License-Identifier: MIT
"""Sampling in parts: what merges, in any order and by way of bytes or pickles, is the result of one call to the last bit."""
import pickle
import random
import unittest

from support import UNCERTAIN

import aicompute


class Parts(unittest.TestCase):
    def setUp(self):
        self.scenario = aicompute.loads(UNCERTAIN)
        self.whole = self.scenario.sample(100000, seed=4)
        self.parts = [self.scenario.sample_part(100000, seed=4, shard=(index, 5), threads=1 + index % 2) for index in range(5)]

    def test_merged_in_any_order_they_are_the_whole(self):
        random.Random(1).shuffle(self.parts)
        merged = aicompute.merge(self.parts)
        self.assertEqual(merged.result().json(), self.whole.json())
        self.assertEqual(merged.result()["cost"].statistics(), self.whole["cost"].statistics())
        self.assertEqual(bytes(aicompute.merge([aicompute.merge(self.parts[:2]), aicompute.merge(self.parts[2:])])), bytes(merged))

    def test_they_travel_as_bytes_and_as_pickles(self):
        travelled = [aicompute.Part(bytes(one)) if number % 2 else pickle.loads(pickle.dumps(one)) for number, one in enumerate(self.parts)]
        self.assertEqual(travelled, self.parts)
        self.assertEqual(aicompute.merge(travelled).result().json(), self.whole.json())

    def test_they_say_how_much_they_hold(self):
        self.assertEqual(sum(len(one) for one in self.parts), self.whole.samples)
        self.assertEqual(self.parts[0].samples[1], self.whole.samples)
        self.assertIn("draws", repr(self.parts[0]))

    def test_what_is_missing_is_an_error_unless_it_is_wanted_so(self):
        some = aicompute.merge(self.parts[:4])
        with self.assertRaises(aicompute.ScenarioError):
            some.result()
        with self.assertWarns(aicompute.ReportWarning):
            self.assertLess(some.result(partial=True).samples, self.whole.samples)

    def test_what_does_not_belong_together_is_refused(self):
        other = self.scenario.sample_part(100000, seed=5, shard=(0, 5))
        content = bytearray(bytes(other))
        content[len(content) // 2] ^= 1
        for kind, call in ((aicompute.ScenarioError, lambda: aicompute.merge([other, self.parts[1]])), (aicompute.ScenarioError, lambda: aicompute.merge([other, other])),
                           (aicompute.Error, lambda: aicompute.Part(content)), (aicompute.Error, lambda: aicompute.Part(b"")), (TypeError, lambda: aicompute.Part("x")),
                           (TypeError, lambda: aicompute.merge([1])), (TypeError, lambda: aicompute.merge(3)), (ValueError, lambda: aicompute.merge([])),
                           (ValueError, lambda: self.scenario.sample_part(shard=(5, 5))), (ValueError, lambda: self.scenario.sample_part(shard=(0, 0))),
                           (TypeError, lambda: self.scenario.sample_part(shard=3))):
            with self.assertRaises(kind):
                call()

    def test_a_closed_part_is_an_exception(self):
        self.parts[0].close()
        for call in (lambda: bytes(self.parts[0]), lambda: self.parts[0].result(), lambda: aicompute.merge(self.parts), lambda: pickle.dumps(self.parts[0])):
            with self.assertRaises(aicompute.ClosedError):
                call()
        self.assertIn("closed", repr(self.parts[0]))


if __name__ == "__main__":
    unittest.main()
