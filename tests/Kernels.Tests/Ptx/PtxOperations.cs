using System.Numerics;

namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>What each computing instruction does with one lane's values; registers hold the bits, 32-bit values zero-extended.</summary>
internal static class PtxOperations
{
    private static readonly Dictionary<string, Func<ulong, ulong, ulong, ulong>> All = Make();

    /// <summary>The operation, or null where it is none of ours.</summary>
    public static Func<ulong, ulong, ulong, ulong>? Find(string opcode) => All.GetValueOrDefault(opcode);

    private static Dictionary<string, Func<ulong, ulong, ulong, ulong>> Make()
    {
        Dictionary<string, Func<ulong, ulong, ulong, ulong>> all = [];
        AddIntegers(all);
        AddFloats(all);
        AddConversions(all);
        AddComparisons<int>(all, "s32", v => (int)v);
        AddComparisons<uint>(all, "u32", v => (uint)v);
        AddComparisons<uint>(all, "b32", v => (uint)v);
        AddComparisons<long>(all, "s64", v => (long)v);
        AddComparisons<ulong>(all, "u64", v => v);
        AddComparisons<float>(all, "f32", Float);
        foreach (string type in (string[])["pred", "b16", "u16", "s16", "b32", "u32", "s32", "f32", "b64", "u64", "s64"])
        {
            all[$"mov.{type}"] = static (a, _, _) => a;
            all[$"selp.{type}"] = static (a, b, p) => p != 0 ? a : b;
        }

        all["cvta.to.global.u64"] = all["cvta.to.shared.u64"] = static (a, _, _) => a;
        return all;
    }

    private static void AddIntegers(Dictionary<string, Func<ulong, ulong, ulong, ulong>> all)
    {
        foreach (string type in (string[])["s32", "u32"])
        {
            all[$"add.{type}"] = static (a, b, _) => (uint)((uint)a + (uint)b);
            all[$"sub.{type}"] = static (a, b, _) => (uint)((uint)a - (uint)b);
            all[$"mul.lo.{type}"] = static (a, b, _) => (uint)((uint)a * (uint)b);
            all[$"mad.lo.{type}"] = static (a, b, c) => (uint)(((uint)a * (uint)b) + (uint)c);
        }

        foreach (string type in (string[])["s64", "u64"])
        {
            all[$"add.{type}"] = static (a, b, _) => a + b;
            all[$"sub.{type}"] = static (a, b, _) => a - b;
            all[$"mul.lo.{type}"] = static (a, b, _) => a * b;
            all[$"mad.lo.{type}"] = static (a, b, c) => (a * b) + c;
        }

        all["mul.wide.u32"] = static (a, b, _) => (ulong)(uint)a * (uint)b;
        all["mul.wide.s32"] = static (a, b, _) => (ulong)((long)(int)a * (int)b);
        all["mad.wide.u32"] = static (a, b, c) => ((ulong)(uint)a * (uint)b) + c;
        all["mad.wide.s32"] = static (a, b, c) => (ulong)((long)(int)a * (int)b) + c;
        all["mul.hi.u32"] = static (a, b, _) => ((ulong)(uint)a * (uint)b) >> 32;
        all["mul.hi.s32"] = static (a, b, _) => (uint)(((long)(int)a * (int)b) >> 32);
        all["mul.hi.u64"] = static (a, b, _) => Math.BigMul(a, b, out ulong _);
        all["div.s32"] = static (a, b, _) => (uint)((int)a / (int)NotZero(b));
        all["div.u32"] = static (a, b, _) => (uint)a / (uint)NotZero(b);
        all["div.s64"] = static (a, b, _) => (ulong)((long)a / (long)NotZero(b));
        all["div.u64"] = static (a, b, _) => a / NotZero(b);
        all["rem.s32"] = static (a, b, _) => (uint)((int)a % (int)NotZero(b));
        all["rem.u32"] = static (a, b, _) => (uint)a % (uint)NotZero(b);
        all["rem.s64"] = static (a, b, _) => (ulong)((long)a % (long)NotZero(b));
        all["rem.u64"] = static (a, b, _) => a % NotZero(b);
        all["min.s32"] = static (a, b, _) => (uint)int.Min((int)a, (int)b);
        all["max.s32"] = static (a, b, _) => (uint)int.Max((int)a, (int)b);
        all["min.u32"] = static (a, b, _) => uint.Min((uint)a, (uint)b);
        all["max.u32"] = static (a, b, _) => uint.Max((uint)a, (uint)b);
        all["min.s64"] = static (a, b, _) => (ulong)long.Min((long)a, (long)b);
        all["max.s64"] = static (a, b, _) => (ulong)long.Max((long)a, (long)b);
        all["neg.s32"] = static (a, _, _) => (uint)-(int)a;
        all["neg.s64"] = static (a, _, _) => (ulong)-(long)a;
        all["abs.s32"] = static (a, _, _) => (uint)((int)a < 0 ? -(int)a : (int)a);
        all["popc.b32"] = static (a, _, _) => (ulong)BitOperations.PopCount((uint)a);
        all["clz.b32"] = static (a, _, _) => (ulong)BitOperations.LeadingZeroCount((uint)a);
        all["and.b32"] = all["and.b64"] = all["and.pred"] = all["and.b16"] = static (a, b, _) => a & b;
        all["or.b32"] = all["or.b64"] = all["or.pred"] = all["or.b16"] = static (a, b, _) => a | b;
        all["xor.b32"] = all["xor.b64"] = all["xor.pred"] = all["xor.b16"] = static (a, b, _) => a ^ b;
        all["not.b32"] = static (a, _, _) => ~(uint)a;
        all["not.b64"] = static (a, _, _) => ~a;
        all["not.pred"] = static (a, _, _) => a ^ 1;

        // Shifts by the width or more give what shifting one by one would.
        all["shl.b32"] = static (a, b, _) => (uint)b > 31 ? 0 : (uint)a << (int)b;
        all["shl.b64"] = static (a, b, _) => (uint)b > 63 ? 0 : a << (int)b;
        all["shr.u32"] = all["shr.b32"] = static (a, b, _) => (uint)b > 31 ? 0 : (uint)a >> (int)b;
        all["shr.u64"] = all["shr.b64"] = static (a, b, _) => (uint)b > 63 ? 0 : a >> (int)b;
        all["shr.s32"] = static (a, b, _) => (uint)((int)a >> (int)uint.Min((uint)b, 31));
        all["shr.s64"] = static (a, b, _) => (ulong)((long)a >> (int)uint.Min((uint)b, 63));
    }

