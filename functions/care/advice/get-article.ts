import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type ArticleContent, articleContent } from './content/content.ts';
import { findRow, listRows } from './queries.ts';

type Row = Exclude<Awaited<ReturnType<typeof findRow>>, null>;

/** An article as the team writes it: `content` may be ahead of what readers see, once `contentSeq` and `publishedSeq` differ. */
export interface Article extends Omit<Row, 'content'> {
  content: ArticleContent;
}
export type ArticleState = Article['state'];

/** By its id, or the last part of its address. @throws {AppError} `not_found`, `forbidden` */
export async function getArticle(ctx: Context, { id }: { id: string }): Promise<Article> {
  allow(ctx.actor, 'advice:read');
  return loadArticle(ctx, id);
}

/** All of them, the newest first; 500 at the most. @throws {AppError} `forbidden` */
export async function listArticles(ctx: Context): Promise<Article[]> {
  allow(ctx.actor, 'advice:read');
  return (await listRows(ctx.db)).map(toArticle);
}

/** For who has asked already whether it may be seen. @throws {AppError} `not_found` */
export async function loadArticle({ db }: Pick<Context, 'db'>, id: string): Promise<Article> {
  const row = await findRow(db, { id });
  if (row === null) throw new AppError('not_found', 'There is no such article.');
  return toArticle(row);
}

/** Whether readers see something else than what was written last. */
export const isAhead = ({ state, contentSeq, publishedSeq }: Article): boolean =>
  state === 'published' && contentSeq !== publishedSeq;

function toArticle({ content, ...row }: Row): Article {
  return { ...row, content: articleContent.parse(JSON.parse(content)) };
}
