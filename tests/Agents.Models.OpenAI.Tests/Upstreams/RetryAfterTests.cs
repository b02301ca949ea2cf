namespace Agents.Models.OpenAI.Tests;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("Retry-After", "0.5", 0.5)]
    [InlineData("Retry-After", "0", 0.0)]
    [InlineData("Retry-After", "-3", 0.0)]
    [InlineData("Retry-After", "86400", 120.0)]
    [InlineData("retry-after-ms", "250", 0.25)]
    [InlineData("Retry-After", "Fri, 01 May 2026 12:00:30 GMT", 30.0)]
    [InlineData("Retry-After", "Fri, 01 May 2026 11:00:00 GMT", 0.0)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "NaN", null)]
    [InlineData("X-Other", "7", null)]
    public void Read_AnyForm_IsSecondsUpToTheCap(string header, string value, double? seconds) =>
        Assert.Equal(seconds, RetryAfter.Read(name => name == header ? value : null, Now, TimeSpan.FromSeconds(120))?.TotalSeconds);
}
