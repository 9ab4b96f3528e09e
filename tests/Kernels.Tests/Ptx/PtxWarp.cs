using System.Numerics;

namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>32 threads with a program counter each: those that are furthest behind go on together, until they meet the others.</summary>
internal sealed unsafe class PtxWarp
{
    public const int Lanes = 32;

    private const int SectorInBytes = 32;

    private readonly PtxLaunch _launch;
    private readonly PtxBlock _block;
    private readonly int _first;
    private readonly ulong[] _values;

    // Bit l: lane l has written the row.
    private readonly uint[] _defined;
    private readonly int[] _counters = new int[Lanes];
    private uint _live;
    private uint _waiting;

    public PtxWarp(PtxLaunch launch, PtxBlock block, int warp)
    {
        (_launch, _block, _first) = (launch, block, warp * Lanes);
        _values = new ulong[launch.Program.Rows * Lanes];
        _defined = new uint[launch.Program.Rows];
    }

    public bool IsDone => _live == 0;

    /// <summary>At the first instruction, nothing in the registers.</summary>
    public void Start()
    {
        int lanes = int.Min(Lanes, _launch.Threads - _first);
        _live = lanes == Lanes ? uint.MaxValue : (1u << lanes) - 1;
        _waiting = 0;
        Array.Clear(_counters);
        Array.Clear(_defined);
        foreach ((int row, ulong value) in _launch.Program.Constants)
        {
            Fill(row, _ => value);
        }

        foreach ((string name, int row) in _launch.Program.Specials)
        {
            Fill(row, name switch
            {
                "%tid.x" => lane => (ulong)(_first + lane),
                "%ntid.x" => _ => (ulong)_launch.Threads,
                "%ctaid.x" => _ => (ulong)_block.Number,
                "%nctaid.x" => _ => (ulong)_launch.Blocks,
                _ => lane => (ulong)lane,
            });
        }
    }

    /// <summary>Lets the lanes go on from a barrier.</summary>
    public void Release() => _waiting = 0;

    /// <summary>Runs until every lane has ended or waits at a barrier.</summary>
    public void Run()
    {
        while ((_live & ~_waiting) != 0)
        {
            RunGroup(_live & ~_waiting);
        }
    }

    private void RunGroup(uint ready)
    {
        int[] ranks = _launch.Program.Ranks;
        int at = _counters[BitOperations.TrailingZeroCount(ready)];
        for (uint rest = ready; rest != 0; rest &= rest - 1)
        {
            int other = _counters[BitOperations.TrailingZeroCount(rest)];
            at = ranks[other] < ranks[at] ? other : at;
        }

        uint group = 0;
        int others = int.MaxValue;
        for (uint rest = ready; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            if (_counters[lane] == at)
            {
                group |= 1u << lane;
            }
            else
            {
                others = int.Min(others, ranks[_counters[lane]]);
            }
        }

        PtxInstruction[] program = _launch.Program.Instructions;
        while (ranks[at] < others)
        {
            PtxInstruction instruction = program[at];
            uint lanes = Guarded(instruction, group);
            Count(instruction, group);
            switch (instruction.Kind)
            {
                case PtxKind.Branch:
                    if (instruction.IsUniform && lanes != 0 && lanes != group)
                    {
                        throw Fault(instruction, lanes, "bra.uni, and the threads do not go the same way");
                    }

                    if (lanes != 0 && lanes != group)
                    {
                        Place(lanes, instruction.Jump);
                        Place(group & ~lanes, at + 1);
                        return;
                    }

                    at = lanes != 0 ? instruction.Jump : at + 1;
                    continue;

                case PtxKind.Return:
                    _live &= ~lanes;
                    group &= ~lanes;
                    if (group == 0)
                    {
                        return;
                    }

                    break;

                case PtxKind.Barrier:
                    if (lanes != _live)
                    {
                        throw Fault(instruction, lanes, $"a barrier that only the lanes 0x{lanes:x8} of 0x{_live:x8} reach together");
                    }

                    _waiting |= lanes;
                    Place(lanes, at + 1);
                    return;

                case PtxKind.Shuffle:
                    Shuffle(instruction, lanes);
                    break;

                case PtxKind.Compute:
                    Compute(instruction, lanes);
                    break;

                default:
                    Access(instruction, lanes);
                    break;
            }

            at++;
        }

        Place(group, at);
    }

