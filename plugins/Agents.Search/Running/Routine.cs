namespace Agents.Search.Running;

/// <summary>A running iterator: its place among its siblings, and what it waits for. Unfinished siblings are linked, so that open items are found without passing finished ones.</summary>
internal sealed class Routine(IEnumerable<Pause> body, Routine? parent)
{
    private Routine? _previous, _next, _firstChild, _lastChild;

    public IEnumerator<Pause> Body { get; } = body.GetEnumerator();

    public Routine? Parent { get; } = parent;

    public Question? Waiting { get; set; }

    public bool HasChildren => _firstChild is not null;

    public IEnumerable<Routine> Children
    {
        get
        {
            for (Routine? child = _firstChild; child is not null; child = child._next) yield return child;
        }
    }

    /// <summary>True while the branches of a fork are being started: a branch that ends at once must not wake its parent yet.</summary>
    public bool Starting { get; set; }

    public bool IsDone { get; set; }

    public void Add(Routine child)
    {
        child._previous = _lastChild;
        if (_lastChild is null) _firstChild = child;
        else _lastChild._next = child;
        _lastChild = child;
    }

    public void Remove(Routine child)
    {
        if (child._previous is null) _firstChild = child._next;
        else child._previous._next = child._next;
        if (child._next is null) _lastChild = child._previous;
        else child._next._previous = child._previous;
    }
}
