using Microsoft.Playwright;

namespace CAManim.Native.Tests;

/// <summary>Starts the system's Chromium without a window. CAMANIM_CHROMIUM names another.</summary>
internal static class ChromiumLauncher
{
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    // WebGL is drawn by software here, which Chromium offers only when asked.
    private static readonly string[] Switches = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

    /// <summary>Where it is; null: there is none.</summary>
    public static string? Executable { get; } = Environment.GetEnvironmentVariable("CAMANIM_CHROMIUM") is { Length: > 0 } own ? own : Find();

    /// <summary>Starts it; without WebGL it is as a user without a graphics card has it.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, bool hasWebGl = true) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = hasWebGl ? Switches : [] });

    private static string? Find() => Names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