    private uint Guarded(PtxInstruction instruction, uint group)
    {
        if (instruction.Guard < 0)
        {
            return group;
        }

        Demand(instruction, instruction.Guard, group);
        uint lanes = 0;
        for (uint rest = group; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            lanes |= (_values[(instruction.Guard * Lanes) + lane] != 0) != instruction.GuardIsNegated ? 1u << lane : 0;
        }

        return lanes;
    }

    private void Compute(PtxInstruction instruction, uint lanes)
    {
        foreach (int source in instruction.Sources)
        {
            Demand(instruction, source, lanes);
        }

        int[] sources = instruction.Sources;
        int a = sources[0] * Lanes;
        int b = sources.Length > 1 ? sources[1] * Lanes : a;
        int c = sources.Length > 2 ? sources[2] * Lanes : a;
        int target = instruction.Targets[0] * Lanes;
        Func<ulong, ulong, ulong, ulong> compute = instruction.Compute!;
        try
        {
            for (uint rest = lanes; rest != 0; rest &= rest - 1)
            {
                int lane = BitOperations.TrailingZeroCount(rest);
                _values[target + lane] = compute(_values[a + lane], _values[b + lane], _values[c + lane]);
            }
        }
        catch (Exception error) when (error is PtxFault or ArithmeticException)
        {
            throw Fault(instruction, lanes, error.Message);
        }

        _defined[instruction.Targets[0]] |= lanes;
    }

    private void Shuffle(PtxInstruction instruction, uint lanes)
    {
        foreach (int source in instruction.Sources)
        {
            Demand(instruction, source, lanes);
        }

        uint members = (uint)_values[(instruction.Sources[^1] * Lanes) + BitOperations.TrailingZeroCount(lanes)];
        if (lanes != members)
        {
            throw Fault(instruction, lanes, $"a shuffle of the lanes 0x{members:x8} that only 0x{lanes:x8} reach together");
        }

        int from = instruction.Sources[0] * Lanes;
        int step = instruction.Sources[1] * Lanes;
        Span<ulong> results = stackalloc ulong[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            int other = instruction.Opcode.Split('.')[2] switch
            {
                "down" => lane + (int)_values[step + lane],
                "up" => lane - (int)_values[step + lane],
                "bfly" => lane ^ (int)_values[step + lane],
                _ => (int)_values[step + lane],
            };
            results[lane] = _values[from + (other is >= 0 and < Lanes ? other : lane)];
        }

        results.CopyTo(_values.AsSpan(instruction.Targets[0] * Lanes));
        _defined[instruction.Targets[0]] |= lanes;
    }

    private void Access(PtxInstruction instruction, uint lanes)
    {
        foreach (int source in instruction.Sources)
        {
            Demand(instruction, source, lanes);
        }

        int elements = instruction.Kind == PtxKind.Load ? instruction.Targets.Length : instruction.Kind == PtxKind.Store ? instruction.Sources.Length - 1 : 1;
        int bytes = elements * instruction.SizeInBytes;
        Span<long> sectors = stackalloc long[Lanes];
        int touched = 0;
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            long address = (long)_values[(instruction.Sources[0] * Lanes) + lane] + instruction.Offset;
            byte* place = Find(instruction, address, bytes, lane);
            Move(instruction, place, lane, elements);
            sectors[touched++] = address / SectorInBytes;
        }

        foreach (int target in instruction.Targets)
        {
            _defined[target] |= lanes;
        }

