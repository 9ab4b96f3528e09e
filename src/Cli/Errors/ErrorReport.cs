using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Texts;

namespace CAManim.Native.Cli.Errors;

/// <summary>Turns an exception into one message for the user.</summary>
internal static class ErrorReport
{
    /// <summary>Environment variable that shows stack traces.</summary>
    public const string DebugVariable = "CAMANIM_DEBUG";

    private const string NoMemory = "There is not enough memory for this run. Choose a smaller --size, fewer --layers, or close other programs.";

    /// <summary>Writes the message and returns the exit code.</summary>
    public static int Write(Exception error, TextWriter stderr)
    {
        Exception cause = Unwrap(error);
        if (Environment.GetEnvironmentVariable(DebugVariable) is not (null or "" or "0"))
        {
            stderr.WriteLine(error.ToString());
        }

        stderr.WriteLine($"camanim: {VisibleText.Line(Describe(cause))}");
        return cause is UsageException ? ExitCodes.Usage : ExitCodes.Failure;
    }

    private static string Describe(Exception error) => error switch
    {
        UsageException => OneLine(error.Message),
        OutOfMemoryException => NoMemory,
        _ when Causes(error).Any(OpenFileLimit.IsCauseOf) => $"Too many files are open at once. Raise the limit (ulimit -n 1024): {OneLine(error.Message)}",
        ExternalException torch when torch.Message.Contains("allocate memory", StringComparison.Ordinal) || torch.Message.Contains("out of memory", StringComparison.Ordinal) => NoMemory,
        _ when IsMissingTorch(error) => $"libtorch could not be loaded: {TorchRuntime.Load().Problem ?? error.Message} 'camanim doctor' shows what is there.",
        _ when IsExpected(error) => OneLine(error.Message),
        ExternalException torch when IsTooSmall(torch.Message) => $"The input is too small for this network: {OwnWords(torch.Message)} Choose a larger --size, or --resize stretch.",
        ExternalException torch => $"libtorch refused: {OwnWords(torch.Message)} Check that weights and input suit the network; set {DebugVariable}=1 to see where.",
        _ => $"Unexpected failure ({error.GetType().Name}): {OneLine(error.Message)} Set {DebugVariable}=1 to see where; please report it with the command.",
    };

    // All others that the packages throw on purpose have a message for the user.
    private static bool IsExpected(Exception error) =>
        error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NotSupportedException
        || error.GetType().Namespace?.StartsWith("CAManim.", StringComparison.Ordinal) == true;

    private static bool IsMissingTorch(Exception error) =>
        error is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException
        || (error is TypeInitializationException or NotSupportedException && TorchRuntime.Load().Problem is not null);

    // The words of pooling and of convolution.
    private static bool IsTooSmall(string message) =>
        message.Contains("too small", StringComparison.Ordinal) || message.Contains("greater than actual input size", StringComparison.Ordinal);

    // libtorch appends the frames of its native stack, which help no user.
    private static string OwnWords(string message)
    {
        int stack = message.IndexOf("Exception raised from", StringComparison.Ordinal);
        string words = OneLine(stack < 0 ? message : message[..stack]);
        return words.EndsWith('.') ? words : words + ".";
    }

    private static Exception Unwrap(Exception error) => error switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        _ => error,
    };

    private static IEnumerable<Exception> Causes(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }

    // .NET appends the parameter's name to messages of argument exceptions; it means nothing here.
    private static string OneLine(string message)
    {
        int parameter = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        string text = parameter > 0 ? message[..parameter] : message;
        return string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
