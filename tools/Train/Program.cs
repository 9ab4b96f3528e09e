using System.Diagnostics;
using CAManim.Native.Models.Demo;
using SkiaSharp;
int cols=6, rows=int.Parse(args[1]); 
var sheet=new SKBitmap(cols*130*2, rows*130*2);
var sw=Stopwatch.StartNew();
using var cv=new SKCanvas(sheet);
for(int i=0;i<cols*rows;i++){
  var s= DemoPhantoms.Draw((ulong)i+1000, i%3);
  var bm=new SKBitmap(128,128);
  for(int p=0;p<128*128;p++){ var b=s.Image.Pixels; bm.SetPixel(p%128, p/128, new SKColor(b[p*3],b[p*3+1],b[p*3+2])); }
  cv.DrawBitmap(bm,new SKRect(i%cols*260,i/cols*260,i%cols*260+256,i/cols*260+256));
}
Console.WriteLine(sw.ElapsedMilliseconds);
sw.Restart(); for(int i=0;i<50;i++) DemoPhantoms.Draw((ulong)i,i%3);Console.WriteLine(sw.ElapsedMilliseconds/50.0);
using var f=File.Create(args[2]); sheet.Encode(f,SKEncodedImageFormat.Png,100);
