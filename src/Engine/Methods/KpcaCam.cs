using System.Runtime.InteropServices;
using CAManim.Native.Engine.Methods.Components;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods;

/// <summary>KPCA-CAM: Karmani et al. 2024, "KPCA-CAM: Visual Explainability of Deep Computer Vision Models using Kernel PCA" (arXiv 2410.00267), eq. 3 to 6.</summary>
/// <remarks>
/// <para>Sigmoid kernel tanh(x·y / C + 1) between the positions' centred channel vectors, the kernel centred, S = sqrt(eigenvalue) times the
/// first eigenvector: scikit-learn's defaults, which the peer takes.</para>
/// <para>The kernel has (h·w)² elements. Above 4096 positions the eigenvector is found on every second, third, ... row and column and the
/// other positions are projected on it, so that memory stays bounded; the peer builds the whole kernel.</para>
/// <para>Sign: correlation with the mean of |A|; <see cref="Compatibility.Reference"/>: the largest magnitude is positive.</para>
/// </remarks>
internal sealed class KpcaCam : LayerMethod
{
    // A kernel of 4096² floats is 64 MiB.
    private const int MostPositions = 4096;

    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.KPCACAM,
        Name = "KPCA_CAM",
        Formula = "S = sqrt(l) u, (l, u) the first eigenpair of the centred kernel tanh(x_i·x_j/C + 1) of the positions",
        Source = "Karmani et al. 2024, KPCA-CAM, eq. 3 to 6",
        IsClassDiscriminative = false,
        Deviations = "sign: the largest magnitude is positive; paper mode: positive correlation with the mean of |A|",
    };

    public override void Reduce(in LayerTensors layer, Span<float> signedMap)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] strength = new float[signedMap.Length];
        Tensor matrix = CentredChannels.Make(layer, GradientFactor.None, strength);
        Tensor? landmarks = ChooseLandmarks(layer.Height, layer.Width);
        Tensor some = landmarks is null ? matrix : matrix.index_select(1, landmarks);
        int count = (int)some.shape[1];

        Tensor kernel = Kernel(some, some);
        Tensor means = kernel.mean([1], keepdim: true);
        Tensor mean = means.mean();
        Tensor centred = kernel.Minus(means).Minus(means.t()).Plus(mean);
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(centred.bytes);
        if (!double.IsFinite(Vectors.Sum(values)))
        {
            signedMap.Fill(float.NaN);
            return;
        }

        float[] vector = new float[count];
        double eigenvalue = Math.Max(0, Lanczos.FindLargest(new StoredMatrix(values), vector));
        if (landmarks is null)
        {
            Vectors.Scale(vector, (float)Math.Sqrt(eigenvalue));
            vector.CopyTo(signedMap);
        }
        else
        {
            Project(matrix, some, means, mean, vector, eigenvalue, signedMap);
        }

        if (layer.Options.Compatibility == Compatibility.Reference)
        {
            ComponentSign.LargestPositive(signedMap);
        }
        else
        {
            ComponentSign.FollowStrength(signedMap, strength);
        }
    }

    private static Tensor Kernel(Tensor x, Tensor y) => x.t().mm(y).Times(1.0 / x.shape[0]).Plus(1).tanh_();

    // A position's score is its centred kernel row times u / sqrt(l), what the landmarks themselves get too.
    private static void Project(Tensor matrix, Tensor landmarks, Tensor means, Tensor mean, float[] vector, double eigenvalue, Span<float> signedMap)
    {
        Tensor direction = tensor(vector).unsqueeze(1);
        float scale = eigenvalue > 0 ? (float)(1 / Math.Sqrt(eigenvalue)) : 0;
        for (int from = 0; from < signedMap.Length; from += MostPositions)
        {
            using DisposeScope scope = NewDisposeScope();
            int count = Math.Min(MostPositions, signedMap.Length - from);
            Tensor kernel = Kernel(matrix.narrow(1, from, count), landmarks);
            Tensor centred = kernel.Minus(kernel.mean([1], keepdim: true)).Minus(means.t()).Plus(mean);
            Tensor scores = centred.mm(direction).Times(scale).contiguous();
            MemoryMarshal.Cast<byte, float>(scores.bytes)[..count].CopyTo(signedMap[from..]);
        }
    }

    private static Tensor? ChooseLandmarks(int height, int width)
    {
        if (height * width <= MostPositions)
        {
            return null;
        }

        int stride = 2;
        while ((height + stride - 1) / stride * ((width + stride - 1) / stride) > MostPositions)
        {
            stride++;
        }

        List<long> positions = [];
        for (int y = 0; y < height; y += stride)
        {
            for (int x = 0; x < width; x += stride)
            {
                positions.Add((y * width) + x);
            }
        }

        return tensor(positions.ToArray());
    }
}
