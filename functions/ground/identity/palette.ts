import { contrast, fromHex, type Oklch, toHex } from './oklch.ts';

const paperOf = { light: { l: 0.974, c: 0.004 }, dark: { l: 0.185, c: 0.008 } };
const TEXT = 4.6;
const SHAPE = 3.1;

export type ColourScheme = 'light' | 'dark';
export type Palette = ReturnType<typeof paletteOf>;

/**
 * Every colour of the site, made from the business's accent: neutrals carry a trace of its hue, and each
 * colour that bears text is moved in lightness until it has WCAG AA contrast on the ground it stands on.
 */
export function paletteOf(accentHex: string, scheme: ColourScheme) {
  const accent = fromHex(accentHex);
  const dark = scheme === 'dark';
  const grey = (l: number, c = 0.01) => toHex({ l, c, h: accent.h });
  const paper = grey(paperOf[scheme].l, paperOf[scheme].c);
  const card = dark ? grey(0.232) : grey(0.993, 0.003);
  const sunk = dark ? grey(0.275) : grey(0.936, 0.012);
  const soft = toHex({ l: dark ? 0.3 : 0.925, c: Math.min(accent.c, dark ? 0.05 : 0.04), h: accent.h });
  const grounds = [paper, card, sunk, soft];
  const legible = (colour: Oklch) => moveUntil({ colour, grounds, ratio: TEXT, dark });
  const band = toHex({ l: dark ? 0.265 : 0.345, c: Math.min(accent.c, dark ? 0.045 : 0.085), h: accent.h });
  const fill = legible({ ...accent, l: dark ? Math.max(accent.l, 0.7) : Math.min(accent.l, 0.55) });
  return {
    paper,
    card,
    sunk,
    soft,
    ink: grey(dark ? 0.94 : 0.235, 0.018),
    muted: legible({ l: dark ? 0.72 : 0.5, c: 0.018, h: accent.h }),
    line: grey(dark ? 0.36 : 0.872),
    edge: moveUntil({
      colour: { l: dark ? 0.55 : 0.62, c: 0.018, h: accent.h },
      grounds,
      ratio: SHAPE,
      dark,
    }),
    band,
    band_ink: toHex({ l: 0.975, c: 0.01, h: accent.h }),
    band_muted: moveUntil({
      colour: { l: 0.83, c: 0.035, h: accent.h },
      grounds: [band],
      ratio: TEXT,
      dark: true,
    }),
    accent: fill,
    on_accent: contrast(fill, '#ffffff') >= TEXT ? '#ffffff' : grey(0.16, 0.02),
    good: legible({ l: dark ? 0.78 : 0.48, c: 0.12, h: 150 }),
    warn: legible({ l: dark ? 0.82 : 0.52, c: 0.12, h: 70 }),
    bad: legible({ l: dark ? 0.74 : 0.5, c: 0.17, h: 27 }),
  };
}

/** The palette as custom properties: the light one for everybody, the dark one over it on screens that ask for it. */
export function paletteCss(accentHex: string): string {
  const block = (scheme: ColourScheme) =>
    `:root{color-scheme:${scheme};${Object.entries(paletteOf(accentHex, scheme))
      .map(([name, colour]) => `--${name.replace('_', '-')}:${colour}`)
      .join(';')}}`;
  return `${block('light')}@media screen and (prefers-color-scheme:dark){${block('dark')}}`;
}

function moveUntil(wanted: { colour: Oklch; grounds: string[]; ratio: number; dark: boolean }): string {
  const { colour, grounds, ratio, dark } = wanted;
  for (let l = colour.l; l > 0 && l < 1; l += dark ? 0.005 : -0.005) {
    const hex = toHex({ ...colour, l });
    if (grounds.every((ground) => contrast(hex, ground) >= ratio)) return hex;
  }
  return dark ? '#ffffff' : '#000000';
}
