using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>The interpreter finds what it is there to find.</summary>
public sealed unsafe class PlantedFaultTests
{
    private const int Threads = 64;

    // Thread i writes shared[i] and reads shared[i + 1].
    private const string Neighbours = """
        mov.b32 %r1, %tid.x;
        mul.lo.s32 %r2, %r1, 4;
        cvt.s64.s32 %rd2, %r2;
        mov.b64 %rd3, cells;
        add.s64 %rd4, %rd3, %rd2;
        st.shared.b32 [%rd4], %r1;
        BARRIER
        ld.shared.b32 %r3, [%rd4+4];
        add.s64 %rd5, %rd1, %rd2;
        st.global.b32 [%rd5], %r3;
        """;

    [Fact]
    public void ABarrierOrdersNeighbours()
    {
        // The last thread reads what its own store put there.
        string text = Neighbours.Replace("BARRIER", "bar.sync 0;\nst.shared.b32 [cells+256], 7;\nbar.sync 0;", StringComparison.Ordinal);
        PtxFault writers = Assert.Throws<PtxFault>(() => Run(text));
        Assert.Contains("byte 256 of shared memory was written by thread 32 of block 0, with no barrier between", writers.Message, StringComparison.Ordinal);

        text = Neighbours.Replace("BARRIER", "bar.sync 0;\nsetp.eq.s32 %p1, %r1, 0;\n@%p1 st.shared.b32 [cells+256], 7;\nbar.sync 0;", StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Range(1, Threads - 1), 7], Run(text));
    }

    [Fact]
    public void ARaceIsFound()
    {
        PtxFault fault = Assert.Throws<PtxFault>(() => Run(Neighbours.Replace("BARRIER", "", StringComparison.Ordinal)));
        Assert.Contains("of shared memory was written by thread", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BlocksRaceWhereABarrierDoesNotHelp()
    {
        PtxFault fault = Assert.Throws<PtxFault>(() => Run("mov.b32 %r1, %ctaid.x;\nbar.sync 0;\nmov.b32 %r2, %tid.x;\nsetp.eq.s32 %p1, %r2, 0;\n@%p1 st.global.b32 [%rd1], %r1;", blocks: 2));
        Assert.Contains("was written by thread 0 of block", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStoreBehindTheEndIsFound()
    {
        PtxFault fault = Assert.Throws<PtxFault>(() => Run("mov.b32 %r1, 5;\nst.global.b32 [%rd1+256], %r1;"));
        Assert.Contains("4 bytes at", fault.Message, StringComparison.Ordinal);
        Assert.Contains("lie outside of every argument", fault.Message, StringComparison.Ordinal);
        Assert.Contains("has 256 bytes, and this is byte 256", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ld.global.v2.b32 {%r1, %r2}, [%rd1+4];", "no multiple of 8")]
    [InlineData("ld.global.b32 %r1, [%rd1];", "was never written")]
    [InlineData("add.s32 %r1, %r2, 1;", "a register that was never written")]
    [InlineData("mov.b32 %r1, 5;\nmov.b32 %r2, 0;\ndiv.s32 %r3, %r1, %r2;", "division by zero")]
    [InlineData("L_1:\nbra L_1;", "no end after")]
    public void WhatIsUndefinedIsFound(string body, string message) =>
        Assert.Contains(message, Assert.Throws<PtxFault>(() => Run(body, isDefined: false)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("bra.uni", true)]
    [InlineData("bra", false)]
    public void AUniformBranchWhoseThreadsPartIsFound(string branch, bool isFault)
    {
        string body = $"mov.b32 %r1, %tid.x;\nsetp.lt.s32 %p1, %r1, 3;\n@%p1 {branch} L_1;\nst.global.b32 [%rd1], 1;\nL_1:";
        body = body.Replace("st.global.b32 [%rd1], 1;", "mov.b32 %r1, 1;", StringComparison.Ordinal);
        if (isFault)
        {
            Assert.Contains("the threads do not go the same way", Assert.Throws<PtxFault>(() => Run(body)).Message, StringComparison.Ordinal);
        }
        else
        {
            Run(body);
        }
    }

    [Fact]
    public void ABarrierThatNotAllReachIsFound()
    {
        PtxFault fault = Assert.Throws<PtxFault>(() => Run("mov.b32 %r1, %tid.x;\nsetp.lt.s32 %p1, %r1, 3;\n@%p1 bra L_1;\nbar.sync 0;\nL_1:"));
        Assert.Contains("a barrier that only the lanes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALostZeroSignIsSeen()
    {
        // What ILGPU makes of "value + 0f": the value. With the sum the sign of -0 is gone.
        Assert.All(Run("mov.f32 %f1, 0f80000000;\nmov.f32 %f2, 0f00000000;\nadd.rn.f32 %f3, %f1, %f2;\n" + StoreOwn), bits => Assert.Equal(0, bits));
        Assert.All(Run("mov.f32 %f3, 0f80000000;\n" + StoreOwn), bits => Assert.Equal(int.MinValue, bits));
    }

    [Theory]
    [InlineData(PtxContraction.None, 0f)]
    [InlineData(PtxContraction.First, 5.9604645e-8f)]
    public void ProductsAndSumsAreContractedOnRequest(object contraction, float expected)
    {
        // (1 + 2^-12)² - (1 + 2^-11) = 2^-24, lost where the product is rounded.
        string body = "mov.f32 %f1, 0f3F800800;\nmul.f32 %f2, %f1, %f1;\nmov.f32 %f4, 0f3F801000;\nsub.f32 %f3, %f2, %f4;\n" + StoreOwn;
        Assert.All(Run(body, contraction: (PtxContraction)contraction), bits => Assert.Equal(expected, BitConverter.Int32BitsToSingle(bits)));
        string rounded = body.Replace("mul.f32", "mul.rn.f32", StringComparison.Ordinal).Replace("sub.f32", "sub.rn.f32", StringComparison.Ordinal);
        Assert.All(Run(rounded, contraction: (PtxContraction)contraction), bits => Assert.Equal(0, bits));
    }

    private const string StoreOwn = "mov.b32 %r1, %tid.x;\nmul.wide.u32 %rd2, %r1, 4;\nadd.s64 %rd3, %rd1, %rd2;\nst.global.f32 [%rd3], %f3;";

    /// <summary>Runs a body whose %rd1 is the address of an int a thread.</summary>
    private static int[] Run(string body, int blocks = 1, bool isDefined = true, PtxContraction contraction = PtxContraction.None)
    {
        string text = $".visible .entry Planted(\n.param .align 8 .b8 _out[16]\n)\n{{\n.shared .align 4 .b8 cells[{(Threads + 1) * 4}];\nld.param.b64 %rd1, [_out];\n{body}\nret;\n}}";
        PtxMachine machine = new() { Contraction = contraction, MostInstructions = 100_000 };
        int* memory = (int*)NativeMemory.AlignedAlloc(Threads * sizeof(int), 256);
        try
        {
            new Span<int>(memory, Threads).Clear();
            machine.Heap.Add("out", (nint)memory, Threads * sizeof(int), isDefined);
            long* view = stackalloc long[] { (long)memory, Threads };
            byte** parameters = stackalloc byte*[] { (byte*)view };
            machine.Launch("Planted", text, blocks, Threads, parameters, [new PtxView((nint)memory, Threads * sizeof(int))]);
            return new Span<int>(memory, Threads).ToArray();
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }
}
