using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models.Tests.Weights;

/// <summary>Damaged files end in clear errors only, never in a crash, a hang, or memory without bound.</summary>
[Collection(nameof(Alone))]
public sealed class MutationTests : IDisposable
{
    /// <summary>The largest view that may be larger than its file (2^24 elements, read as floats), and what the runtime takes for itself.</summary>
    private const long Bound = (64 + 64) << 20;

    private readonly WeightFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("zip")]
    [InlineData("old")]
    [InlineData("safetensors")]
    [InlineData("dat")]
    public void A_thousand_mutations_of_a_good_file(string format) => Run(format, 0, 1000);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("zip")]
    [InlineData("old")]
    [InlineData("safetensors")]
    [InlineData("dat")]
    public void Ten_thousand_more(string format) => Run(format, 1000, 11_000);

    private void Run(string format, int firstSeed, int endSeed) =>
        Mutations.Run<WeightFileException>(Good(format), content => WeightFiles.ReadAll(_files.Write("bad", content)), firstSeed, endSeed, Bound);

    [Theory]
    [InlineData("zip")]
    [InlineData("old")]
    [InlineData("safetensors")]
    [InlineData("dat")]
    public void Every_truncation_is_refused(string format)
    {
        byte[] good = Good(format);
        for (int length = 0; length < good.Length; length += Math.Max(1, good.Length / 300))
        {
            WeightFiles.Refused(_files.Write("cut", good[..length]));
        }
    }

    private byte[] Good(string format)
    {
        byte[] values = WeightFiles.Floats(1, 2, 3, 4, 5, 6);
        switch (format)
        {
            case "zip":
                byte[] pickle = PickleWriter.Of(p => p.StateDict("layer.weight", t => t.Tensor("0", 6, 0, [2, 3], [3, 1])));
                return File.ReadAllBytes(_files.WriteZip("good.pth", pickle, ("0", values)));
            case "old":
                return
                [
                    0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.',
                    .. PickleWriter.Of(p => p.Number(1001)),
                    .. PickleWriter.Of(p => p.Op("}").Text("little_endian").Raw(0x88).Op("s")),
                    .. PickleWriter.Of(p => p.StateDict("layer.weight", t => t.Tensor("0", 6, 0, [2, 3], [3, 1], old: true))),
                    .. PickleWriter.Of(p => p.Op("](").Text("0").Op("e")),
                    .. BitConverter.GetBytes(6L), .. values,
                ];
            case "dat":
                string path = Path.Combine(_files.Folder, "good.dat");
                using (var linear = TorchSharp.torch.nn.Linear(3, 2))
                {
                    linear.save(path);
                }

                return File.ReadAllBytes(path);
            default:
                string tensors = Path.Combine(_files.Folder, "good.safetensors");
                SafeTensorsWriter.Write(tensors, [("layer.weight", [2, 3], new float[] { 1, 2, 3, 4, 5, 6 }), ("layer.bias", [2], new float[] { 1, 2 })]);
                return File.ReadAllBytes(tensors);
        }
    }
}
