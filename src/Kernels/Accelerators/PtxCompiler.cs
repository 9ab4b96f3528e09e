using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>ILGPU as a compiler: kernels to PTX, once a process and architecture, without a card.</summary>
/// <remarks>
/// A card runs PTX of every architecture up to its own, compiled to its instructions by the driver, which keeps the result on disk. ILGPU 1.5.3
/// names sm_80 for all later cards too, so two architectures serve all. What ILGPU writes is corrected in two places:
/// <list type="bullet">
/// <item>A branch under a predicate says <c>.uni</c> after optimisation although threads may part there, which PTX leaves undefined.</item>
/// <item>Sums and products without a rounding of their own may be contracted by the driver's compiler, each version in its own way. With
/// <c>.rn</c> every card computes the same bits, those of the emulator; the kernels wait for memory, not for arithmetic.</item>
/// </list>
/// </remarks>
internal static partial class PtxCompiler
{
    private static readonly ConcurrentDictionary<(MethodInfo, CudaArchitecture), Lazy<PtxKernel>> Kernels = new();

    /// <summary>The kernel for a card.</summary>
    /// <param name="kernel">The entry point.</param>
    /// <param name="major">The card's compute capability, 7.5 or later.</param>
    /// <param name="minor">Its second number.</param>
    public static PtxKernel Compile(MethodInfo kernel, int major, int minor)
    {
        (CudaArchitecture architecture, CudaInstructionSet instructions) = (major, minor) switch
        {
            (< 8, _) => (CudaArchitecture.SM_75, CudaInstructionSet.ISA_63),
            _ => (CudaArchitecture.SM_80, CudaInstructionSet.ISA_70),
        };
        return Kernels.GetOrAdd((kernel, architecture), key => new Lazy<PtxKernel>(() => Compile(kernel, architecture, instructions))).Value;
    }

    /// <summary>Every kernel of this assembly.</summary>
    public static IEnumerable<MethodInfo> FindKernels() =>
        typeof(GpuKernelAttribute).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.GetCustomAttribute<GpuKernelAttribute>() is not null);

    /// <summary>Class and method.</summary>
    public static string NameOf(MethodInfo kernel) => $"{kernel.DeclaringType!.Name}.{kernel.Name}";

    [GeneratedRegex(@"\.entry\s+([\w$]+)")]
    private static partial Regex Entry();

    [GeneratedRegex(@"(@!?%p\d+\s+bra)\.uni\b")]
    private static partial Regex PredicatedUniformBranch();

    [GeneratedRegex(@"\b(add|sub|mul)\.f32\b")]
    private static partial Regex Contractible();

    private static PtxKernel Compile(MethodInfo kernel, CudaArchitecture architecture, CudaInstructionSet instructions)
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using PTXBackend backend = new(context, architecture, instructions, null!);
        PTXCompiledKernel compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default);
        Match entry = Entry().Match(compiled.PTXAssembly);
        return new PtxKernel(NameOf(kernel), entry.Groups[1].Value, Correct(compiled.PTXAssembly));
    }

    private static string Correct(string text) => Contractible().Replace(PredicatedUniformBranch().Replace(text, "$1"), "$1.rn.f32");
}
