using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Kernels.Interop;

/// <summary>
/// Loads libtorch and TorchSharp's native library before TorchSharp's first use, also on systems whose libstdc++ is older than they ask for.
/// </summary>
/// <remarks>
/// The packages' module initialisers call <see cref="Load"/>. A program that uses TorchSharp before it touches a type of
/// CAManim.Native calls it by itself, first.
/// </remarks>
public static class TorchRuntime
{
    /// <summary>Environment variable that names the folder of an installed libtorch to use instead of the packaged one.</summary>
    public const string Variable = "CAMANIM_LIBTORCH";

    private const string Wrapper = "libLibTorchSharp.so";
    private const string MissingVersion = "GLIBCXX_3.4.32";

    // The one symbol of that version: present means that the system's libstdc++ is new enough.
    private const string MarkerSymbol = "_ZSt21ios_base_library_initv";

    private static readonly Lazy<TorchRuntimeReport> Loaded = new(LoadOnce);

    /// <summary>Loads the natives once per process; later calls return the first call's report.</summary>
    public static TorchRuntimeReport Load() => Loaded.Value;

    private static ProcessorCheck? check;

    /// <summary>
    /// The code that libtorch takes on this processor, and whether what it computes is right. The first call waits for a self-test that is
    /// still to be made (once a machine, some 2 s, in a child process); the engine waits before its first forward.
    /// Null where libtorch was not found, or on a system whose libtorch is not looked after.
    /// </summary>
    public static ProcessorReport? Processor => Load() is not null ? check?.Wait() : null;

    /// <summary>The same where somebody has asked before; null where nothing was computed, without waiting.</summary>
    public static ProcessorReport? ProcessorIfAsked => check is { IsAsked: true } ? check.Wait() : null;

    private static TorchRuntimeReport LoadOnce()
    {
        TorchRuntimeReport report = new() { Malloc = Malloc.Tune() };
        if (!OperatingSystem.IsLinux())
        {
            return report;
        }

        string? wrapper = Find(Wrapper);
        if (wrapper is null)
        {
            return report with { Problem = $"{Wrapper} was not found beside the program. Add the TorchSharp package to the program, or publish it for this system." };
        }

        try
        {
            string home = FindTorch(Path.GetDirectoryName(wrapper)!);
            string? version = TorchVersion.Find(home);
            report = report with
            {
                LibTorch = File.Exists(Path.Combine(home, "libtorch_cpu.so")) ? home : null,
                LibTorchVersion = version,
                VersionNote = TorchVersion.Note(version, home),
                HasCuda = File.Exists(Path.Combine(home, "libtorch_cuda.so")),
            };
            LoadTorch(home);
            if (report.LibTorch is not null)
            {
                check = new ProcessorCheck(ProcessorParts.Here(Path.Combine(home, "libtorch_cpu.so")));
            }

            string loaded = IsStandardLibraryRecent() ? LoadAsIs(wrapper) : LoadPatched(wrapper);
            return report with { Wrapper = loaded, IsPatched = loaded != wrapper };
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or IOException or InvalidDataException)
        {
            return report with { Problem = report.VersionNote is null ? error.Message : $"{report.VersionNote} {error.Message}" };
        }
    }

    private static string FindTorch(string folder)
    {
        string? own = Environment.GetEnvironmentVariable(Variable);
        string? home = string.IsNullOrEmpty(own)
            ? Path.GetDirectoryName(Find("libtorch_cpu.so"))
            : new[] { own, Path.Combine(own, "lib") }.FirstOrDefault(f => File.Exists(Path.Combine(f, "libtorch_cpu.so")))
                ?? throw new DllNotFoundException($"{Variable}={own} holds no libtorch_cpu.so. Point it to the folder of an installed libtorch (or of a Python torch: .../site-packages/torch).");
        return home ?? folder;
    }

    // In the order of their dependencies, by full path: what the wrapper then asks for by name is already there, wherever the wrapper lies.
    private static void LoadTorch(string home)
    {
        foreach (string name in (ReadOnlySpan<string>)["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"])
        {
            string path = Path.Combine(home, name);
            if (File.Exists(path))
            {
                nint library = NativeLibrary.Load(path);
                NativeLog.Quiet(library);
            }
        }
    }

    private static string LoadAsIs(string wrapper)
    {
        NativeLibrary.Load(wrapper);
        return wrapper;
    }

    /// <returns>Where the copy is that was loaded, in words; the path of the wrapper itself where nothing had to be patched.</returns>
    private static string LoadPatched(string wrapper)
    {
        byte[] content = File.ReadAllBytes(wrapper);
        if (!ElfWeakVersion.Mark(content, MissingVersion))
        {
            return LoadAsIs(wrapper);
        }

        string name = $"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}-{Wrapper}";
        using CachedFile kept = CacheFolder.Place(name, content);
        if (NativeLibrary.TryLoad(kept.OpenPath, out _))
        {
            return kept.Name;
        }

        // A disk that does not let files run (noexec) says so only now.
        using CachedFile ours = CacheFolder.PlaceForThisProcess(name, content);
        NativeLibrary.Load(ours.OpenPath);
        return ours.Name;
    }

    private static bool IsStandardLibraryRecent() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out nint library) && NativeLibrary.TryGetExport(library, MarkerSymbol, out _);

    private static string? Find(string name) => Folders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders()
    {
        string? search = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string;
        foreach (string folder in (search ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
        }

        yield return AppContext.BaseDirectory;
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        string portable = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", portable, "native");
    }
}
