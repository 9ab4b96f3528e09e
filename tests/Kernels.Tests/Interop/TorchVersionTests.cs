using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Kernels.Tests.Interop;

public sealed class TorchVersionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camanim-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LibtorchsOwnFile()
    {
        File.WriteAllText(Path.Combine(_folder, "build-version"), "2.10.0+cu128\n");
        Assert.Equal("2.10.0+cu128", TorchVersion.Find(Path.Combine(_folder, "lib")));
    }

    [Fact]
    public void APythonTorch()
    {
        File.WriteAllText(Path.Combine(_folder, "version.py"), "from typing import Optional\n\n__all__ = ['__version__', 'debug']\n__version__ = '2.7.1+cu126'\ndebug = False\n");
        Assert.Equal("2.7.1+cu126", TorchVersion.Find(Path.Combine(_folder, "lib/")));
    }

    [Fact]
    public void APackage()
    {
        Assert.Equal("2.10.0", TorchVersion.Find("/root/.nuget/packages/libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native"));
        Assert.Null(TorchVersion.Find(Path.Combine(_folder, "lib")));
    }

    [Fact]
    public void AnotherVersionIsSaid()
    {
        Assert.Null(TorchVersion.Note(null, "/x"));
        Assert.Null(TorchVersion.Note("2.10.0+cu128", "/x"));
        Assert.Null(TorchVersion.Note("2.10", "/x"));
        Assert.Contains("libtorch in /x is 2.7.1+cu126; TorchSharp was built for 2.10", TorchVersion.Note("2.7.1+cu126", "/x"), StringComparison.Ordinal);
        Assert.NotNull(TorchVersion.Note("2.100.0", "/x"));
    }
}
