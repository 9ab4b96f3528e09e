using CAManim.Native.Kernels.Interop;
using TorchSharp;
var r = TorchRuntime.Load(); Console.WriteLine(r);
using var t = torch.ones(3,4); Console.WriteLine(t.sum().item<float>()+" "+torch.__version__);
return 0;
