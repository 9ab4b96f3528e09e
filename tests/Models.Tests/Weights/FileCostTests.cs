using System.Diagnostics;
using System.IO.Compression;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models.Tests.Weights;

/// <summary>What a small file may cost, whether it is refused or read: memory of twenty times its size and 64 MB, and five seconds.</summary>
[Collection(nameof(Alone))]
public sealed class FileCostTests : IDisposable
{
    private const int SizeLimit = 1_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly WeightFiles _files = new();

    public void Dispose() => _files.Dispose();

    public static TheoryData<string> Pickles => [.. HostileFiles.Pickles.Keys];

    public static TheoryData<string> Scripts => [.. HostileFiles.Scripts.Keys];

    public static TheoryData<string> Others => [.. HostileFiles.Others.Keys];

    [Theory]
    [MemberData(nameof(Pickles))]
    public void A_hostile_pickle_costs_little(string what)
    {
        byte[] pickle = HostileFiles.Pickles[what];
        Measure(_files.WriteZip("x.pth", pickle, ("0", new byte[16])));
        Measure(_files.Write("y.pth", TorchFileTests.Old(pickle)));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_hostile_script_costs_little(string what) =>
        Measure(_files.Write("x.pt", WeightFiles.Zip(CompressionLevel.NoCompression, ("a/data.pkl", HostileFiles.Scripts[what]), ("a/code/x.py", []), ("a/data/0", new byte[16]))));

    [Theory]
    [MemberData(nameof(Others))]
    public void A_hostile_file_of_another_format_costs_little(string what) => Measure(_files.Write("x", HostileFiles.Others[what]));

    [Theory]
    [InlineData("list_copies.pth")]
    [InlineData("zero_stride.pth")]
    [InlineData("esc.pth")]
    public void The_files_of_an_attack_cost_little(string name) => Measure(SharedFiles.Require($"cases/attack/{name}"));

    private static void Measure(string path)
    {
        long size = new FileInfo(path).Length;
        Assert.True(size < SizeLimit, $"{size} bytes");

        // The first load compiles what the others use.
        using LoadedModel network = ModelZoo.Create("cifar10_resnet20", "rule:a");
        PeakMemory memory = new();
        long start = Stopwatch.GetTimestamp();
        string outcome;
        try
        {
            network.LoadWeights(path);
            outcome = "read";
        }
        catch (WeightFileException e)
        {
            outcome = e.Message;
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        TestContext.Current.TestOutputHelper?.WriteLine($"{size} bytes: {memory.Growth >> 20} MiB, {took.TotalSeconds:F2} s. {outcome}");
        Assert.True(memory.Growth <= (20 * size) + (64 << 20), $"{memory.Growth >> 20} MiB: {outcome}");
        Assert.True(took < Longest, $"{took}: {outcome}");
        Assert.InRange(outcome.Length, 4, 4000);
        Assert.DoesNotContain(outcome, char.IsControl);
    }
}
