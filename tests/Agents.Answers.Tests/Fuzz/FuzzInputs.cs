using System.Text;

namespace Agents.Answers.Tests.Fuzz;

/// <summary>Random and mutated answer texts from a seed: random Unicode, random pieces of answers, real answers with cuts, swaps, repeats and insertions.</summary>
public sealed class FuzzInputs(int seed)
{
    private readonly Random _random = new(seed);

    private static readonly string[] Seeds =
    [
        "42", "-5", "1,234.5", "3.14", "\\frac{1}{2}", "\\dfrac12", "1\\frac{1}{2}", "\\sqrt{2}", "\\sqrt[3]{x^2+1}", "x^2+2x+1", "(x+1)^2", "\\{1,2,3\\}", "[0,1)\\cup(2,\\infty)",
        "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "x=3", "x \\le 5", "-2<x\\leq 7", "x\\in\\mathbb{R}\\setminus\\{0\\}", "1\\pm\\sqrt{5}", "50\\%", "$1,000.99", "5\\text{ cm}^2", "90^\\circ", "12/13/2001",
        "December 13, 2001", "5:30 pm", "Yes.", "(B)", "The answer is \\boxed{42}.", "#### 18", "<think>hm 7</think> The final answer is $\\frac{3}{4}$.", "{\"answer\": 12}", "答案是 42。", "2.5 \\times 10^{-3}",
        "\\sin(90^\\circ - x)", "\\log_2 8", "\\binom{10}{3}", "\\sum_{k=0}^{n} k^2", "a^{b^c}", "|x-1|", "\\lfloor 2.7\\rfloor", "4210_7", "5!", "(1,2),(3,4)", "1e10", "10^{100}", "f(x)=2x+3", "e^{i\\pi}+1",
        "\\begin{cases}x+y=1\\\\x-y=2\\end{cases}", "\\left(\\frac{1}{5},\\frac{1}{6}\\right)", "７／８", "x² + √2", "½", "1 000 000", "\\boxed{1} and \\boxed{2}", "So the answer is A because", "2^{10}\\cdot 3^{5}",
        "twenty-one and a half hours", "two thirds", "negative 5", "2 hours and 15 minutes", "{n \\choose 2}", "{1 \\over 2}", "_5C_2", "C(5, 2)", "3A_{16}", "0.333…", "\\{1, 2, \\ldots, 50\\}", "x>0 and x<1", "(0,4)\\setminus\\{1,2\\}",
        "3 (mod 7)", "9.8 \\frac{\\text{m}}{\\text{s}^2}", "$3k", "USD 45", "no real solutions", "all real numbers", "三百零五", "July 4", "3 out of 5", "2:3:5", "f^{-1}(x) = x", "The roots are 2 and 5.",
    ];

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", "\\{", "\\}", "|", "$", "$$", "\\(", "\\)", "^", "_", "+", "-", "*", "/", "=", "<", ">", "\\le", ",", ";", ":", ".", "!", "%", "\\%", "°", "'", "\"", "&", "\\\\", "\\", "\n", " ",
        "\\frac", "\\sqrt", "\\pi", "\\infty", "\\text{", "\\boxed{", "\\begin{pmatrix}", "\\end{pmatrix}", "\\cup", "\\pm", "\\sum_", "\\int", "\\log", "\\sin", "\\binom", "\\left", "\\right", "\\overline{", "\\circ",
        "0", "1", "2", "9", "10", "007", "99999999999999999999", "0.1", "1e9", "1e999", "^{10}", "^{99}", "^^", "x", "y", "n", "i", "e", "π", "∞", "½", "²", "−", "，", "。", "答案", "the answer is", "answer:", "<think>", "</think>", "<answer>", "</answer>",
        "####", "yes", "A", "B", "and", "or", "cm", "twelve", "million", "point", "half", "minus", "\\text{}", "…", " to ", " out of ", "mod", "二", "Rs", "12:30", "1/2/2003", "\uD800", "\uDC00", "\0", "\u200B", "\u0301", "😀", "ﬁ", "٣", "Ⅷ",
    ];

    /// <summary>The next input, usually short, up to some thousands of characters.</summary>
    public string Next() => _random.Next(10) switch
    {
        0 => RandomCharacters(),
        1 or 2 or 3 => RandomPieces(),
        4 => Seeds[_random.Next(Seeds.Length)],
        _ => Mutate(),
    };

    private int Length() => _random.Next(20) == 0 ? _random.Next(2000) : _random.Next(24);

    private string RandomCharacters()
    {
        int length = Length();
        bool ascii = _random.Next(2) == 0;
        return string.Create(length, (_random, ascii), static (span, state) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = (char)(state.ascii ? state._random.Next(1, 128) : state._random.Next(0x10000));
        });
    }

    private string RandomPieces()
    {
        var text = new StringBuilder();
        for (int i = Length(); i > 0; i--) text.Append(_random.Next(6) == 0 ? Seeds[_random.Next(Seeds.Length)] : Pieces[_random.Next(Pieces.Length)]);
        return text.ToString();
    }

    private string Mutate()
    {
        string text = Seeds[_random.Next(Seeds.Length)];
        for (int i = _random.Next(1, 5); i > 0; i--)
        {
            int at = _random.Next(text.Length + 1);
            int count = _random.Next(text.Length - at + 1);
            text = _random.Next(6) switch
            {
                0 => text.Remove(at, count),
                1 => text.Insert(at, Pieces[_random.Next(Pieces.Length)]),
                2 => text.Insert(at, text.Substring(at, count)),
                3 => text + " " + Seeds[_random.Next(Seeds.Length)],
                4 => text.Insert(at, string.Concat(Enumerable.Repeat(Pieces[_random.Next(Pieces.Length)], _random.Next(1, _random.Next(40) == 0 ? 400 : 6)))),
                _ => text[at..] + text[..at],
            };
            if (text.Length > 6000) text = text[..6000];
        }

        return text;
    }
}
