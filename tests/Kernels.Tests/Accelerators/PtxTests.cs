using System.Reflection;
using CAManim.Native.Kernels.Accelerators;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace CAManim.Native.Kernels.Tests.Accelerators;

/// <summary>Every kernel compiles to PTX for the cards that are supported; this needs no card.</summary>
public sealed class PtxTests
{
    private static readonly (CudaArchitecture Architecture, CudaInstructionSet Instructions, string Name)[] Targets =
    [
        (CudaArchitecture.SM_75, CudaInstructionSet.ISA_63, "sm_75"),
        (CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, "sm_80"),

        // ILGPU names sm_80 for every later card; PTX runs on all cards from its target on.
        (CudaArchitecture.SM_90, CudaInstructionSet.ISA_78, "sm_80"),
    ];

    public static TheoryData<string> Kernels => [.. Find().Keys];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void CompilesForEveryCard(string kernel)
    {
        MethodInfo method = Find()[kernel];
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        foreach ((CudaArchitecture architecture, CudaInstructionSet instructions, string name) in Targets)
        {
            using PTXBackend backend = new(context, architecture, instructions, null!);
            PTXCompiledKernel compiled = Assert.IsType<PTXCompiledKernel>(
                backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(method), default));
            Assert.Contains($".target {name}", compiled.PTXAssembly, StringComparison.Ordinal);
            Assert.Equal(architecture, backend.Architecture);
            Assert.Contains(".entry", compiled.PTXAssembly, StringComparison.Ordinal);
            Assert.DoesNotContain(".f64", compiled.PTXAssembly, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ReductionsShuffleWithinWarps()
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using PTXBackend backend = new(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
        MethodInfo method = Find()["MapReductionGpuKernels.Weigh"];
        PTXCompiledKernel compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(method), default);
        Assert.Contains("shfl.sync.down", compiled.PTXAssembly, StringComparison.Ordinal);
    }

    private static Dictionary<string, MethodInfo> Find() =>
        typeof(GpuKernelAttribute).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.GetCustomAttribute<GpuKernelAttribute>() is not null)
            .ToDictionary(method => $"{method.DeclaringType!.Name}.{method.Name}");
}
