"""Laws of the task family, the checker, the tokenizer and the statistics: python3 -m unittest discover models/training

Those of learning need PyTorch and onnx and are left out without them.
"""

import json
import random
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import checker
import measure
import prompts
import tokenizer
import traces
from problems import FAMILIES, make, share

try:
    import torch

    import export
    import finetune
    import model
    import reinforce
    import shipped
except ModuleNotFoundError:
    torch = None


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


class Statistics(unittest.TestCase):
    def test_a_difference_is_paired_by_question(self):
        teacher, student = {"a": 0.25, "b": 0.5, "c": 1.0}, {"c": 1.0, "b": 0.75, "a": 0.5}
        m, low, high = measure.difference(student, teacher)
        self.assertAlmostEqual(m, 0.5 / 3)
        # Differences 1/4, 1/4, 0: deviation 0.1443, error 0.0833.
        self.assertAlmostEqual(high - m, 1.96 * 0.083333, places=5)
        self.assertAlmostEqual(m - low, high - m)

    def test_students_of_other_questions_are_refused(self):
        with self.assertRaises(ValueError):
            measure.difference({"a": 1.0}, {"a": 1.0, "b": 0.0})

    def test_three_seeds_have_the_interval_of_two_degrees_of_freedom(self):
        m, low, high = measure.interval([1.0, 2.0, 3.0], measure.T95[2])
        self.assertEqual(m, 2.0)
        self.assertAlmostEqual(high - low, 2 * 4.303 / 3**0.5)

    def test_shares_are_read_from_recorded_samples(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "samples.jsonl"
            file.write_text('{"id":"q","samples":[{"correct":true},{"correct":false},{"text":"no answer"},{"correct":true}]}\n')
            self.assertEqual(measure.shares(file), {"q": 0.5})


@unittest.skipIf(torch is None, "PyTorch or onnx is not installed")
class Learning(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.tok = tokenizer.load(Path(__file__).parents[1] / "embedded")
        self.net = model.Decoder(model.Config(vocab=self.tok.size, d=32, layers=1, heads=2, kv_heads=1, head_dim=16, ff=32))

    def test_a_written_folder_comes_back_as_what_its_graph_computes_with(self):
        with tempfile.TemporaryDirectory() as folder:
            export.write(self.net, self.tok, Path(folder), "int8")
            again, tok = shipped.load(Path(folder))
        self.assertEqual(tok.size, self.tok.size)
        for name, value in self.net.state_dict().items():
            step = value.abs().max() / 127
            self.assertLessEqual(float((again.state_dict()[name] - value).abs().max()), float(step), name)

    def test_the_objective_stops_at_the_bounds_on_the_side_of_the_gain_only(self):
        old = torch.zeros(4)
        new = torch.log(torch.tensor([1.5, 0.5, 1.5, 0.5]))
        gained = reinforce.objective(new, old, torch.tensor([1.0, 1.0, -1.0, -1.0]))
        for value, wanted in zip(gained.tolist(), (1.28, 0.5, -1.5, -0.8), strict=True):
            self.assertAlmostEqual(value, wanted, places=5)

    def test_the_divergence_is_zero_where_nothing_moved_and_positive_elsewhere(self):
        gone = reinforce.divergence(torch.tensor([-1.0, -0.5, -2.0]), torch.tensor([-1.0, -1.0, -1.0]))
        for value, wanted in zip(gone.tolist(), (0.0, 0.60653066 - 0.5, 2.71828183 - 2.0), strict=True):
            self.assertAlmostEqual(value, wanted, places=5)

    def test_an_update_makes_rewarded_completions_likelier_and_the_others_less_likely(self):
        good, bad = "<think><step>1+2=3</step></think><answer>3</answer>", "<think><step>1+2=4</step></think><answer>4</answer>"
        rows = [("1 + 2", good, 1.0), ("1 + 2", bad, -1.0), ("2 + 2", good, 0.0)]
        made = reinforce.prepared(self.net, self.net, self.tok, rows, 1, 6144, 0.9)
        self.assertEqual(sum(len(ids) for ids, *_ in made), 2)
        reinforce.update(self.net, reinforce.optim.AdamW(self.net.parameters(), 1e-3, decay=0.0), made, 1.0, 1, 0.04)
        for ids, targets, taken, advantages, old, _ in made:
            with torch.no_grad():
                moved = (reinforce.log_probabilities(self.net, ids, targets, taken) - old) * advantages
            self.assertGreater(float(moved.sum()), 0)

    def test_a_conversation_that_is_no_question_and_answer_is_refused_with_its_line(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "data.jsonl"
            file.write_text('{"messages":[{"role":"user","content":"1 + 2"},{"role":"assistant","content":"3"}]}\n{"messages":[{"role":"user","content":"1 + 2"}]}\n')
            with self.assertRaisesRegex(SystemExit, "line 2"):
                finetune.rows(file, self.tok, 512, "Reasoning/ZeroShotCot")


if __name__ == "__main__":
    unittest.main()
