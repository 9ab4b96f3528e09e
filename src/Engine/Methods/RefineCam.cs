using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Engine.Methods;

/// <summary>RefineCAM: Domeniconi et al. 2026, "How to Evaluate and Refine your CAM" (arXiv 2605.14641): the product of the maps of a layer and of coarser ones.</summary>
/// <remarks>
/// <para>The frame of a layer is the product of its own map and, for every coarser resolution, of the last map of that resolution, each
/// resized to the layer's and scaled to [0,1] by its minimum and maximum; a constant one counts as 0. So a layer has the factors that the
/// authors give it who take the last layer of every stage. The base method is <see cref="CamOptions.Base"/>, GradCAM++ if that is null.</para>
/// <para><see cref="Compatibility.Reference"/>: pytorch-grad-cam multiplies the maps of all layers that it is given, at the input's size; so
/// the frame is the product of its own map and of all that follow, at the input's size, with 1e-7 in the denominators, and the first of
/// the selected layers has the peer's map.</para>
/// </remarks>
internal sealed class RefineCam : DerivedMethod
{
    private const float ReferenceEpsilon = 1e-7f;

    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.RefineCAM,
        Name = "RefineCAM",
        Formula = "S = product of the base method's (GradCAM++) maps of the layer and of the last layer of every coarser resolution, each scaled to [0,1]",
        Source = "Domeniconi et al. 2026, How to Evaluate and Refine your CAM (arXiv 2605.14641)",
        NeedsGradient = true,
        IsMadeOfOthers = true,
        Deviations = "the product of all selected layers from this one on, at the input's size; paper mode: one layer a resolution",
    };

    public override IReadOnlyList<CamMethod> Components(CamOptions options) => [options.Base ?? CamMethod.GradCAMPlusPlus];

    public override CamResult Combine(IReadOnlyList<CamResult> components, CamOptions options)
    {
        CamResult maps = components[0];
        bool isReference = options.Compatibility == Compatibility.Reference;
        return maps.With([.. maps.Frames.Select((frame, i) =>
        {
            (int height, int width) = isReference ? (maps.InputHeight, maps.InputWidth) : (frame.Height, frame.Width);
            IEnumerable<LayerMap> factors = isReference ? maps.Frames.Skip(i) : [frame, .. Coarser(maps.Frames, i)];
            float[] product = new float[height * width];
            Array.Fill(product, 1);
            foreach (LayerMap factor in factors)
            {
                Multiply(product, factor, height, width, isReference ? ReferenceEpsilon : 0);
            }

            return LayerMaps.Replace(frame, product, height, width, maps.InputHeight, maps.InputWidth);
        })]);
    }

    private static IEnumerable<LayerMap> Coarser(IReadOnlyList<LayerMap> frames, int index) => frames
        .Skip(index + 1)
        .Where(f => f.Height * f.Width < frames[index].Height * frames[index].Width)
        .GroupBy(f => (f.Height, f.Width))
        .Select(g => g.Last());

    private static void Multiply(float[] product, LayerMap factor, int height, int width, float epsilon)
    {
        float[] resized = new float[product.Length];
        BilinearResize.Resize(factor.Map.Span, factor.Height, factor.Width, resized, height, width);
        float minimum = resized.Min();
        float range = resized.Max() - minimum + epsilon;
        for (int i = 0; i < product.Length; i++)
        {
            product[i] *= range == 0 ? 0 : (resized[i] - minimum) / range;
        }
    }
}
