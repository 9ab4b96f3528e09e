using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Interop.Cuda;
using CAManim.Native.Kernels.Tests.Ptx;

namespace CAManim.Native.Kernels.Tests.Cuda;

/// <summary>
/// A driver without a card: it checks what a driver demands (a context that is current, handles that it gave and that are alive), fails on
/// request, and runs launched kernels: on the emulator, with arguments read back from the memory that they were packed into, or their PTX.
/// </summary>
internal sealed unsafe class FakeDriver : ICudaDriver
{
    private const int Contexts = 0x1000;
    private readonly Dictionary<nint, string> _live = [];
    private readonly Dictionary<nint, (string Text, string Entry)> _functions = [];
    private readonly Stack<nint> _current = [];
    private readonly Dictionary<string, CudaResult> _failures = [];
    private readonly PackedKernels _kernels = new();
    private nint _next = 0x10;
    private bool _isStarted;

    /// <summary>Cards of the machine.</summary>
    public int Cards { get; init; } = 1;

    /// <summary>Executes the kernels' PTX; without one the emulator runs what they were compiled from.</summary>
    public PtxMachine? Machine { get; init; }

    public (int Major, int Minor) Capability { get; init; } = (8, 0);

    /// <summary>Names of the calls, in their order; pushing and popping of the context is left out.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The stream of each launch.</summary>
    public List<nint> Streams { get; } = [];

    /// <summary>What was made and not freed.</summary>
    public IEnumerable<string> Live => _live.Values;

    /// <summary>Contexts that are current; 0 outside of calls.</summary>
    public int Depth => _current.Count;

    /// <summary>Memory of pools and foreign memory: context (0 for a pool) and ordinal by address.</summary>
    public Dictionary<nint, (nint Context, int Ordinal)> Foreign { get; } = [];

    /// <summary>Whether memory that is not known otherwise is the first card's: tensors of the processor stand for those of a card.</summary>
    public bool OwnsTheRest { get; set; }

    /// <summary>Makes the next calls of a name fail.</summary>
    public void Fail(string call, CudaResult result) => _failures[call] = result;

    public void Heal() => _failures.Clear();

    /// <summary>The primary context of a card.</summary>
    public static nint ContextOf(int ordinal) => Contexts + ordinal;

    public CudaResult Init() => Call(nameof(Init), () => _isStarted = true, needsContext: false);

    public CudaResult DriverGetVersion(out int version)
    {
        version = 12040;
        return Call(nameof(DriverGetVersion), needsContext: false);
    }

    public CudaResult DeviceGetCount(out int count)
    {
        count = Cards;
        return Call(nameof(DeviceGetCount), needsContext: false);
    }

    public CudaResult DeviceGet(out int device, int ordinal)
    {
        device = ordinal;
        return Call(nameof(DeviceGet), () => Assert.InRange(ordinal, 0, Cards - 1), needsContext: false);
    }

    public CudaResult DeviceGetName(out string name, int device)
    {
        name = $"Fake {device}";
        return Call(nameof(DeviceGetName), needsContext: false);
    }

    public CudaResult DeviceTotalMem(out nuint bytes, int device)
    {
        bytes = 1 << 30;
        return Call(nameof(DeviceTotalMem), needsContext: false);
    }

    public CudaResult DeviceGetAttribute(out int value, CudaDeviceAttribute attribute, int device)
    {
        // The shape of what runs the kernels.
        value = attribute switch
        {
            CudaDeviceAttribute.MaxThreadsPerBlock => Machine is null ? 8 : 1024,
            CudaDeviceAttribute.WarpSize => Machine is null ? 4 : PtxWarp.Lanes,
            CudaDeviceAttribute.ComputeCapabilityMajor => Capability.Major,
            CudaDeviceAttribute.ComputeCapabilityMinor => Capability.Minor,
            _ => 1,
        };
        return Call(nameof(DeviceGetAttribute), needsContext: false);
    }

    public CudaResult DevicePrimaryCtxRetain(out nint context, int device)
    {
        context = ContextOf(device);
        return Call(nameof(DevicePrimaryCtxRetain), () => _live[ContextOf(device)] = "context", needsContext: false);
    }

    public CudaResult DevicePrimaryCtxRelease(int device) => Call(nameof(DevicePrimaryCtxRelease), () => Remove(ContextOf(device)), needsContext: false);

    public CudaResult CtxPushCurrent(nint context)
    {
        Assert.Equal("context", _live.GetValueOrDefault(context));
        _current.Push(context);
        return _failures.GetValueOrDefault(nameof(CtxPushCurrent));
    }

    public CudaResult CtxPopCurrent(out nint context)
    {
        context = _current.Pop();
        return CudaResult.Success;
    }

    public CudaResult ModuleLoadDataEx(out nint module, ReadOnlySpan<byte> image, out string log)
    {
        Assert.Equal(0, image[^1]);
        module = Next();
        string text = System.Text.Encoding.UTF8.GetString(image[..^1]);
        _functions[module] = (text, "");
        log = _failures.ContainsKey(nameof(ModuleLoadDataEx)) ? "ptxas error: line 7" : "";
        nint made = module;
        return Call(nameof(ModuleLoadDataEx), () => _live[made] = "module");
    }

    public CudaResult ModuleUnload(nint module) => Call(nameof(ModuleUnload), () => Remove(module));

    public CudaResult ModuleGetFunction(out nint function, nint module, string name)
    {
        Assert.Contains($".entry {name}(", _functions[module].Text, StringComparison.Ordinal);
        function = Next();
        _functions[function] = (_functions[module].Text, name);
        return Call(nameof(ModuleGetFunction));
    }

