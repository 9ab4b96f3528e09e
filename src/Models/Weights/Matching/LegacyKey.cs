using System.Text.RegularExpressions;

namespace CAManim.Native.Models.Weights.Matching;

/// <summary>Keys of torchvision's older files, under which its published weights still lie.</summary>
internal static partial class LegacyKey
{
    /// <summary>The key as it is called today; the same where nothing changed.</summary>
    /// <remarks>DenseNet: <c>denselayer1.norm.1.weight</c> became <c>denselayer1.norm1.weight</c>. ViT: <c>mlp.linear_1</c> and <c>linear_2</c> became <c>mlp.0</c> and <c>mlp.3</c>.</remarks>
    public static string Renamed(string key) =>
        VisionTransformer().Replace(DenseNet().Replace(key, "$1$2"), m => m.Groups[1].Value + (m.Groups[2].Value == "1" ? "0" : "3"));

    [GeneratedRegex(@"(denselayer\d+\.(?:norm|relu|conv))\.([12])(?=\.)")]
    private static partial Regex DenseNet();

    [GeneratedRegex(@"(encoder_layer_\d+\.mlp\.)linear_([12])(?=\.)")]
    private static partial Regex VisionTransformer();
}
