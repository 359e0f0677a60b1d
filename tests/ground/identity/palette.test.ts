import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, fromHex, toHex } from '../../../functions/ground/identity/oklch.ts';
import { type Palette, paletteOf } from '../../../functions/ground/identity/palette.ts';

const accents = fc.integer({ min: 0, max: 0xffffff }).map((rgb) => `#${rgb.toString(16).padStart(6, '0')}`);
const text = ['ink', 'muted', 'accent', 'good', 'warn', 'bad'] as const;
const grounds = ['paper', 'card', 'sunk', 'soft'] as const;

describe('contrast', () => {
  it.each([
    ['black on white', '#000000', '#ffffff', 21],
    ['a colour on itself', '#2f6b4f', '#2f6b4f', 1],
    ['the lightest grey that passes on white', '#767676', '#ffffff', 4.54],
  ])('%s', (_name, one, two, expected) => {
    expect(contrast(one, two)).toBeCloseTo(expected, 2);
  });
});

describe('OKLCH', () => {
  it('gives every sRGB colour back', () => {
    fc.assert(
      fc.property(accents, (hex) => {
        expect(toHex(fromHex(hex))).toBe(hex);
      }),
    );
  });

  it('reads the short form', () => {
    expect(toHex(fromHex('#f0a'))).toBe('#ff00aa');
  });

  it.each(['red', '#12', '#12345g', ''])('refuses %j by name', (wrong) => {
    expect(() => fromHex(wrong)).toThrow('Not a colour');
  });
});

describe.each(['light', 'dark'] as const)('the %s palette of any accent', (scheme) => {
  const holds = (check: (palette: Palette) => void) =>
    fc.assert(fc.property(accents, (accent) => check(paletteOf(accent, scheme))));

  it('is legible on every ground', () => {
    holds((palette) => {
      for (const ink of text)
        for (const ground of grounds)
          expect(contrast(palette[ink], palette[ground])).toBeGreaterThanOrEqual(4.5);
    });
  });

  it('is legible on buttons and on the band', () => {
    holds((palette) => {
      expect(contrast(palette.on_accent, palette.accent)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette.band_ink, palette.band)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette.band_muted, palette.band)).toBeGreaterThanOrEqual(4.5);
    });
  });

  it('draws the edges of fields with 3:1', () => {
    holds((palette) => {
      for (const ground of grounds) expect(contrast(palette.edge, palette[ground])).toBeGreaterThanOrEqual(3);
    });
  });
});
