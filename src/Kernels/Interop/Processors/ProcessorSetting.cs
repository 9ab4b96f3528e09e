using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>What the user has set of the code that libtorch takes for this processor.</summary>
internal static partial class ProcessorSetting
{
    /// <summary><c>auto</c> (default), <c>native</c> (nothing is repaired, lowered or tested), <c>safe</c> (oneDNN's SSE4.1 code).</summary>
    public const string Variable = "CAMANIM_CPU";

    /// <summary>oneDNN's own variable.</summary>
    public const string IsaVariable = "ONEDNN_MAX_CPU_ISA";

    /// <summary>Its older name, which oneDNN still reads.</summary>
    public const string OlderIsaVariable = "DNNL_MAX_CPU_ISA";

    /// <summary>The code that was right in every case tried, on every processor.</summary>
    public const string SafeIsa = "SSE41";

    /// <summary>Highest instruction set that the user allows oneDNN, or null.</summary>
    /// <param name="variable">The environment.</param>
    public static string? Isa(Func<string, string?> variable) => variable(IsaVariable) is { Length: > 0 } isa ? isa : variable(OlderIsaVariable) is { Length: > 0 } older ? older : null;

    /// <summary>Allows oneDNN no more than <see cref="SafeIsa"/>, which it reads before its first primitive.</summary>
    /// <remarks>.NET keeps a copy of the environment of its own: what is set there does not reach getenv.</remarks>
    public static bool Lower()
    {
        try
        {
            Environment.SetEnvironmentVariable(IsaVariable, SafeIsa);
            return SetVariable(IsaVariable, SafeIsa, 1) == 0;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
