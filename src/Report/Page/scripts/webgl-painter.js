/** Colours maps on the graphics card; one WebGL2 context paints all canvases, since browsers allow only a few of them. */
class WebGlPainter {
  kind = 'webgl';

  largestSide = 1600;

  #canvas = document.createElement('canvas');
  #gl;
  #places = {};
  #picture = null;
  #size = '';

  /** Throws where there is no WebGL2; software renderers are taken only on demand, since the processor's own painter is quicker. */
  constructor(software, onLost) {
    const gl = this.#canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, failIfMajorPerformanceCaveat: !software });
    if (!gl) throw new Error('This browser has no WebGL2.');
    // Some browsers do not count their own renderer as a caveat.
    const info = gl.getExtension('WEBGL_debug_renderer_info');
    const renderer = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
    if (!software && /swiftshader|llvmpipe|softpipe|basic render/i.test(renderer)) throw new Error(`WebGL2 is drawn by software here (${renderer}).`);
    this.#gl = gl;
    this.#canvas.addEventListener('webglcontextlost', onLost);
    const program = this.#link();
    gl.useProgram(program);
    for (const name of ['first', 'second', 'cut', 'share', 'weight', 'size', 'mapSize', 'map', 'picture', 'colours']) {
      this.#places[name] = gl.getUniformLocation(program, name);
    }
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
    ['map', 'picture', 'colours'].forEach((name, unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
      gl.uniform1i(this.#places[name], unit);
    });
  }

  setPicture(picture) {
    this.#picture = picture;
    this.#size = '';
  }

  /** 256 colours, three bytes each. */
  setColours(table) {
    const gl = this.#gl;
    gl.activeTexture(gl.TEXTURE2);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB8, 256, 1, 0, gl.RGB, gl.UNSIGNED_BYTE, table);
  }

  paint(canvas, view, place) {
    const gl = this.#gl;
    const { x, y, width, height } = place ?? { x: 0, y: 0, width: canvas.width, height: canvas.height };
    this.#resize(width, height);
    gl.activeTexture(gl.TEXTURE0);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, view.map.width, view.map.height, 0, gl.RED, gl.UNSIGNED_BYTE, view.map.values);
    gl.uniform2f(this.#places.mapSize, view.map.width, view.map.height);
    gl.uniform2f(this.#places.first, view.first.offset, view.first.gain);
    gl.uniform2f(this.#places.second, view.second.offset, view.second.gain);
    gl.uniform1f(this.#places.cut, Math.round(view.wipe * width));
    gl.uniform1f(this.#places.share, view.share);
    gl.uniform1i(this.#places.weight, Math.round(view.alpha * 256));
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    (canvas.context ??= canvas.getContext('2d', { alpha: !!place })).drawImage(this.#canvas, x, y);
  }

  #resize(width, height) {
    const size = `${width}x${height}`;
    if (size === this.#size) return;
    this.#size = size;
    [this.#canvas.width, this.#canvas.height] = [width, height];
    const gl = this.#gl;
    gl.viewport(0, 0, width, height);
    gl.uniform2f(this.#places.size, width, height);
    const pixels = new Uint8Array(resizePicture(this.#picture, width, height).buffer);
    gl.activeTexture(gl.TEXTURE1);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  }

  #link() {
    const gl = this.#gl;
    const program = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX_SHADER], [gl.FRAGMENT_SHADER, FRAGMENT_SHADER]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(`The shader was refused: ${gl.getProgramInfoLog(program)}`);
    return program;
  }
}

// One triangle that covers everything.
const VERTEX_SHADER = `#version 300 es
void main() {
  gl_Position = vec4(vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0, 0.0, 1.0);
}`;

// The card's own filter has too few bits between two texels, so neighbours are mixed by hand; the blend is FrameKernel's, in integers.
const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp int;
uniform sampler2D map;
uniform sampler2D picture;
uniform sampler2D colours;
uniform vec2 mapSize;
uniform vec2 size;
uniform vec2 first;
uniform vec2 second;
uniform float cut;
uniform float share;
uniform int weight;
out vec4 pixel;

vec3 colour(float value, vec2 scale) {
  float t = clamp(scale.x + value * scale.y, 0.0, 1.0);
  return texelFetch(colours, ivec2(int(t * 255.0), 0), 0).rgb * 255.0;
}

void main() {
  vec2 place = vec2(gl_FragCoord.x, size.y - gl_FragCoord.y);
  vec2 at = clamp(place * mapSize / size - 0.5, vec2(0.0), mapSize - 1.0);
  ivec2 low = ivec2(at);
  ivec2 high = min(low + 1, ivec2(mapSize) - 1);
  vec2 far = at - vec2(low);
  float upper = mix(texelFetch(map, low, 0).r, texelFetch(map, ivec2(high.x, low.y), 0).r, far.x);
  float lower = mix(texelFetch(map, ivec2(low.x, high.y), 0).r, texelFetch(map, high, 0).r, far.x);
  float value = mix(upper, lower, far.y) * 255.0;
  vec3 over = place.x < cut ? colour(value, first) : mix(colour(value, first), colour(value, second), share);
  vec3 under = texelFetch(picture, ivec2(place), 0).rgb * 255.0;
  ivec3 blended = (ivec3(over + 0.5) * weight + ivec3(under + 0.5) * (256 - weight) + 128) / 256;
  pixel = vec4(vec3(blended) / 255.0, 1.0);
}`;
