using System.Globalization;
using System.Reflection;

namespace CAManim.Native.Models.Weights;

/// <summary>A weight file that torchvision publishes.</summary>
/// <param name="Network">torchvision's name of the network.</param>
/// <param name="Variant">torchvision's name of the weights, for instance <c>IMAGENET1K_V1</c>.</param>
/// <param name="FileName">Name under <c>https://download.pytorch.org/models/</c>; ends with the first digits of the file's SHA-256.</param>
/// <param name="InputSize">Side of the input in pixels.</param>
/// <param name="ResizeSize">Side that the shorter edge is scaled to before the centre crop.</param>
/// <param name="IsDefault">Whether <c>default</c> means these.</param>
public sealed record PublishedWeights(string Network, string Variant, string FileName, int InputSize, int ResizeSize, bool IsDefault)
{
    private static readonly Lazy<ILookup<string, PublishedWeights>> Table = new(() => Read().ToLookup(w => w.Network, StringComparer.OrdinalIgnoreCase));

    /// <summary>The first digits of the file's SHA-256, as they stand in its name.</summary>
    public string HashPrefix => FileName[(FileName.LastIndexOf('-') + 1)..FileName.LastIndexOf('.')];

    /// <summary>All weights of a network; empty where there are none.</summary>
    /// <param name="network">torchvision's name.</param>
    public static IReadOnlyList<PublishedWeights> Of(string network) => [.. Table.Value[network]];

    /// <summary>Finds weights by variant, or the default ones by <c>default</c>; case does not matter.</summary>
    /// <param name="network">torchvision's name.</param>
    /// <param name="variant">torchvision's name of the weights, or <c>default</c>.</param>
    /// <returns>The weights, or null where there are none of that name.</returns>
    public static PublishedWeights? Find(string network, string variant)
    {
        ArgumentNullException.ThrowIfNull(variant);
        return Of(network).FirstOrDefault(w => variant.Equals(w.Variant, StringComparison.OrdinalIgnoreCase) || (w.IsDefault && variant.Equals("default", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether a text asks for published weights rather than for a file: <c>default</c> or <c>IMAGENET1K_...</c>.</summary>
    /// <param name="text">What stands after <c>--weights</c>.</param>
    public static bool IsVariant(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Equals("default", StringComparison.OrdinalIgnoreCase) || text.StartsWith("IMAGENET1K_", StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<PublishedWeights> Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("published-weights.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && line.Split(' ') is [var network, var variant, var file, var size, var resize, var isDefault])
            {
                yield return new PublishedWeights(network, variant, file, int.Parse(size, CultureInfo.InvariantCulture), int.Parse(resize, CultureInfo.InvariantCulture), isDefault == "default");
            }
        }
    }
}
