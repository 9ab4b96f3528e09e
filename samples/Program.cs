using CAManim.Native.Samples;

if (args.Length != 4)
{
    Console.Error.WriteLine("Usage: camanim-samples MODEL WEIGHTS IMAGE VIDEO");
    return 2;
}

ImageToVideo.Run(args[0], args[1], args[2], args[3]);
return 0;
