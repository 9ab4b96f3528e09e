using System.Text;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models.Tests.Weights;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly WeightFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        string path = Path.Combine(_files.Folder, "a.safetensors");
        float[] values = [1, -2.5f, float.NaN, float.PositiveInfinity, 3e-40f, 0];
        SafeTensorsWriter.Write(path, [("b/ä", [2, 3], values), ("a", [], new float[] { 7 }), ("empty", [0, 5], default)], new Dictionary<string, string> { ["method"] = "GradCAM", ["category"] = "5" });

        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        Assert.Equal(["b/ä", "a", "empty"], file.Keys);
        Assert.Equal("GradCAM", file.Metadata["method"]);
        (int[] shape, float[] read) = file.Read("b/ä");
        Assert.Equal([2, 3], shape);
        Assert.Equal(values, read);
        Assert.Equal([7f], file.Read("a").Values);
        Assert.Empty(file.Read("empty").Values);
        Assert.Contains("'a'", Assert.Throws<WeightFileException>(() => file.Read("aa")).Message);
        Assert.Equal([path], Directory.GetFiles(_files.Folder));
    }

    [Fact]
    public void The_reference_reader_reads_what_is_written()
    {
        string path = Path.Combine(_files.Folder, "a.safetensors");
        SafeTensorsWriter.Write(path, [("x", [2], new float[] { 1, 2 })], new Dictionary<string, string> { ["k"] = "v" });
        var other = new ReferenceTensors(path);
        Assert.Equal([1f, 2f], other.Floats("x"));
        Assert.Equal("v", other.Metadata["k"]);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        string a = Path.Combine(_files.Folder, "a");
        string b = Path.Combine(_files.Folder, "b");
        SafeTensorsWriter.Write(a, [("x", [1], new float[] { 1 })], new Dictionary<string, string> { ["k"] = "v", ["a"] = "w" });
        SafeTensorsWriter.Write(b, [("x", [1], new float[] { 1 })], new Dictionary<string, string> { ["a"] = "w", ["k"] = "v" });
        Assert.Equal(File.ReadAllBytes(a), File.ReadAllBytes(b));
    }

    [Fact]
    public void A_shape_that_the_values_do_not_fill_leaves_no_file()
    {
        string path = Path.Combine(_files.Folder, "a");
        Assert.Throws<ArgumentException>(() => SafeTensorsWriter.Write(path, [("x", [2], new float[] { 1 })]));
        Assert.Throws<ArgumentException>(() => SafeTensorsWriter.Write(path, [("x", [1], new float[] { 1 }), ("x", [1], new float[] { 1 })]));
        Assert.Empty(Directory.GetFiles(_files.Folder));
    }

    [Theory]
    [InlineData("F64", "000000000000F83F00000000000000C0")]
    [InlineData("F32", "0000C03F000000C0")]
    [InlineData("F16", "003E00C0")]
    [InlineData("BF16", "C03F00C0")]
    public void Every_float_type_is_converted(string type, string hex)
    {
        byte[] data = Convert.FromHexString(hex);
        string path = Write($$$"""{"x":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,{{{data.Length}}}]}}""", data);
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        Assert.Equal([1.5f, -2f], file.Read("x").Values);
    }

    [Theory]
    [InlineData("I64", "FFFFFFFFFFFFFFFF", -1f)]
    [InlineData("I32", "FFFFFFFF", -1f)]
    [InlineData("I16", "FFFF", -1f)]
    [InlineData("I8", "FF", -1f)]
    [InlineData("U8", "FF", 255f)]
    [InlineData("BOOL", "01", 1f)]
    public void Every_integer_type_is_converted(string type, string hex, float expected)
    {
        byte[] data = Convert.FromHexString(hex);
        string path = Write($$$"""{"x":{"dtype":"{{{type}}}","shape":[],"data_offsets":[0,{{{data.Length}}}]}}""", data);
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        Assert.Equal([expected], file.Read("x").Values);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "needs 8 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,400]}}""", "should lie at bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "should lie at bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "negative")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,4]}}""", "cannot be read")]
    [InlineData("""{"x":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""", "starts at byte 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "4 are there")]
    [InlineData("""{"x":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}}""", "element type 'F4'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "twice")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", "damaged")]
    [InlineData("""{"x":[[[[[[[[[[1]]]]]]]]]]}""", "damaged")]
    [InlineData("""{"x":7}""", "damaged")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1e400],"data_offsets":[0,4]}}""", "damaged")]
    public void A_hostile_header_is_a_clear_error(string header, string expected) =>
        Assert.Contains(expected, WeightFiles.Refused(Write(header, new byte[4])).Message);

    [Fact]
    public void A_header_longer_than_the_file_is_a_clear_error()
    {
        byte[] content = [0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, (byte)'{', (byte)'}'];
        Assert.Contains("16777215 bytes", WeightFiles.Refused(_files.Write("a", content)).Message);
    }

    private string Write(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return _files.Write("hand.bin", [.. BitConverter.GetBytes((long)text.Length), .. text, .. data]);
    }
}
