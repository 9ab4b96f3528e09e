namespace CAManim.Native.Cli.Outputs;

/// <summary>A run whose outputs appear together: staged files are removed if it fails or is stopped, and errors name the places, not the staged files.</summary>
internal static class StagedRun
{
    /// <exception cref="IOException">A file of <paramref name="work"/> could not be written.</exception>
    public static T Do<T>(Termination termination, Func<OutputSet, T> work)
    {
        using OutputSet outputs = new();
        termination.OnAbort(outputs.Dispose);
        try
        {
            return work(outputs);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && outputs.InWordsOfTargets(error.Message) != error.Message)
        {
            throw new IOException(outputs.InWordsOfTargets(error.Message), error);
        }
        finally
        {
            termination.OnAbort(null);
        }
    }
}
