namespace CAManim.Native.Models.Tests.Zoo;

public sealed class ClassListTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camanim-classes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.txt", "ant\nbee\r\n wasp \n\n")]
    [InlineData("a.json", """["ant", "bee", "wasp"]""")]
    [InlineData("b.json", """{"2": "wasp", "0": "ant", "1": "bee"}""")]
    [InlineData("c.json", """{"wasp": 2, "ant": 0, "bee": 1}""")]
    [InlineData("d.json", """{"0": ["n01", "ant"], "1": ["n02", "bee"], "2": ["n03", "wasp"]}""")]
    [InlineData("e.json", """{"architectures": ["X"], "id2label": {"0": "ant", "1": "bee", "2": "wasp"}}""")]
    [InlineData("a.csv", "ant\nbee\nwasp\n")]
    [InlineData("b.csv", "index,name\n0,ant\n1,bee\n2,wasp\n")]
    [InlineData("c.csv", "name,index\nwasp,2\n\"ant\",0\nbee,1\n")]
    [InlineData("d.csv", "class\nant\nbee\nwasp\n")]
    [InlineData("e.csv", "0,ant\n1,bee\n2,wasp")]
    public void Names_are_read_in_every_form(string file, string content)
    {
        ClassNames names = ClassNames.Read(Write(file, content));
        Assert.Equal(["ant", "bee", "wasp"], names.Names);
        Assert.Equal(2, names.Resolve("Wasp"));
        Assert.Contains(file, names.Dataset);
    }

    [Fact]
    public void A_list_is_read()
    {
        Assert.Equal(["ant", "honey bee"], ClassNames.Read("ant, honey bee").Names);
        Assert.Equal(["a,b", "say \"c\""], ClassNames.Read(Write("q.csv", "0,\"a,b\"\n1,\"say \"\"c\"\"\"\n")).Names);
        Assert.Equal(["a?b".Replace("?", ""), "c"], ClassNames.Read(Write("control.txt", "a\u001bb\nc")).Names);
    }

    [Theory]
    [InlineData("a.json", """{"0": "ant", "2": "bee"}""", "none for index 1")]
    [InlineData("a.json", """{"ant": 0, "bee": 0}""", "index 0 twice")]
    [InlineData("a.json", """{"ant": "x"}""", "no names of classes")]
    [InlineData("a.json", "[1, 2]", "no names of classes")]
    [InlineData("a.json", "[", "no names of classes")]
    [InlineData("a.csv", "ant,bee\nwasp,fly\n", "no column of indices")]
    [InlineData("a.txt", "\n \n", "0 names")]
    public void What_is_unclear_is_refused(string file, string content, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => ClassNames.Read(Write(file, content))).Message);

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Assert.Contains("neither a file nor a list", Assert.Throws<ArgumentException>(() => ClassNames.Read("nowhere.txt")).Message);
        Assert.Contains("Name 1", Assert.Throws<ArgumentException>(() => ClassNames.Read("a,,b")).Message);
    }

    private string Write(string file, string content)
    {
        string path = Path.Combine(_folder, file);
        File.WriteAllText(path, content);
        return path;
    }
}
