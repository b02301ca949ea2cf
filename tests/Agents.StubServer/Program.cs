// The stub model server as a program, for tests of the command line and of processes that are killed.
// Prints its address on standard output and runs until it is stopped.
using System.Runtime.InteropServices;
using Agents.StubServer;
using Agents.Testing;

StubServerArguments arguments;
try
{
    arguments = StubServerArguments.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(StubServerArguments.Usage);
    return 2;
}

StubModelServer server = await StubModelServer.StartAsync(arguments.Port);
await using (server)
{
    using var log = arguments.LogFile is { } path ? new RequestLog(path) : null;
    server.Behavior = arguments.Behavior;
    server.Script = arguments.Script;
    server.OnRequest = request => log?.Append(request);
    Console.WriteLine(server.Endpoint);

    using var stop = new CancellationTokenSource();
    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}

return 0;
