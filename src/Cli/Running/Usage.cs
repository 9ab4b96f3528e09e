using CAManim.Native.Cli.Errors;

namespace CAManim.Native.Cli.Running;

/// <summary>Marks what the packages refuse before a run as a fault of the command.</summary>
internal static class Usage
{
    /// <exception cref="UsageException"><paramref name="read"/> threw an <see cref="ArgumentException"/>.</exception>
    public static T Check<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException error)
        {
            int parameter = error.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
            throw new UsageException(parameter > 0 ? error.Message[..parameter] : error.Message);
        }
    }
}
