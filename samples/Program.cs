using CAManim.Native.Samples;

switch (args)
{
    case ["many", var model, var weights, var folder, .. var images] when images.Length > 0:
        await ManyVideos.Run(model, weights, images, folder, onCard: false).ConfigureAwait(false);
        return 0;

    case [var model, var weights, var image, var video]:
        ImageToVideo.Run(model, weights, image, video);
        return 0;

    default:
        Console.Error.WriteLine("Usage: camanim-samples MODEL WEIGHTS IMAGE VIDEO\n       camanim-samples many MODEL WEIGHTS FOLDER IMAGE...");
        return 2;
}
