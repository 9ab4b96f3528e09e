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

    [Theory]
    [InlineData("FusedReductionGpuKernels.AddFloats", "ld.global.v4.f32", "st.global.v4.f32")]
    [InlineData("FusedReductionGpuKernels.SumFloats", "ld.global.v4.f32", "shfl.sync.down")]
    [InlineData("FusedReductionGpuKernels.AddHalves", "ld.global.v2.b32", "st.global.v4.f32")]
    [InlineData("FusedReductionGpuKernels.AddBrains", "ld.global.v2.b32", "st.global.v4.f32")]
    public void FoursAreLoadedAtOnce(string kernel, string load, string other)
    {
        string text = PtxCompiler.Compile(Find()[kernel], 8, 0).Text;
        Assert.Contains(load, text, StringComparison.Ordinal);
        Assert.Contains(other, text, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingOfLibdeviceIsNeeded() => Assert.All(Find().Values, kernel =>
    {
        string text = PtxCompiler.Compile(kernel, 8, 0).Text;
        Assert.DoesNotContain("__nv_", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".extern", text, StringComparison.Ordinal);
    });

    [Fact]
    public void NothingIsLeftToTheCompilersChoice() => Assert.All(Find().Values, kernel =>
    {
        string text = PtxCompiler.Compile(kernel, 8, 0).Text;
        Assert.DoesNotMatch(@"@!?%p\d+\s+bra\.uni", text);
        Assert.DoesNotMatch(@"\b(add|sub|mul|mad)\.f32", text);
    });

    private static Dictionary<string, MethodInfo> Find() => PtxCompiler.FindKernels().ToDictionary(PtxCompiler.NameOf);
}
