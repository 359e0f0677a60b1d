/** What a sentence is about, by the names in its braces. */
export type About = Readonly<Record<string, string | number>>;

/** A sentence with what it is about in place of the names in braces. */
export function fillWords(words: string, of: About): string {
  return words.replaceAll(/\{(\w+)\}/g, (name, key: string) => String(of[key] ?? name));
}