    public CudaResult FuncGetAttribute(out int value, CudaFunctionAttribute attribute, nint function)
    {
        value = (int)attribute;
        return Call(nameof(FuncGetAttribute));
    }

    public CudaResult LaunchKernel(nint function, uint groups, uint threads, nint stream, nint parameters)
    {
        Assert.True(stream == 0 || _live.GetValueOrDefault(stream) == "stream");
        return Call(nameof(LaunchKernel), () =>
        {
            Streams.Add(stream);
            if (Machine is null)
            {
                _kernels.Run(_functions[function].Text, (int)groups, (int)threads, (byte**)parameters);
            }
            else
            {
                PackedKernels.Execute(Machine, _functions[function].Text, (int)groups, (int)threads, (byte**)parameters);
            }
        });
    }

    public CudaResult MemAlloc(out nint address, nuint bytes)
    {
        address = 0;
        CudaResult result = Call(nameof(MemAlloc));
        if (result == CudaResult.Success)
        {
            address = (nint)NativeMemory.AlignedAlloc(bytes, 256);
            _live[address] = "memory";
            Machine?.Heap.Add($"allocation {_live.Count}", address, (long)bytes, isDefined: false);
        }

        return result;
    }

    public CudaResult MemFree(nint address) => Call(nameof(MemFree), () => FreeMemory(address));

    public CudaResult MemHostAlloc(out nint address, nuint bytes, CudaHostFlags flags)
    {
        Assert.Equal(CudaHostFlags.Portable | CudaHostFlags.DeviceMap, flags);
        address = (nint)NativeMemory.AlignedAlloc(bytes, 4096);
        nint made = address;
        Machine?.Heap.Add("host memory", made, (long)bytes, isDefined: true);
        return Call(nameof(MemHostAlloc), () => _live[made] = "host memory");
    }

    public CudaResult MemFreeHost(nint address) => Call(nameof(MemFreeHost), () => FreeMemory(address));

    public CudaResult MemHostGetDevicePointer(out nint device, nint host)
    {
        device = host;
        return Call(nameof(MemHostGetDevicePointer));
    }

    public CudaResult MemcpyAsync(nint to, nint from, nuint bytes, nint stream) =>
        Call(nameof(MemcpyAsync), () =>
        {
            NativeMemory.Copy((void*)from, (void*)to, bytes);
            Machine?.Heap.Copied(to, from, (long)bytes);
        });

    public CudaResult MemsetD8Async(nint to, byte value, nuint bytes, nint stream) =>
        Call(nameof(MemsetD8Async), () =>
        {
            NativeMemory.Fill((void*)to, bytes, value);
            Machine?.Heap.Filled(to, (long)bytes);
        });

    public CudaResult PointerGetAttribute(out nint value, CudaPointerAttribute attribute, nint address)
    {
        bool isKnown = Foreign.TryGetValue(address, out (nint Context, int Ordinal) owner) || OwnsTheRest;
        owner = Foreign.ContainsKey(address) || !isKnown ? owner : (ContextOf(0), 0);
        value = attribute == CudaPointerAttribute.Context ? owner.Context : owner.Ordinal;
        CudaResult result = Call(nameof(PointerGetAttribute));
        return isKnown ? result : CudaResult.InvalidValue;
    }

    public CudaResult StreamCreate(out nint stream)
    {
        stream = Next();
        nint made = stream;
        return Call(nameof(StreamCreate), () => _live[made] = "stream");
    }

    public CudaResult StreamDestroy(nint stream) => Call(nameof(StreamDestroy), () => Remove(stream));

    public CudaResult StreamSynchronize(nint stream) => Call(nameof(StreamSynchronize));

    public CudaResult StreamWaitEvent(nint stream, nint waited) => Call(nameof(StreamWaitEvent), () => Assert.Equal("event", _live.GetValueOrDefault(waited)));

    public CudaResult EventCreate(out nint created)
    {
        created = Next();
        nint made = created;
        return Call(nameof(EventCreate), () => _live[made] = "event");
    }

    public CudaResult EventRecord(nint recorded, nint stream) => Call(nameof(EventRecord), () => Assert.Equal("event", _live.GetValueOrDefault(recorded)));

    public CudaResult EventSynchronize(nint waited) => Call(nameof(EventSynchronize));

    public CudaResult EventElapsedTime(out float milliseconds, nint from, nint to)
    {
        milliseconds = 1;
        return Call(nameof(EventElapsedTime));
    }

    public CudaResult EventDestroy(nint destroyed) => Call(nameof(EventDestroy), () => Remove(destroyed));

    public string Describe(CudaResult result) => $"{result} ({(int)result}): the fake driver was told to";

    private CudaResult Call(string name, Action? action = null, bool needsContext = true)
    {
        Calls.Add(name);
        Assert.True(_isStarted || name == nameof(Init), $"{name} before Init");
        Assert.True(!needsContext || _current.Count > 0, $"{name} without a current context");
        CudaResult result = _failures.GetValueOrDefault(name);
        if (result == CudaResult.Success)
        {
            action?.Invoke();
        }

        return result;
    }

    private nint Next() => _next++;

    private void Remove(nint handle) => Assert.True(_live.Remove(handle), $"0x{handle:x} was freed and is not alive");

    private void FreeMemory(nint address)
    {
        Remove(address);
        Machine?.Heap.Remove(address);
        NativeMemory.AlignedFree((void*)address);
    }
}
