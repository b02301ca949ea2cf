using Agents.Search.Work;

namespace Agents.Search.Tests.Work;

public sealed class WorkItemIdTests
{
    [Theory]
    [InlineData("expand:/step#0/sub-question#12.3")]
    [InlineData("score:/openai:gpt#1")]
    [InlineData("rollout:")]
    public void Parse_WhatToStringWrites_ComesBack(string text) => Assert.Equal(text, WorkItemId.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("/step#0")]
    [InlineData("grow:/step#0")]
    [InlineData("expand:step#0")]
    public void Parse_NoId_ShowsTheText(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => WorkItemId.Parse(text)).Message, StringComparison.Ordinal);
}
