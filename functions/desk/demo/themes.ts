import { DAY_MS } from '../../ground/platform/calendar.ts';
import { setTheme } from '../../voice/themes/set-theme.ts';
import type { DemoHappening } from './spending.ts';

/** What the team found in a half year of praise. */
export function themeStories(now: number): DemoHappening[] {
  return themes.map(([name, phrases], at) => ({
    at: now - (8 - at) * DAY_MS,
    run: async (ctx) => void (await setTheme(ctx, { id: null, name, phrases })),
  }));
}

const themes: readonly (readonly [name: string, phrases: readonly string[]])[] = [
  ['Roasted fresh', ['roasted', 'fresh*', 'свіж*']],
  ['Somebody answers', ['answers the phone', 'knows tea']],
  ['Kept its word on delivery', ['it was two days', 'on time', 'вчасно']],
  ['Written by hand', ['від руки', 'by hand']],
];
