namespace Agents.Playground.Tests.Browsing;

/// <summary>A test that needs a browser; skipped by name where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    internal const string Why = "Chromium is not on this machine: install it, or name it in CHROMIUM_PATH.";

    /// <summary>Skips the test where no browser is found.</summary>
    public BrowserFactAttribute() => Skip = Chromium.Path is null ? Why : null;
}

/// <summary>The same for a test with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the test where no browser is found.</summary>
    public BrowserTheoryAttribute() => Skip = Chromium.Path is null ? BrowserFactAttribute.Why : null;
}
