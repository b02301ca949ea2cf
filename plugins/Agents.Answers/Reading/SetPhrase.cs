using System.Buffers;
using Agents.Answers.Expressions;

namespace Agents.Answers.Reading;

/// <summary>Reads phrases that name a set or a lack of value: "no real solutions", "empty set", "all real numbers", "does not exist".</summary>
internal static class SetPhrase
{
    private const int MaxLength = 60;

    /// <summary>One of these occurs in every such phrase.</summary>
    private static readonly SearchValues<string> Marks = SearchValues.Create(["no", "real", "empty", "null", "exist", "dne", "无", "空", "没", "不", "实"], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Qualifiers = ["real", "such", "valid", "possible", "integer", "positive", "any", "x"];
    private static readonly string[] Things = ["solution", "solutions", "root", "roots", "value", "values", "number", "numbers", "integer", "integers", "answer"];

    public static Node? Read(string text)
    {
        if (text.Length is < 2 or > MaxLength || !text.AsSpan().ContainsAny(Marks)) return null;
        string key = TextKey.Fold(text);
        if (key is "empty set" or "null set" or "empty" or "none" or "无解" or "空集" or "没有解" or "无实数解") return new SymbolNode("∅");
        if (key is "does not exist" or "dne" or "doesn't exist" or "不存在") return new WordsNode("does not exist");
        if (key is "全体实数" or "所有实数" or "实数集" or "任意实数") return new SymbolNode("R");
        string[] words = key.Split(' ');
        int start = words is ["there", "is" or "are", ..] ? 2 : words is ["equation" or "system", "has", ..] ? 2 : 0;
        ReadOnlySpan<string> rest = words.AsSpan(start);
        if (rest is ["no", ..] && IsNothing(rest[1..])) return new SymbolNode("∅");
        return IsLine(rest) ? new SymbolNode("R") : null;
    }

    private static bool IsNothing(ReadOnlySpan<string> words)
    {
        while (words.Length > 1 && Array.IndexOf(Qualifiers, words[0]) >= 0) words = words[1..];
        return words.Length > 0 && Array.IndexOf(Things, words[0]) >= 0 && words[1..] is [] or ["exist" or "exists"];
    }

    /// <summary>"all real numbers", "any real number", "set of real numbers", "all real values of x".</summary>
    private static bool IsLine(ReadOnlySpan<string> words)
    {
        if (words is ["set", "of", ..]) words = words[2..];
        if (words is ["all" or "any" or "every" or "each", ..]) words = words[1..];
        else if (words is not ["real", "numbers"]) return false;
        return words is ["reals"] or ["real", "number" or "numbers" or "values" or "value" or "x"] or ["real", "number" or "numbers" or "values" or "value", "x"] or ["real", "values" or "numbers", "of", [_]];
    }
}
