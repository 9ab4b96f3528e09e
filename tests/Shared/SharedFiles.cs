namespace CAManim.Native.Tests;

/// <summary>The reference files beside the checkout; tests that need one skip, with the reason, where it is absent.</summary>
public static class SharedFiles
{
    private static readonly string? Root = FindRoot();

    /// <summary>Full path of a file or folder under <c>shared/</c>; skips the running test where it does not exist.</summary>
    public static string Require(string relativePath)
    {
        Assert.SkipUnless(Root is not null, "the shared reference folder is not beside this checkout");
        string path = Path.Combine(Root, relativePath);
        Assert.SkipUnless(Path.Exists(path), $"shared/{relativePath} does not exist");
        return path;
    }

    private static string? FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared");
            if (File.Exists(Path.Combine(candidate, "reference", "README.md")))
            {
                return candidate;
            }
        }

        return null;
    }
}
