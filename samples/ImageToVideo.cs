using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Samples;

/// <summary>From an image to the maps of all layers and to a video.</summary>
public static class ImageToVideo
{
    /// <summary>Explains the top class of <paramref name="imagePath"/> and writes the video.</summary>
    public static CamResult Run(string modelName, string weights, string imagePath, string videoPath)
    {
        using LoadedModel model = ModelZoo.Create(modelName);
        model.LoadWeights(weights);
        ModelInput input = Preprocessing.For(model).Apply(ImageFile.Load(imagePath));
        using Tensor tensor = input.ToTensor();
        CamResult result = new CamEngine(model.Module).Run(tensor, new CamOptions { Method = CamMethod.GradCAM });
        foreach (var frame in result.Frames)
        {
            Console.WriteLine($"{frame.Name}: {frame.Height}x{frame.Width}, largest value {frame.Maximum}");
        }

        CamVideo.Write(videoPath, input.Original, result.Frames, new VideoOptions { MapArea = input.Area, Target = model.ClassNames[result.ClassIndex], Probability = result.Probability });
        return result;
    }
}
