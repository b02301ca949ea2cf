namespace Agents.Testing.StrategyScan;

/// <summary>One row of rule 3: a name, why, and how to tell it in compiled code.</summary>
/// <param name="Name">The construct as a reader of the rule would call it.</param>
/// <param name="Reason">Why it is forbidden, and what to write instead.</param>
/// <param name="Matches">Whether a use, at a site, is the construct.</param>
public sealed record ForbiddenConstruct(string Name, string Reason, Func<MemberUse, MethodSite, bool> Matches);