    private static void AddFloats(Dictionary<string, Func<ulong, ulong, ulong, ulong>> all)
    {
        // ".rn": never contracted; without: PtxContraction may have made a fused one of it before.
        foreach (string rounding in (string[])["", ".rn"])
        {
            all[$"add{rounding}.f32"] = static (a, b, _) => Bits(Float(a) + Float(b));
            all[$"sub{rounding}.f32"] = static (a, b, _) => Bits(Float(a) - Float(b));
            all[$"mul{rounding}.f32"] = static (a, b, _) => Bits(Float(a) * Float(b));
        }

        all["fma.rn.f32"] = static (a, b, c) => Bits(float.FusedMultiplyAdd(Float(a), Float(b), Float(c)));
        all["div.rn.f32"] = static (a, b, _) => Bits(Float(a) / Float(b));
        all["rcp.rn.f32"] = static (a, _, _) => Bits(1 / Float(a));
        all["sqrt.rn.f32"] = static (a, _, _) => Bits(MathF.Sqrt(Float(a)));
        all["neg.f32"] = static (a, _, _) => (uint)a ^ 0x80000000u;
        all["abs.f32"] = static (a, _, _) => (uint)a & 0x7FFFFFFFu;

        // NaN gives way to the number; -0 is below +0.
        all["min.f32"] = static (a, b, _) => Bits(float.MinNumber(Float(a), Float(b)));
        all["max.f32"] = static (a, b, _) => Bits(float.MaxNumber(Float(a), Float(b)));
        all["testp.notanumber.f32"] = static (a, _, _) => float.IsNaN(Float(a)) ? 1u : 0;
        all["testp.finite.f32"] = static (a, _, _) => float.IsFinite(Float(a)) ? 1u : 0;
        all["testp.infinite.f32"] = static (a, _, _) => float.IsInfinity(Float(a)) ? 1u : 0;
    }

    private static void AddConversions(Dictionary<string, Func<ulong, ulong, ulong, ulong>> all)
    {
        (string Name, Func<ulong, ulong> Narrow)[] integers =
        [
            ("u8", v => (byte)v), ("s8", v => (ulong)(sbyte)v), ("u16", v => (ushort)v), ("s16", v => (ulong)(short)v),
            ("u32", v => (uint)v), ("s32", v => (ulong)(int)v), ("u64", v => v), ("s64", v => v),
        ];
        foreach ((string from, Func<ulong, ulong> read) in integers)
        {
            foreach ((string to, Func<ulong, ulong> narrow) in integers)
            {
                bool isWide = to.EndsWith("64", StringComparison.Ordinal);
                all[$"cvt.{to}.{from}"] = (a, _, _) => isWide ? read(a) : (uint)narrow(read(a));
            }

            all[$"cvt.rn.f32.{from}"] = from.StartsWith('s') ? (a, _, _) => Bits((long)read(a)) : (a, _, _) => Bits(read(a));
        }

        // NaN gives 0, what is too large the largest.
        all["cvt.rzi.s32.f32"] = static (a, _, _) => (uint)int.CreateSaturating(MathF.Truncate(Float(a)));
        all["cvt.rni.s32.f32"] = static (a, _, _) => (uint)int.CreateSaturating(MathF.Round(Float(a), MidpointRounding.ToEven));
        all["cvt.rzi.u32.f32"] = static (a, _, _) => uint.CreateSaturating(MathF.Truncate(Float(a)));
    }

    private static void AddComparisons<T>(Dictionary<string, Func<ulong, ulong, ulong, ulong>> all, string type, Func<ulong, T> read)
        where T : INumber<T>
    {
        Add("eq", (a, b) => a == b);
        Add("ne", (a, b) => a != b && !T.IsNaN(a) && !T.IsNaN(b));
        Add("lt", (a, b) => a < b);
        Add("le", (a, b) => a <= b);
        Add("gt", (a, b) => a > b);
        Add("ge", (a, b) => a >= b);
        Add("lo", (a, b) => a < b);
        Add("ls", (a, b) => a <= b);
        Add("hi", (a, b) => a > b);
        Add("hs", (a, b) => a >= b);

        // Unordered: true where one is NaN.
        Add("equ", (a, b) => a == b || T.IsNaN(a) || T.IsNaN(b));
        Add("neu", (a, b) => a != b);
        Add("ltu", (a, b) => !(a >= b));
        Add("leu", (a, b) => !(a > b));
        Add("gtu", (a, b) => !(a <= b));
        Add("geu", (a, b) => !(a < b));

        void Add(string name, Func<T, T, bool> compare) => all[$"setp.{name}.{type}"] = (a, b, _) => compare(read(a), read(b)) ? 1u : 0;
    }

    private static ulong NotZero(ulong divisor) => (uint)divisor != 0 || divisor != 0 ? divisor : throw new PtxFault("division by zero");

    private static float Float(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
