namespace CAManim.Native.Cli.Progress;

/// <summary>Tells nothing.</summary>
internal sealed class NoProgress : RunProgress
{
    public override void Begin(string stage, int total = 0)
    {
    }

    public override void Report(int done, int total, string? item = null)
    {
    }

    public override void End()
    {
    }
}
