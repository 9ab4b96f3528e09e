using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

// Or "resnet50" with "resnet50.pth" and a photograph.
using LoadedModel model = ModelZoo.Create("demo_scenes", "default");
ModelInput input = Preprocessing.For(model).Apply(ImageFile.Load("ring-and-star.png"));
using Tensor tensor = input.ToTensor();
CamResult result = new CamEngine(model.Module).Run(tensor, new CamOptions { Method = CamMethod.GradCAM });
foreach (var frame in result.Frames)
{
    Console.WriteLine($"{frame.Name}: {frame.Height}x{frame.Width}, largest value {frame.Maximum}");
}

CamVideo.Write("maps.mp4", input.Original, result.Frames, new VideoOptions { MapArea = input.Area, Target = model.ClassNames[result.ClassIndex], Probability = result.Probability });
