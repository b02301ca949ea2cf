using Agents.Answers;

namespace Agents.Server.Mcp.Tools;

/// <summary>Answers sorted into groups of equal value. Order is that of the answers: a group stands where its first answer does.</summary>
internal sealed class AnswerGroups
{
    private readonly List<(Answer Answer, List<int> Members)> groups = [];
    private bool isUndecided;

    /// <summary>The groups: an answer, and the places of those that equal it.</summary>
    public IReadOnlyList<(Answer Answer, List<int> Members)> Groups => groups;

    /// <summary>Whether all are the same: true, false, or null where a comparison could not be decided and no other tells two apart.</summary>
    public bool? AreEqual { get; private set; } = true;

    public AnswerGroups(IReadOnlyList<Answer?> answers)
    {
        foreach ((int place, Answer? answer) in answers.Index())
        {
            // What is not there equals nothing, but is no other answer either.
            if (answer is null)
                isUndecided = true;
            else
                Add(place, answer);
        }

        if (AreEqual is true && isUndecided)
            AreEqual = null;
    }

    private void Add(int place, Answer answer)
    {
        foreach ((Answer known, List<int> members) in groups)
        {
            switch (AnswerEquivalence.Default.Compare(known, answer))
            {
                case Equivalence.Equal:
                    members.Add(place);
                    return;
                case Equivalence.Different:
                    AreEqual = false;
                    break;
                default:
                    isUndecided = true;
                    break;
            }
        }

        groups.Add((answer, [place]));
    }
}
