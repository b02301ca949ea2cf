namespace Agents.Reasoning.Tests.Strategies;

public sealed class SettingTextTests
{
    public static TheoryData<string, string> Defaults
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (StrategyDescription about in StrategyCatalogue.Descriptions)
            {
                foreach (StrategySetting setting in StrategyCatalogue.SettingsOf(about.Name).Where(s => StrategyDefaults.Of(about.Name, s) is not null))
                    all.Add(about.Name, setting.Name);
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Defaults))]
    public void Default_SetByName_ChangesNothing(string strategy, string name)
    {
        StrategySetting setting = StrategyCatalogue.SettingsOf(strategy).Single(s => s.Name == name);
        string value = StrategyDefaults.Of(strategy, setting)!;
        StrategySettings set = SettingText.Apply(new(), name, value, [strategy]);
        Assert.Equal(Known(StrategyCatalogue.Create(strategy)), Known(StrategyCatalogue.Create(strategy, set)));

        // Searches name N twice: as it was set, and as it is.
        string Known(IReasoningStrategy created) => created.Fingerprint.Replace($")|{value}|", ")||", StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_AreKnownOfMostSettings() =>
        Assert.True(Defaults.Count > 100, $"{Defaults.Count} defaults");

    [Theory]
    [InlineData("beam-search", "width", "0", "'width' is '0' and must be a whole number, 1 to 100")]
    [InlineData("beam-search", "aggregation", "mean", "one of last, min, product")]
    [InlineData("beam-search", "widht", "3", "Did you mean width?")]
    [InlineData("beam-search", "verifier", "arithmetic", "there is no setting 'verifier'")]
    [InlineData("auto", "confidence", "1", "more than 0.5, less than 1")]
    [InlineData("auto", "schedule", "4,x", "'schedule' is 'x'")]
    [InlineData("cascade", "stages", "solver", "stages such as solver:4,expert:4")]
    [InlineData("debate", "panel", "solver,No!", "a role's name")]
    [InlineData("direct", "width", "3", "It takes none.")]
    public void Wrong_SaysWhatIsRight(string strategy, string name, string value, string said) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => SettingText.Apply(new(), name, value, [strategy])).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_AreReadWithHyphensAndInAnyCase() =>
        Assert.Equal(12, SettingText.Apply(new(), "Max-Steps", "12", ["self-consistency", "beam-search"]).MaxSteps);
}
