namespace Agents.Models.Command.Tests;

public sealed class CommandOptionsTests
{
    [Fact]
    public void Parse_FieldsThatAreMissing_KeepTheirDefaults()
    {
        CommandOptions options = CommandOptions.Parse("""{"command":["python3","-I","{file}"],"time_limit_seconds":2.5}""", "tests.json");
        Assert.Equal(["python3", "-I", "{file}"], options.Command);
        Assert.Equal(2.5, options.TimeLimitSeconds);
        Assert.Equal(("solution.py", 16_384), (options.FileName, options.MaxOutput));
        Assert.Equal([126, 127], options.CannotRunExitCodes);
    }

    [Theory]
    [InlineData("{", "tests.json configures no command")]
    [InlineData("{}", "must name a program")]
    [InlineData("""{"command":["python3"]}""", "{file}")]
    [InlineData("""{"command":["{file}"]}""", "must name a program")]
    [InlineData("""{"command":["a","{file}"],"file_name":"../x"}""", "'../x'")]
    [InlineData("""{"command":["a","{file}"],"time_limit_seconds":0}""", "TimeLimitSeconds")]
    [InlineData("""{"command":["a","{file}"],"max_parallel":0}""", "MaxParallel")]
    [InlineData("""{"command":["a","{file}"],"max_output":-1}""", "MaxOutput")]
    [InlineData("""{"command":["a","{file}"],"cannot_run_exit_codes":[0]}""", "CannotRunExitCodes")]
    [InlineData("""{"command":["a","{file}"],"shell":true}""", "shell")]
    public void Parse_WhatConfiguresNoCommand_IsRefusedByName(string json, string said)
    {
        FormatException refused = Assert.Throws<FormatException>(() => CommandOptions.Parse(json, "tests.json"));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }
}
