namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>Rewrites a program as a contracting compiler may.</summary>
internal static class PtxContracted
{
    private const uint SignBit = 0x80000000u;

    /// <summary>Within straight code every sum of a product that is still at hand becomes fused.</summary>
    public static PtxProgram Apply(PtxProgram program, PtxContraction contraction)
    {
        if (contraction == PtxContraction.None)
        {
            return program;
        }

        HashSet<int> starts = [.. program.Instructions.Where(i => i.Kind == PtxKind.Branch).Select(i => i.Jump)];
        Dictionary<int, PtxInstruction> products = [];
        PtxInstruction[] instructions = [.. program.Instructions];
        for (int i = 0; i < instructions.Length; i++)
        {
            if (starts.Contains(i) || instructions[i].Kind is PtxKind.Branch or PtxKind.Return)
            {
                products.Clear();
            }

            PtxInstruction original = instructions[i];
            instructions[i] = Fuse(original, products, contraction);
            foreach (int target in original.Targets)
            {
                // A product is gone with its register, or with a factor's.
                products.Remove(target);
                foreach (int key in products.Where(p => p.Value.Sources.Contains(target)).Select(p => p.Key).ToArray())
                {
                    products.Remove(key);
                }
            }

            if (original.Opcode == "mul.f32" && original.Guard < 0 && !original.Sources.Contains(original.Targets[0]))
            {
                products[original.Targets[0]] = original;
            }
        }

        return program with { Instructions = instructions };
    }

    private static PtxInstruction Fuse(PtxInstruction sum, Dictionary<int, PtxInstruction> products, PtxContraction contraction)
    {
        if (sum.Opcode is not ("add.f32" or "sub.f32"))
        {
            return sum;
        }

        int preferred = contraction == PtxContraction.First ? 0 : 1;
        foreach (int side in (ReadOnlySpan<int>)[preferred, 1 - preferred])
        {
            if (products.TryGetValue(sum.Sources[side], out PtxInstruction? product))
            {
                ulong productSign = sum.Opcode == "sub.f32" && side == 1 ? SignBit : 0;
                ulong otherSign = sum.Opcode == "sub.f32" && side == 0 ? SignBit : 0;
                Func<ulong, ulong, ulong, ulong> fused = PtxOperations.Find("fma.rn.f32")!;
                return sum with
                {
                    Opcode = "fma.rn.f32",
                    Sources = [product.Sources[0], product.Sources[1], sum.Sources[1 - side]],
                    Compute = (a, b, c) => fused(a ^ productSign, b, c ^ otherSign),
                };
            }
        }

        return sum;
    }
}
