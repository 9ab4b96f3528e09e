using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Targets;

/// <summary>Targets of networks that return something else than logits: segmentations, embeddings, boxes.</summary>
/// <remarks>They are functions of the network's own output for one image, without the batch dimension (<see cref="Target.Function"/>).</remarks>
public static class OutputTargets
{
    /// <summary>The mean score of a class over a region of a segmentation: mean over the mask's pixels of the output [K,H,W] at the class.</summary>
    /// <remarks>pytorch-grad-cam's SemanticSegmentationTarget is the sum, which is this times the region's pixels: maps differ by that factor alone.</remarks>
    /// <param name="classIndex">0 to K-1.</param>
    /// <param name="mask">[H·W] at the output's size, row by row; above 0 belongs to the region.</param>
    /// <exception cref="ArgumentException">The mask is empty.</exception>
    public static Target Segmentation(int classIndex, ReadOnlyMemory<byte> mask)
    {
        long count = 0;
        foreach (byte value in mask.Span)
        {
            count += value > 0 ? 1 : 0;
        }

        if (count == 0)
        {
            throw new ArgumentException($"None of the mask's {mask.Length} values is above 0; at least one pixel of the region is expected.", nameof(mask));
        }

        float[] weights = [.. mask.ToArray().Select(v => v > 0 ? 1f / count : 0)];
        return Target.Function(output =>
        {
            if (output.dim() != 3 || (ulong)classIndex >= (ulong)output.shape[0] || output.shape[1] * output.shape[2] != weights.Length)
            {
                throw new CamException($"The network returned [{string.Join(',', output.shape)}] for an image; class scores [K,H,W] with K above {classIndex} and H·W = {weights.Length}, the mask's size, are expected.");
            }

            return output[classIndex].flatten().mul(tensor(weights, output.dtype, output.device)).sum();
        });
    }

    /// <summary>The cosine similarity of an embedding to a reference, -1 to 1: what makes the picture like it. Its negative: <paramref name="isDifference"/>.</summary>
    /// <remarks>pytorch-grad-cam's SimilarityToConceptTarget and DifferenceFromConceptTarget (1 less the similarity; the same gradients).</remarks>
    /// <param name="reference">[D], not all zero: the embedding of another picture, or the mean of several.</param>
    /// <param name="isDifference">What makes it unlike: 1 less the similarity.</param>
    /// <exception cref="ArgumentException">The reference has no direction.</exception>
    public static Target Similarity(ReadOnlyMemory<float> reference, bool isDifference = false)
    {
        double squares = 0;
        foreach (float value in reference.Span)
        {
            squares += (double)value * value;
        }

        if (!(squares > 0 && double.IsFinite(squares)))
        {
            throw new ArgumentException($"The reference of {reference.Length} values has the length {Math.Sqrt(squares)}; a finite one above 0 is expected.", nameof(reference));
        }

        float[] unit = [.. reference.ToArray().Select(v => (float)(v / Math.Sqrt(squares)))];
        return Target.Function(output =>
        {
            if (output.numel() != unit.Length)
            {
                throw new CamException($"The network returned [{string.Join(',', output.shape)}] for an image, and the reference has {unit.Length} values; an embedding of that many is expected.");
            }

            Tensor embedding = output.flatten();
            Tensor cosine = embedding.mul(tensor(unit, output.dtype, output.device)).sum().div(embedding.norm());
            return isDifference ? -cosine + 1 : cosine;
        });
    }

    /// <summary>
    /// How well boxes are found: for each box asked for, the detection that overlaps it most, and of that the overlap
    /// (intersection over union) plus the class's score. Boxes that nothing overlaps by <paramref name="overlap"/> add nothing.
    /// </summary>
    /// <remarks>As pytorch-grad-cam's FasterRCNNBoxScoreTarget; there a class is the one that the network decided for, here its column's score.</remarks>
    /// <param name="boxes">Left, top, right, bottom, and the class, in the output's units.</param>
    /// <param name="overlap">Smallest intersection over union, 0 to 1.</param>
    /// <returns>A target of outputs [R,4+K]: R detections, each left, top, right, bottom and K class scores.</returns>
    /// <exception cref="ArgumentException">There is no box, or one is empty.</exception>
    public static Target Boxes(IReadOnlyList<(float Left, float Top, float Right, float Bottom, int ClassIndex)> boxes, float overlap = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        if (boxes.Count == 0 || boxes.Any(b => !(b.Right > b.Left && b.Bottom > b.Top) || b.ClassIndex < 0))
        {
            throw new ArgumentException($"{boxes.Count} boxes were given; at least one is expected, each with right above left, bottom above top and a class of 0 or more.", nameof(boxes));
        }

        int classes = boxes.Max(b => b.ClassIndex) + 1;
        return Target.Function(output =>
        {
            if (output.dim() != 2 || output.shape[1] < 4 + classes)
            {
                throw new CamException($"The network returned [{string.Join(',', output.shape)}] for an image; detections [R,4+K], each left, top, right, bottom and K class scores with K of {classes} or more, are expected.");
            }

            // Where nothing overlaps the score is 0, and still depends on the output.
            Tensor sum = output.sum() * 0;
            foreach ((float left, float top, float right, float bottom, int classIndex) in output.shape[0] == 0 ? [] : boxes)
            {
                Tensor width = (output.select(1, 2).clamp(max: right) - output.select(1, 0).clamp(min: left)).clamp(min: 0);
                Tensor height = (output.select(1, 3).clamp(max: bottom) - output.select(1, 1).clamp(min: top)).clamp(min: 0);
                Tensor both = width * height;
                Tensor own = (output.select(1, 2) - output.select(1, 0)) * (output.select(1, 3) - output.select(1, 1));
                Tensor shares = both / (own + ((right - left) * (bottom - top)) - both);
                long best = shares.detach().argmax().item<long>();
                if (shares[best].item<float>() >= overlap)
                {
                    sum = sum + shares[best] + output[best, 4 + classIndex];
                }
            }

            return sum;
        });
    }
}
