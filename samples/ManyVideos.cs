using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Samples;

/// <summary>A video of each of many images: the network works on the next one while the frames of the one before are drawn and encoded.</summary>
public static class ManyVideos
{
    /// <summary>Explains the top class of every image; the video of <c>dog.png</c> is <c>dog.mp4</c> in the folder.</summary>
    /// <param name="modelName">A network of the zoo.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="imagePaths">The images.</param>
    /// <param name="folder">Where the videos go.</param>
    /// <param name="onCard">Whether the network and the frames are on the first card.</param>
    public static async Task Run(string modelName, string weights, IReadOnlyList<string> imagePaths, string folder, bool onCard)
    {
        using LoadedModel model = ModelZoo.Create(modelName);
        model.LoadWeights(weights);
        Device device = onCard ? CUDA : CPU;
        model.Module.to(device);
        CamEngine engine = new(model.Module);

        // Work of its own order: frames are drawn beside the next image's layers, not behind them.
        using KernelDevice? drawing = onCard ? KernelDevice.Open(AcceleratorKind.Cuda, 0, hasOwnOrder: true) : null;
        Task writing = Task.CompletedTask;
        try
        {
            foreach (string path in imagePaths)
            {
                ModelInput input = Preprocessing.For(model).Apply(ImageFile.Load(path));
                using Tensor tensor = input.ToTensor().to(device, disposeAfter: true);
                CamResult maps = engine.Run(tensor);
                await writing.ConfigureAwait(false);
                string video = Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(path), ".mp4"));
                VideoOptions look = new() { MapArea = input.Area, Target = model.ClassNames[maps.ClassIndex], Probability = maps.Probability, Device = drawing };
                writing = Task.Run(() => CamVideo.Write(video, input.Original, maps.Frames, look));
            }
        }
        finally
        {
            await writing.ConfigureAwait(false);
        }
    }
}
