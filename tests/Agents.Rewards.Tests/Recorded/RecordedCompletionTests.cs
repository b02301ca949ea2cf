using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Agents.Rewards.Tests.Recorded;

/// <summary>Rewards of recorded completions of real models against a reference that shares no code with them.</summary>
public sealed partial class RecordedCompletionTests(ITestOutputHelper output)
{
    private const string File = "samples_svamp_fcot_multi.jsonl.gz";

    [Fact]
    public async Task Score_TenThousandRecordedCompletions_EqualsTheReference()
    {
        int compared = 0, right = 0;
        foreach ((string gold, string text, string? answer, bool correct) in Samples().Take(10_000))
        {
            // The recorded text as thinking; every third misses a tag, so that the format differs too.
            string completion = (compared % 3) switch
            {
                0 => $"<think>{text}</think><answer>{answer}</answer>",
                1 => $"<think>{text}</think>\n<answer>{answer}</answer> That is all.",
                _ => $"{text}\n<answer>{answer}</answer>",
            };
            var item = new RewardItem(completion) { Gold = gold, Tokens = text.Length };
            double? accuracy = (await new AccuracyReward().ScoreAsync(item)).Value;
            double? format = (await new FormatReward().ScoreAsync(item)).Value;
            double? overlong = (await new OverlongReward(400, 200).ScoreAsync(item)).Value;
            Assert.True(accuracy == (correct ? 1 : 0), $"{accuracy} for {answer} against {gold}, recorded as {correct}");
            Assert.Equal(Template().IsMatch(completion) && !string.IsNullOrEmpty(answer) ? 1 : 0, format);
            Assert.Equal(text.Length <= 200 ? 0 : text.Length >= 400 ? -1 : -(text.Length - 200) / 200.0, overlong!.Value, 12);
            compared++;
            right += correct ? 1 : 0;
        }

        output.WriteLine($"{compared} compared, {right} right");
        Assert.True(compared is 0 or 10_000);
    }

    [Fact]
    public void Faults_RecordedCompletionsOfHonestModels_NeverAddressAJudge()
    {
        string[] accused = [.. Samples().Select(s => s.Text).Where(t => (new RewardItem(t).Faults & CompletionFaults.AddressesJudge) != 0)];
        Assert.Empty(accused);
    }

    [GeneratedRegex(@"^\s*<think>(?:(?!</?think>|</?answer>)[\s\S])*\w(?:(?!</?think>|</?answer>)[\s\S])*</think>\s*<answer>(?:(?!</?answer>)[\s\S])*\S(?:(?!</?answer>)[\s\S])*</answer>\s*$")]
    private static partial Regex Template();

    private IEnumerable<(string Gold, string Text, string? Answer, bool Correct)> Samples()
    {
        string? path = Find();
        if (path is null)
        {
            output.WriteLine($"shared/data/{File} is absent: nothing compared.");
            yield break;
        }

        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            string gold = document.RootElement.GetProperty("gold").GetString()!;
            foreach (JsonElement sample in document.RootElement.GetProperty("samples").EnumerateArray())
            {
                string? answer = sample.GetProperty("answer").ValueKind == JsonValueKind.String ? sample.GetProperty("answer").GetString() : null;
                // What is recorded as no number ("[error]", "invalid") has no reference.
                if (string.IsNullOrWhiteSpace(answer) || double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                    yield return (gold, sample.GetProperty("text").GetString()!, answer, sample.GetProperty("correct").GetBoolean());
            }
        }
    }

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", File);
            if (System.IO.File.Exists(path))
                return path;
        }

        return null;
    }
}
