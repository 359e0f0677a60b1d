import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type ArticleAudience, type ArticleContent, articleContent } from './content/content.ts';
import { piecesOf } from './content/kept-pieces.ts';
import type { Piece } from './content/markdown.ts';
import { findPublished } from './queries.ts';

/** An article as its readers find it. */
export interface ReadArticle {
  audience: ArticleAudience;
  /** The language it is shown in: the reader's, else the first that it was written in. */
  language: string;
  /** All that it was written in. */
  languages: string[];
  title: string;
  summary: string;
  pieces: readonly Piece[];
  publishedAt: number;
}

/**
 * A published article by the last part of its address.
 * @throws {AppError} `not_found`; `unauthenticated` for one that customers alone may read
 */
export async function readArticle(
  ctx: Pick<Context, 'db' | 'actor' | 'cache'>,
  { slug, language }: { slug: string; language: string },
): Promise<ReadArticle> {
  const row = await findPublished(ctx.db, { slug });
  if (row === null) throw new AppError('not_found', 'There is no such article.');
  const { audience, publishedAt } = row;
  if (audience === 'customers' && !isCustomer(ctx.actor))
    throw new AppError('unauthenticated', 'Sign in to read this article.');
  const content = articleContent.parse(JSON.parse(row.content));
  return { ...wordArticle(ctx, content, language), audience, publishedAt };
}

/** An article in a language, else in the first that it was written in; with no words where there are none yet. */
export function wordArticle(
  { cache }: Pick<Context, 'cache'>,
  { texts }: Pick<ArticleContent, 'texts'>,
  language: string,
) {
  const languages = Object.keys(texts);
  const shown = languages.includes(language) ? language : (languages[0] ?? language);
  const { title, summary, body } = texts[shown] ?? { title: '', summary: '', body: '' };
  return { language: shown, languages, title, summary, pieces: piecesOf(cache, body) };
}

/** The team reads what customers read. */
export const isCustomer = ({ kind }: Context['actor']): boolean => kind !== 'anonymous';
