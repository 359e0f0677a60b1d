import { type Article, isAhead } from '../../functions/care/advice/get-article.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import { textIn } from '../../functions/ground/identity/languages.ts';
import { built } from '../../languages/built.ts';
import type { Messages } from '../locale.ts';

/** A language by its own name. */
export const languageName = (code: string): string =>
  Object.entries(built).find(([known]) => known === code)?.[1].name ?? code;

/** What an article is called in a language, or in the first it was written in. */
export function articleTitle(t: Messages, { content }: Pick<Article, 'content'>, language: string): string {
  const titles = Object.entries(content.texts).map(([code, { title }]) => [code, title] as const);
  const said = Object.fromEntries(titles.filter(([, title]) => title !== ''));
  return textIn(said, language) || t.advice_untitled();
}

/** How far an article is, and how that looks. */
export function articleState(t: Messages, article: Article): { text: string; tone: string } {
  if (isAhead(article)) return { text: t.advice_state_ahead(), tone: 'moving' };
  const tones = { draft: '', published: 'good', withdrawn: '' } as const;
  return { text: t[`advice_state_${article.state}`](), tone: tones[article.state] };
}

/** Since when it is what it is. */
export function articleSince(t: Messages, { publishedAt, at }: Article, { day }: Formats): string {
  return publishedAt === null
    ? t.advice_created_at({ date: day(at) })
    : t.advice_published_at({ date: day(publishedAt) });
}
