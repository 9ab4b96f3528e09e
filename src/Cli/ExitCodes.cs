namespace CAManim.Native.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    /// <summary>Done; every output that was asked for is there.</summary>
    public const int Success = 0;

    /// <summary>The run failed: a file, the weights, the disk, the system. No output was left.</summary>
    public const int Failure = 1;

    /// <summary>The command was not understood: an unknown name, a missing or wrong option. Nothing was done.</summary>
    public const int Usage = 2;
}
