import { sql } from 'drizzle-orm';

/** SQLite folds only the case of ASCII, so other letters are tried as people write them. */
export function spellings(text: string): string[] {
  const lower = text.toLowerCase();
  const capital = lower.replace(/^./u, (letter) => letter.toUpperCase());
  const title = lower.replace(/(^|\s)\S/gu, (letter) => letter.toUpperCase());
  return [...new Set([text, lower, text.toUpperCase(), capital, title])];
}

export const isLike = (column: unknown, pattern: string) => sql`${column} LIKE ${pattern} ESCAPE '\\'`;

/** Text as it is in a LIKE pattern. */
export const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&');
