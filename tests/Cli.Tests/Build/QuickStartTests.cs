using System.IO.Compression;
using System.Xml.Linq;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Build;

/// <summary>The library as a stranger meets it: packages, and the README's program in an empty folder.</summary>
public sealed class QuickStartTests(QuickStartTests.Packages packages) : IClassFixture<QuickStartTests.Packages>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly string[] Names = ["Encoding", "Engine", "Kernels", "Models", "Report"];

    [Theory]
    [InlineData("Program.cs", "csharp")]
    [InlineData("QuickStart.csproj", "xml")]
    [InlineData("nuget.config", "xml")]
    public void The_README_shows_the_sample(string name, string language)
    {
        string root = Repository.Require();
        string sample = File.ReadAllText(Path.Combine(root, "samples", "QuickStart", name));
        Assert.Contains($"```{language}\n{sample}```\n", File.ReadAllText(Path.Combine(root, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_package_has_readme_tags_licence_and_symbols()
    {
        string folder = packages.Require();
        Assert.Equal(Names.Select(n => $"CAManim.Native.{n}.0.1.0"), Directory.GetFiles(folder, "*.nupkg").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));
        foreach (string name in Names)
        {
            using ZipArchive package = ZipFile.OpenRead(Path.Combine(folder, $"CAManim.Native.{name}.0.1.0.nupkg"));
            using Stream nuspec = package.GetEntry($"CAManim.Native.{name}.nuspec")!.Open();
            XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single();
            string? Value(string key) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == key)?.Value;
            Assert.Equal(("README.md", "MIT"), (Value("readme"), Value("license")));
            Assert.NotNull(package.GetEntry("README.md"));
            Assert.NotEmpty(Value("tags")!);
            Assert.Contains(package.Entries, e => e.FullName == $"lib/net10.0/CAManim.Native.{name}.xml");
            using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(folder, $"CAManim.Native.{name}.0.1.0.snupkg"));
            Assert.Contains(symbols.Entries, e => e.FullName == $"lib/net10.0/CAManim.Native.{name}.pdb");
        }
    }

    [Fact]
    public void The_READMEs_program_runs_from_the_packages()
    {
        using TestFolder folder = new();
        string project = Prepare(folder, "quickstart");
        Video.Require();
        ToolResult result = Dotnet(project, "run");
        Assert.True(result.Code == 0, result.Output + result.Error);
        Assert.DoesNotContain("warning", result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("layer4", result.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(project, "maps.mp4")).Length, 10_000, 10_000_000);
    }

    [Fact]
    public void TorchSharp_may_be_used_first_and_the_published_program_sheds_what_it_does_not_need()
    {
        using TestFolder folder = new();
        string project = Prepare(folder, "first");
        File.WriteAllText(Path.Combine(project, "Program.cs"), """
            using TorchSharp;

            System.Console.WriteLine($"sum {torch.ones(3).sum().item<float>()}");
            System.Console.WriteLine(CAManim.Native.Models.ModelZoo.Names.Count > 70);
            """);
        ToolResult result = Dotnet(project, "publish", "-o", Path.Combine(project, "out"), "-p:UseCurrentRuntimeIdentifier=true", "-p:SelfContained=false");
        Assert.True(result.Code == 0, result.Output + result.Error);
        ToolResult program = Repository.Run(Path.Combine(project, "out", "QuickStart"), project, [], Patience);
        Assert.True(program.Code == 0, program.Error);
        Assert.Equal("sum 3\nTrue\n", program.Output);
        string[] natives = [.. Directory.GetFiles(Path.Combine(project, "out"), "*.so").Select(f => Path.GetFileName(f))];
        Assert.Contains("libtorch_cpu.so", natives);
        Assert.DoesNotContain("libtorch_python.so", natives);
        Assert.DoesNotContain("libjitbackend_test.so", natives);
    }

    [Fact]
    public void A_missing_libtorch_is_a_warning_that_names_the_package()
    {
        using TestFolder folder = new();
        string project = Prepare(folder, "missing");
        string file = Path.Combine(project, "QuickStart.csproj");
        File.WriteAllText(file, File.ReadAllText(file).Replace("    <PackageReference Include=\"libtorch-cpu-linux-x64\" Version=\"2.10.0\" />\n", "", StringComparison.Ordinal));
        ToolResult result = Dotnet(project, "build");
        Assert.True(result.Code == 0, result.Output + result.Error);
        Assert.Contains("warning CAMANIM001: QuickStart uses TorchSharp without libtorch's native libraries", result.Output, StringComparison.Ordinal);
        Assert.Contains("<PackageReference Include=\"libtorch-cpu-linux-x64\" Version=\"2.10.0\" />", result.Output, StringComparison.Ordinal);
    }

    /// <summary>The README's files in an empty folder, with a place for packages that holds everything but ours.</summary>
    private string Prepare(TestFolder folder, string name)
    {
        string feed = packages.Require();
        string root = Repository.Require();
        string project = Directory.CreateDirectory(folder.File(name)).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(root, "samples", "QuickStart")))
        {
            File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        }

        File.Copy(Path.Combine(root, "samples", "images", "ring-and-star.png"), Path.Combine(project, "ring-and-star.png"));
        string config = Path.Combine(project, "nuget.config");
        File.WriteAllText(config, File.ReadAllText(config).Replace("/path/to/CAManim.Native/artifacts/packages", feed, StringComparison.Ordinal));
        return project;
    }

    private ToolResult Dotnet(string project, params string[] arguments) =>
        Repository.Run("dotnet", project, [("NUGET_PACKAGES", packages.Cache)], Patience, arguments);

    /// <summary>Packs once for all tests.</summary>
    public sealed class Packages : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("camanim-packages-").FullName;
        private readonly Lazy<string> _feed;

        public Packages() => _feed = new Lazy<string>(Pack);

        /// <summary>Where packages are unpacked: links to what the machine has, so that nothing is downloaded again, and ours.</summary>
        public string Cache => Path.Combine(_folder, "cache");

        /// <summary>The folder of our packages.</summary>
        public string Require()
        {
            Repository.Require();
            Assert.SkipUnless(OperatingSystem.IsLinux(), "the packages are those of Linux");
            return _feed.Value;
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private string Pack()
        {
            string feed = Path.Combine(_folder, "feed");
            string root = Repository.Require();
            ToolResult result = Repository.Run("dotnet", root, [], Patience, "pack", "CAManim.Native.sln", "-c", Repository.Configuration, "--no-build", "-o", feed, "-v", "quiet", "--nologo");
            Assert.True(result.Code == 0, result.Output + result.Error);
            Directory.CreateDirectory(Cache);
            string own = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named ? named : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            foreach (string package in Directory.GetDirectories(own).Where(d => !Path.GetFileName(d).StartsWith("camanim", StringComparison.OrdinalIgnoreCase)))
            {
                Directory.CreateSymbolicLink(Path.Combine(Cache, Path.GetFileName(package)), package);
            }

            return feed;
        }
    }
}
