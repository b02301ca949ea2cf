namespace Agents.Search.Mcts;

/// <summary>A node with its statistics. A choice that was taken and failed is neither a child nor open.</summary>
internal sealed class MctsNode(SearchNode? parent, string action, string path, string text, bool isTerminal, Backup backup)
    : SearchNode(parent, action, path, text, isTerminal)
{
    private double _sum, _best = double.NegativeInfinity;
    private int _valued;

    public List<MctsNode> Children { get; } = [];

    /// <summary>The choices not taken yet, by action; set when the node is first passed.</summary>
    public MctsChoice[]? Choices { get; set; }

    /// <summary>The first choice that may have samples left.</summary>
    public int FirstOpen { get; set; }

    /// <summary>Prior weight of one sample of this node's action, as its parent gives it.</summary>
    public double Prior { get; set; }

    /// <summary>The value that a trial ending here backs up.</summary>
    public double? OwnValue { get; set; }

    /// <summary>Nothing is left to do below.</summary>
    public bool IsExhausted { get; set; }

    /// <summary>Trials of the batch being chosen that go through here.</summary>
    public int VirtualVisits { get; set; }

    public override double? Value => _valued == 0 ? null : backup == Backup.Max ? _best : _sum / _valued;

    /// <summary>The value with the trials under way counted as losses.</summary>
    public double? ValueWith(double loss) => VirtualVisits == 0 ? Value
        : backup == Backup.Max ? Math.Max(Value ?? loss, loss)
        : (_sum + (VirtualVisits * loss)) / (_valued + VirtualVisits);

    public void Record(double? value)
    {
        Visits++;
        if (value is not { } known) return;
        _valued++;
        _sum += known;
        _best = Math.Max(_best, known);
    }
}
