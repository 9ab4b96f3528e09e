namespace CAManim.Native.Cli.Commands;

/// <summary>What every command writes to and is stopped by.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress and messages.</param>
/// <param name="Termination">Signals.</param>
internal sealed record CommandContext(TextWriter Output, TextWriter Error, Termination Termination)
{
    /// <summary>Cancelled by Ctrl-C and its like.</summary>
    public CancellationToken Cancellation => Termination.Token;

    /// <summary>Tells what a user should know; null is nothing.</summary>
    public void Warn(string? note)
    {
        if (note is not null)
        {
            Error.WriteLine($"note: {note}");
        }
    }
}
