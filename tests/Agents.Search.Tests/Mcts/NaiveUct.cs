namespace Agents.Search.Tests.Mcts;

/// <summary>UCT as a textbook has it, one trial after the other, over a world given as functions of the path: the twin that the search must agree with.</summary>
internal sealed class NaiveUct(int children, int maxSteps, double exploration, Func<string, double> value, Func<string, bool> ends)
{
    public Dictionary<string, (int Visits, double Sum)> Run(int iterations)
    {
        var seen = new Dictionary<string, (int Visits, double Sum)> { [""] = (0, 0) };
        for (int i = 0; i < iterations; i++)
        {
            var line = new List<string> { "" };
            while (!Ended(line[^1]) && Enumerable.Range(0, children).All(c => seen.ContainsKey(Child(line[^1], c))))
            {
                string at = line[^1];
                line.Add(Enumerable.Range(0, children).Select(c => Child(at, c)).MaxBy(child => (seen[child].Sum / seen[child].Visits) + (exploration * Math.Sqrt(Math.Log(seen[at].Visits) / seen[child].Visits)))!);
            }

            if (!Ended(line[^1])) line.Add(Enumerable.Range(0, children).Select(c => Child(line[^1], c)).First(child => !seen.ContainsKey(child)));
            foreach (string node in line)
            {
                (int visits, double sum) = seen.GetValueOrDefault(node);
                seen[node] = (visits + 1, sum + value(line[^1]));
            }
        }

        return seen;
    }

    private bool Ended(string path) => path.Length > 0 && (ends(path) || path.Count(c => c == '/') >= maxSteps);

    private static string Child(string path, int child) => $"{path}/step#{child}";
}
