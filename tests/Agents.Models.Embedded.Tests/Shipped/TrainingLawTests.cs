using System.ComponentModel;
using System.Diagnostics;

namespace Agents.Models.Embedded.Tests.Shipped;

/// <summary>The laws of the training data, its checker and its tokenizer, which are written in Python; without Python nothing is checked.</summary>
public sealed class TrainingLawTests
{
    [Fact]
    public async Task TaskFamilyCheckerAndTokenizer_KeepTheirLaws()
    {
        var start = new ProcessStartInfo("python3", ["-m", "unittest", "test_training"]) { WorkingDirectory = Repository.File("models/training"), RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        Process? run = null;
        try
        {
            run = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Console.WriteLine("python3 is not here: nothing was checked.");
            return;
        }

        using (run)
        {
            Task<string> said = run.StandardError.ReadToEndAsync();
            await run.StandardOutput.ReadToEndAsync();
            await run.WaitForExitAsync();
            Assert.True(run.ExitCode == 0, await said);
        }
    }
}
