/** Texts by language without those that are empty, in the order of languages. */
export function writtenIn(texts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const written = Object.entries(texts)
    .map(([language, text]) => [language, text?.trim() ?? ''] as const)
    .filter(([, text]) => text !== '');
  return Object.fromEntries(written.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
