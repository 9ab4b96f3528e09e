using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Cuda;

/// <summary>What is packed for a launch lies where the kernel's PTX reads it.</summary>
public sealed partial class ParameterTests
{
    public static TheoryData<string> Kernels => [.. PtxCompiler.FindKernels().Select(PtxCompiler.NameOf)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void LayoutIsThatOfThePtx(string kernel)
    {
        MethodInfo method = PtxCompiler.FindKernels().Single(m => PtxCompiler.NameOf(m) == kernel);
        string text = PtxCompiler.Compile(method, 8, 0).Text;
        ParameterLayout[] layouts = [.. method.GetParameters().Select(p => ParameterLayout.Of(p.ParameterType))];
        Match[] declared = [.. Declaration().Matches(text).Cast<Match>()];
        Assert.Equal(layouts.Length, declared.Length);
        for (int i = 0; i < layouts.Length; i++)
        {
            int size = declared[i].Groups["count"].Success ? Number(declared[i], "count") : Number(declared[i], "bits") / 8;
            Assert.Equal(size, layouts[i].SizeInBytes);
            Assert.Equal(declared[i].Groups["align"].Success ? Number(declared[i], "align") : size, layouts[i].Alignment);
            AssertReads(text, declared[i].Groups["name"].Value, layouts[i]);
        }
    }

    [Fact]
    public void TheParserSeesDeclarations()
    {
        Match match = Declaration().Match("\t.param .align 8 .b8 _scene_25944[192],");
        Assert.Equal(("8", "192"), (match.Groups["align"].Value, match.Groups["count"].Value));
        Assert.Equal("32", Declaration().Match("\t.param .b32 _n_259,").Groups["bits"].Value);
    }

    [Fact]
    public void OtherTypesAreRefused()
    {
        Assert.Throws<NotSupportedException>(() => ParameterLayout.Of(typeof(double)));
        Assert.Throws<NotSupportedException>(() => ParameterLayout.Of(typeof(bool)));
    }

    private static void AssertReads(string text, string name, ParameterLayout layout)
    {
        HashSet<(int Offset, int Bits)> packed = [];
        foreach (ParameterLeaf leaf in layout.Leaves)
        {
            ParameterLayout part = ParameterLayout.Of(leaf.Type);
            packed.Add((leaf.Offset, ParameterLayout.IsView(leaf.Type) ? 64 : part.SizeInBytes * 8));
            if (ParameterLayout.IsView(leaf.Type))
            {
                packed.Add((leaf.Offset + 8, 64));
            }
        }

        Match[] reads = [.. Regex.Matches(text, $@"ld\.param\.[bfsu](?<bits>\d+)\s+%\w+, \[{Regex.Escape(name)}(\+(?<offset>\d+))?\]").Cast<Match>()];
        Assert.NotEmpty(reads);
        Assert.All(reads, read => Assert.Contains((read.Groups["offset"].Success ? Number(read, "offset") : 0, Number(read, "bits")), packed));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\.param (\.align (?<align>\d+) )?\.[bf](?<bits>\d+) (?<name>\w+)(\[(?<count>\d+)\])?")]
    private static partial Regex Declaration();
}
