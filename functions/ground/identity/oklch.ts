/** A colour in OKLCH: lightness 0…1, chroma 0…0.4, hue in degrees. */
export interface Oklch {
  l: number;
  c: number;
  h: number;
}

type Triple = [number, number, number];

/** Reads `#rgb` or `#rrggbb`; throws on anything else, since the accent colour is set by hand. */
export function fromHex(hex: string): Oklch {
  const match = /^#(?:([\da-f])([\da-f])([\da-f])|([\da-f]{2})([\da-f]{2})([\da-f]{2}))$/i.exec(hex);
  if (!match) throw new Error(`Not a colour: ${hex}. Write it as #rrggbb.`);
  const [, r, g, b, rr, gg, bb] = match;
  const channel = (one: string | undefined, two: string | undefined) =>
    linear(Number.parseInt(two ?? `${one}${one}`, 16) / 255);
  return fromLinear([channel(r, rr), channel(g, gg), channel(b, bb)]);
}

/** The nearest sRGB colour of the same lightness and hue: chroma gives way first. */
export function toHex(colour: Oklch): string {
  const bytes = inGamut(colour).map((channel) => Math.round(gamma(channel) * 255));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** WCAG 2 contrast ratio of two `#rrggbb` colours, 1…21. */
export function contrast(one: string, two: string): number {
  const [dark, light] = [luminance(one), luminance(two)].sort((a, b) => a - b);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function inGamut({ l, c, h }: Oklch): Triple {
  let [low, high] = [0, c];
  let best = toLinear({ l, c: 0, h });
  const whole = toLinear({ l, c, h });
  if (fits(whole)) return clamp(whole);
  while (high - low > 0.0005) {
    const middle = (low + high) / 2;
    const rgb = toLinear({ l, c: middle, h });
    if (fits(rgb)) [low, best] = [middle, rgb];
    else high = middle;
  }
  return clamp(best);
}

const fits = (rgb: Triple) => rgb.every((channel) => channel >= -0.0001 && channel <= 1.0001);
const clamp = ([r, g, b]: Triple): Triple => [within(r), within(g), within(b)];
const within = (channel: number) => Math.min(1, Math.max(0, channel));
const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const gamma = (v: number) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

// The matrices are those of Björn Ottosson's Oklab, https://bottosson.github.io/posts/oklab/.
function fromLinear([r, g, b]: Triple): Oklch {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { l: lightness, c: Math.hypot(a, bb), h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360 };
}

function toLinear({ l, c, h }: Oklch): Triple {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}
