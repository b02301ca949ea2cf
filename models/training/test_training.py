"""Laws of the task family, the checker and the tokenizer. No PyTorch needed: python3 -m unittest discover models/training"""

import json
import random
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import checker
import prompts
import tokenizer
import traces
from problems import FAMILIES, make, share


def drawn(seed, count):
    rng = random.Random(seed)
    for _ in range(count):
        p = traces.draw(rng)
        yield rng, p, p.solve(rng)


class Problems(unittest.TestCase):
    def test_every_written_equality_is_exact_and_the_last_step_gives_the_answer(self):
        for _, p, steps in drawn(1, 800):
            for step in steps:
                for left, right in checker.EQUALITY.findall(step):
                    self.assertEqual(checker.value(left), checker.value(right), step)
            self.assertEqual(checker.value(checker.EQUALITY.findall(steps[-1])[-1][1]), p.answer, (p.question, steps))

    def test_a_number_of_operations_is_the_level(self):
        rng = random.Random(2)
        for family in ("expr", "word"):
            for level in range(2, 9):
                self.assertEqual(len(make(rng, family, level).solve(rng)), level)

    def test_wording_and_order_of_operands_do_not_move_a_problem_out_of_the_held_out_set(self):
        from problems import apply, num

        a = apply("+", apply("*", num(3), num(4)), num(5))
        b = apply("+", num(5), apply("*", num(4), num(3)))
        self.assertEqual(a.canonical(), b.canonical())
        self.assertEqual(share(a.canonical()), share(b.canonical()))

    def test_what_is_trained_on_is_never_held_out(self):
        for _, p, _ in drawn(3, 500):
            self.assertFalse(p.is_held_out() or p.is_new_template())

    def test_held_out_problems_exist_in_every_family(self):
        rng = random.Random(4)
        for family in FAMILIES:
            self.assertTrue(any(make(rng, family, 4).is_held_out() for _ in range(1000)))


class Checker(unittest.TestCase):
    def test_right_solutions_have_no_wrong_step(self):
        for _, p, steps in drawn(5, 600):
            known = checker.expected(p)
            for step in steps:
                self.assertTrue(checker.holds(p, step, known), (p.question, step))

    def test_a_slip_is_found_where_it_was_made(self):
        seen = 0
        for rng, p, steps in drawn(6, 600):
            wrong, answer, at = traces.corrupted(rng, steps, p.answer)
            if answer != p.answer:
                seen += 1
                self.assertEqual(checker.first_wrong(p, wrong, answer), at, (p.question, wrong))
        self.assertGreater(seen, 400)

    def test_another_order_of_a_sum_is_right(self):
        rng = random.Random(7)
        while True:
            p = make(rng, "word", 5)
            if sum("+" in s for s in p.solve(rng)) == 4:
                break
        terms = checker.flat(p.root, "+")
        self.assertGreater(len(terms), 1)
        self.assertTrue(checker.holds(p, f"{terms[-1]}+{terms[0]}={terms[-1] + terms[0]}", checker.expected(p)))

    def test_text_that_is_no_expression_has_no_value(self):
        for text in ("__import__", "1+", "2**99999999", "(1", "1/0", "9" * 300):
            self.assertIsNone(checker.value(text), text)


class Tokens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tok = tokenizer.build(samples=4000)

    def test_text_comes_back(self):
        rng = random.Random(8)
        for _ in range(400):
            for _, text in traces.sample(rng):
                self.assertEqual(self.tok.decode(self.tok.encode(text)), text)
        for text in ("", " ", "a\u0300 ß 漢字 \U0001f600\n\t x", "<step", "</step></step>"):
            self.assertEqual(self.tok.decode(self.tok.encode(text)), text)

    def test_control_tokens_in_text_are_spelt_out(self):
        self.assertFalse(set(self.tok.encode("<|end|><|system|>")) & set(self.tok.control.values()))

    def test_every_sentence_of_the_shipped_prompts_is_one_token(self):
        for sentence in prompts.sentences():
            self.assertEqual(len(self.tok.encode(sentence)), 1, sentence)

    def test_the_file_gives_the_same_tokenizer_and_names_every_id_once(self):
        with tempfile.TemporaryDirectory() as folder:
            self.tok.save(Path(folder))
            again = tokenizer.load(Path(folder))
            vocabulary = json.loads((Path(folder) / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        self.assertEqual(sorted(vocabulary.values()), list(range(self.tok.size)))
        self.assertEqual((again.words, again.added, again.size), (self.tok.words, self.tok.added, self.tok.size))


class Conversations(unittest.TestCase):
    def test_judgements_say_what_the_checker_says(self):
        rng = random.Random(9)
        for _ in range(200):
            p = traces.draw(rng)
            turns = traces.conversation(rng, "judge-answer", p)
            candidate = turns[1][1].split("<candidate-")[1].split("\n")[1]
            self.assertTrue(turns[-1][1].endswith("yes" if candidate == str(p.answer) else "no"))


if __name__ == "__main__":
    unittest.main()
