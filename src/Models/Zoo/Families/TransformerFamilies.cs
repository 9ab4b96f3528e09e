using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks.Transformers;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>ViT (Dosovitskiy 2021), Swin version 1 (Liu 2021) and 2 (Liu 2022), MaxViT (Tu 2022).</summary>
internal static class TransformerFamilies
{
    public static IEnumerable<Architecture> Architectures =>
    [
        new("vit_b_16", () => new VisionTransformer(224, 16, 12, 12, 768, 3072)),
        new("vit_b_32", () => new VisionTransformer(224, 32, 12, 12, 768, 3072)),
        new("vit_l_16", () => new VisionTransformer(224, 16, 24, 16, 1024, 4096), ResizeSize: 242),
        new("vit_l_32", () => new VisionTransformer(224, 32, 24, 16, 1024, 4096)),
        new("swin_t", () => Swin(96, [2, 2, 6, 2], 7, 0.2), ResizeSize: 232),
        new("swin_s", () => Swin(96, [2, 2, 18, 2], 7, 0.3), ResizeSize: 246),
        new("swin_b", () => Swin(128, [2, 2, 18, 2], 7, 0.5), ResizeSize: 238),
        new("swin_v2_t", () => Swin(96, [2, 2, 6, 2], 8, 0.2, isVersion2: true), 256, 260),
        new("swin_v2_s", () => Swin(96, [2, 2, 18, 2], 8, 0.3, isVersion2: true), 256, 260),
        new("swin_v2_b", () => Swin(128, [2, 2, 18, 2], 8, 0.5, isVersion2: true), 256, 272),
        new("maxvit_t", () => new MaxVit(224, 64, [64, 128, 256, 512], [2, 2, 5, 2], 0.2), ResizeSize: 224),
    ];

    private static Pipeline Swin(int width, int[] depths, int window, double dropProbability, bool isVersion2 = false)
    {
        const int headChannels = 32;
        double last = depths.Sum() - 1;
        int index = 0;
        int channels = width;
        List<nn.Module<Tensor, Tensor>> features = [new Sequential(new Conv2d(3, width, 4, 4), Function.Permute(0, 2, 3, 1), new LayerNorm(width))];
        for (int stage = 0; stage < depths.Length; stage++)
        {
            var blocks = new List<nn.Module<Tensor, Tensor>>(depths[stage]);
            for (int i = 0; i < depths[stage]; i++)
            {
                blocks.Add(new SwinBlock(channels, channels / headChannels, window, i % 2 == 0 ? 0 : window / 2, dropProbability * index++ / last, isVersion2));
            }

            features.Add(new Sequential(blocks));
            if (stage < depths.Length - 1)
            {
                features.Add(new PatchMerging(channels, isVersion2));
                channels *= 2;
            }
        }

        return new Pipeline(
            "SwinTransformer",
            ("features", new Sequential(features)),
            ("norm", new LayerNorm(channels)),
            ("permute", Function.Permute(0, 3, 1, 2)),
            ("avgpool", Function.AdaptiveAvgPool2d()),
            ("flatten", Function.Flatten()),
            ("head", Linear.Head(channels)));
    }
}
