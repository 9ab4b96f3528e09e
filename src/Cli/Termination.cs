using System.Runtime.InteropServices;

namespace CAManim.Native.Cli;

/// <summary>Ctrl-C, SIGTERM and SIGHUP cancel the run, which then removes what it had begun; a second one ends the process at once.</summary>
internal sealed class Termination : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _lock = new();
    private Action? _cleanup;

    public Termination()
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>128 + the number of the signal, as shells report it; 130 where none came.</summary>
    public int ExitCode { get; private set; } = 130;

    /// <summary>What a second signal does before it ends the process.</summary>
    public void OnAbort(Action? cleanup) => _cleanup = cleanup;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            bool isSecond = _source.IsCancellationRequested;
            ExitCode = context.Signal switch
            {
                PosixSignal.SIGINT => 130,
                PosixSignal.SIGTERM => 143,
                _ => 129,
            };
            if (isSecond)
            {
                _cleanup?.Invoke();
                Environment.Exit(ExitCode);
            }

            _source.Cancel();
        }
    }
}
