using System.IO.Compression;
using System.Runtime.InteropServices;
using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Tests.Outputs;

public sealed class MapsFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Npz_holds_the_same_maps()
    {
        Tool.RunSmall(_folder, "--layers", "layer3.*", "--maps", _folder.Out("a.npz")).Succeeded();
        Tool.RunSmall(_folder, "--layers", "layer3.*", "--maps", _folder.Out("a.safetensors")).Succeeded();
        using SafeTensorsFile expected = SafeTensorsFile.Open(_folder.Out("a.safetensors"));
        using ZipArchive zip = ZipFile.OpenRead(_folder.Out("a.npz"));
        Assert.Equal(expected.Keys.Select(k => k + ".npy"), zip.Entries.Select(e => e.FullName));
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using MemoryStream content = new();
            using (Stream stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            (int[] shape, float[] values) = expected.Read(entry.FullName[..^4]);
            byte[] bytes = content.ToArray();
            Assert.Equal("\u0093NUMPY\u0001\0", string.Concat(bytes[..8].Select(b => (char)b)));
            int start = 10 + bytes[8] + (bytes[9] << 8);
            Assert.Equal(0, start % 64);
            Assert.Equal($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape[0]}, {shape[1]}), }}", System.Text.Encoding.ASCII.GetString(bytes[10..start]).Trim());
            Assert.Equal(values, MemoryMarshal.Cast<byte, float>(bytes.AsSpan(start)).ToArray());
        }
    }
}
