using System.Net;
using CAManim.Native.Server.Explain;

namespace CAManim.Native.Server.Tests.Explain;

public sealed class TransferTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");

    [Fact]
    public async Task TheSlowestOfAnAddressGivesWayToItsNext()
    {
        Transfers all = new(most: 8, mostOfAnAddress: 2, mostBytes: 1000);
        Transfer slow = all.TryBegin(One)!;
        Transfer quick = all.TryBegin(One)!;
        Transfer other = all.TryBegin(Two)!;
        slow.Move(10);
        quick.Move(5000);
        Assert.Null(all.TryBegin(One));
        await Task.Delay(200);
        Transfer next = Assert.IsType<Transfer>(all.TryBegin(One));
        Assert.True(slow.HasToGo.WaitHandle.WaitOne(5000));
        Assert.False(quick.HasToGo.IsCancellationRequested || other.HasToGo.IsCancellationRequested || next.HasToGo.IsCancellationRequested);
        Assert.Equal(3, all.Count);
    }

    [Fact]
    public async Task WhereAllPlacesAreTakenTheSlowestOfAllGivesWay()
    {
        Transfers all = new(most: 2, mostOfAnAddress: 2, mostBytes: 1000);
        Transfer slow = all.TryBegin(One)!;
        Transfer quick = all.TryBegin(Two)!;
        quick.Move(1 << 20);
        await Task.Delay(200);
        Assert.NotNull(all.TryBegin(IPAddress.Parse("192.0.2.3")));
        Assert.True(slow.HasToGo.WaitHandle.WaitOne(5000));
        Assert.False(quick.HasToGo.IsCancellationRequested);
    }

    [Fact]
    public void WhatHasArrivedHoldsItsMemoryAndNoPlace()
    {
        Transfers all = new(most: 1, mostOfAnAddress: 1, mostBytes: 100);
        using (Transfer first = all.TryBegin(One)!)
        {
            Assert.True(first.TryTake(80));
            first.Arrive();
            using Transfer second = all.TryBegin(One)!;
            Assert.False(second.TryTake(30));
            Assert.True(second.TryTake(20));
        }

        using Transfer third = all.TryBegin(One)!;
        Assert.True(third.TryTake(100));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void AddressesOfOneClientAreOne(string first, string second, bool isOne)
    {
        Transfers all = new(most: 8, mostOfAnAddress: 1, mostBytes: 1000);
        Assert.NotNull(all.TryBegin(IPAddress.Parse(first)));
        Assert.Equal(isOne, all.TryBegin(IPAddress.Parse(second)) is null);
    }
}