        if (instruction.Space == PtxSpace.Global)
        {
            sectors = sectors[..touched];
            sectors.Sort();
            int distinct = touched > 0 ? 1 : 0;
            for (int i = 1; i < touched; i++)
            {
                distinct += sectors[i] != sectors[i - 1] ? 1 : 0;
            }

            _launch.Counters.Sectors += distinct;
            _launch.Counters.BytesLoaded += instruction.Kind == PtxKind.Store ? 0 : touched * bytes;
            _launch.Counters.BytesStored += instruction.Kind == PtxKind.Load ? 0 : touched * bytes;
        }
    }

    private byte* Find(PtxInstruction instruction, long address, int bytes, int lane)
    {
        if (instruction.Space == PtxSpace.Parameter)
        {
            if (address < 0 || address + bytes > _launch.Parameters.Length)
            {
                throw Fault(instruction, 1u << lane, $"byte {address} of the parameters, which have {_launch.Parameters.Length}");
            }

            // Pinned for as long as the launch runs.
            return (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _launch.Parameters[address]);
        }

        byte* place = (byte*)address;
        string? fault;
        if (instruction.Space == PtxSpace.Shared)
        {
            place = _block.Shared(address, bytes, bytes, instruction.Kind, _first + lane, out fault);
        }
        else
        {
            fault = _launch.Memory.Check((nint)address, bytes, bytes, instruction.Kind, new PtxThread(_launch.Number, _block.Number, _first + lane, _block.Epoch));
        }

        return fault is null ? place : throw Fault(instruction, 1u << lane, fault);
    }

    private void Move(PtxInstruction instruction, byte* place, int lane, int elements)
    {
        for (int element = 0; element < elements; element++, place += instruction.SizeInBytes)
        {
            if (instruction.Kind == PtxKind.Load)
            {
                _values[(instruction.Targets[element] * Lanes) + lane] = Load(place, instruction.SizeInBytes, instruction.Opcode.EndsWith("s8", StringComparison.Ordinal) || instruction.Opcode.EndsWith("s16", StringComparison.Ordinal));
            }
            else if (instruction.Kind == PtxKind.Store)
            {
                Store(place, instruction.SizeInBytes, _values[(instruction.Sources[element + 1] * Lanes) + lane]);
            }
            else
            {
                ulong old = Load(place, instruction.SizeInBytes, isSigned: false);
                Store(place, instruction.SizeInBytes, instruction.Compute!(old, _values[(instruction.Sources[1] * Lanes) + lane], 0));
                if (instruction.Targets.Length > 0)
                {
                    _values[(instruction.Targets[0] * Lanes) + lane] = old;
                }
            }
        }
    }

    private static ulong Load(byte* place, int size, bool isSigned) => size switch
    {
        1 => isSigned ? (uint)*(sbyte*)place : *place,
        2 => isSigned ? (uint)*(short*)place : *(ushort*)place,
        4 => *(uint*)place,
        _ => *(ulong*)place,
    };

    private static void Store(byte* place, int size, ulong value)
    {
        switch (size)
        {
            case 1: *place = (byte)value; break;
            case 2: *(ushort*)place = (ushort)value; break;
            case 4: *(uint*)place = (uint)value; break;
            default: *(ulong*)place = value; break;
        }
    }

    private void Count(PtxInstruction instruction, uint group)
    {
        _launch.Counters.Instructions += BitOperations.PopCount(group);
        _launch.Counters.WarpInstructions++;
        if (++_launch.Issued > _launch.MostInstructions)
        {
            throw Fault(instruction, group, $"no end after {_launch.MostInstructions} instructions");
        }
    }

    private void Demand(PtxInstruction instruction, int row, uint lanes)
    {
        if ((_defined[row] & lanes) != lanes)
        {
            throw Fault(instruction, lanes & ~_defined[row], "a register that was never written");
        }
    }

    private void Place(uint lanes, int at)
    {
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            _counters[BitOperations.TrailingZeroCount(rest)] = at;
        }
    }

    private void Fill(int row, Func<int, ulong> value)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            _values[(row * Lanes) + lane] = value(lane);
        }

        _defined[row] = uint.MaxValue;
    }

    private PtxFault Fault(PtxInstruction instruction, uint lanes, string what) => new(
        $"{_launch.Program.Name}, line {instruction.Line}, block {_block.Number}, thread {_first + BitOperations.TrailingZeroCount(lanes)}: {instruction.Text} — {what}");
}
