namespace Agents.Testing.Tests.StrategyScan.Samples;

/// <summary>What the scan must say about a sample: exactly this construct.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReportsAttribute(string construct) : Attribute
{
    public string Construct => construct;
}

/// <summary>The scan must be silent about a sample.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LegalAttribute : Attribute;
