namespace Agents.Search.Work;

/// <summary>
/// Names a work item by its place in the tree, never by when it was asked: the same item has the same id in every order of
/// completion and after every restart. <c>expand:/step#0/step#2</c> asks for the third step after the first first step.
/// </summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Path">Expand: the path that the new node will have. Rollout and score: the path of the node.</param>
public readonly record struct WorkItemId(WorkKind Kind, string Path) : IComparable<WorkItemId>
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is no id; the message shows it.</exception>
    public static WorkItemId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        WorkKind? kind = colon < 0 ? null : text[..colon] switch
        {
            "expand" => WorkKind.Expand,
            "rollout" => WorkKind.Rollout,
            "score" => WorkKind.Score,
            _ => null,
        };
        string path = text[(colon + 1)..];
        if (kind is null || (path.Length > 0 && path[0] != '/')) throw new FormatException($"'{text}' is no id of a work item: expected expand:, rollout: or score: and a path such as /step#0.");
        return new WorkItemId(kind.Value, path);
    }

    /// <summary>By path in ordinal order, then by kind.</summary>
    public int CompareTo(WorkItemId other) =>
        string.CompareOrdinal(Path, other.Path) is var order and not 0 ? order : Kind.CompareTo(other.Kind);

    /// <summary>The kind in lower case, a colon and the path.</summary>
    public override string ToString() => Kind switch
    {
        WorkKind.Expand => "expand:" + Path,
        WorkKind.Rollout => "rollout:" + Path,
        _ => "score:" + Path,
    };

    /// <summary>Whether the left id comes first.</summary>
    public static bool operator <(WorkItemId left, WorkItemId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left id comes first or both are the same.</summary>
    public static bool operator <=(WorkItemId left, WorkItemId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the right id comes first.</summary>
    public static bool operator >(WorkItemId left, WorkItemId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the right id comes first or both are the same.</summary>
    public static bool operator >=(WorkItemId left, WorkItemId right) => left.CompareTo(right) >= 0;
}
