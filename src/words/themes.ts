import type { Messages } from '../locale.ts';

/** What was typed one a line. */
export const linesOf = (typed: string | undefined): string[] =>
  (typed ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');

/** What a page says of each refusal of a theme, beside its field. */
export const themeReasons = (t: Messages) => ({
  '.name': { field: 'name', text: t.themes_name_wrong() },
  '.phrases': { field: 'phrases', text: t.themes_phrases_wrong() },
});
