namespace Agents.Server.Tests.Clients;

/// <summary>A test that needs Node.js; skipped by name where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Skips the test where Node.js is absent.</summary>
    public NodeFactAttribute()
    {
        if (NodeVersion.Installed < 20)
            Skip = "Node.js 20 or newer is not on this machine.";
    }
}
