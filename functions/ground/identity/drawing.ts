import type { Identity } from './identity.ts';

/** The inside of a 32 × 32 SVG that stands beside the name: the deployment's own drawing, or a monogram of the name. */
export function drawingOf({ name, logo }: Pick<Identity, 'name' | 'logo'>): string {
  return logo ?? monogramOf(name);
}

/** Letters and digits alone, so that nothing of the name is read as markup. */
function monogramOf(name: string): string {
  const letters = initialsOf(name);
  const size = letters.length > 1 ? 13 : 17;
  return (
    '<rect x="1.5" y="1.5" width="29" height="29" rx="8" fill="none" stroke="currentColor" stroke-width="2"/>' +
    `<text x="16" y="${letters.length > 1 ? 20.5 : 22}" font-family="Georgia,serif" font-size="${size}" ` +
    `font-weight="700" text-anchor="middle" fill="currentColor">${letters}</text>`
  );
}

/** The first letters of the first and the last word; small words between and signs count for nothing. */
function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]{1,80}/gu) ?? [];
  const [first = '', last = first] = words.length > 1 ? [words[0], words.at(-1)] : words;
  const chosen = words.length > 1 ? [first, last] : [first];
  return chosen.map((word) => Array.from(word.normalize('NFC'))[0]?.toUpperCase() ?? '').join('');
}
