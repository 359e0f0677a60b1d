import { unchanged } from '../../ground/decision/decision.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { actOnArticle, type BesideArticle, writeArticle } from './act-on-article.ts';
import { type ArticleContent, type ArticleInput, articleInput } from './content/content.ts';
import { freeSlug, slugOf } from './content/slug.ts';
import type { Article } from './get-article.ts';
import { listSlugsLike } from './queries.ts';

/** What is answered to a program, and kept for when it asks again. */
export interface ArticleAnswering<Answer> extends Alongside<Answer> {
  answerOf?: (article: Article) => Answer;
}

/**
 * Begins an article, as a draft that nobody but the team sees.
 * @throws {AppError} `validation_failed`, at `slug` also for one that another article has; `forbidden`
 */
export async function createArticle<Answer>(
  ctx: Context,
  typed: ArticleInput,
  answering: ArticleAnswering<Answer> = {},
): Promise<Article> {
  allow(ctx.actor, 'advice:write');
  const { slug: asked, ...content } = parseInput(articleInput, typed);
  const draft: Article = {
    id: newId(),
    ...{ slug: null, state: 'draft', audience: content.audience, actSeq: 0, contentSeq: 0 },
    ...{ publishedSeq: null, publishedAt: null, content },
    ...{ at: ctx.now(), actor: actorName(ctx.actor) },
  };
  return retrying(ctx, { subject: 'article' }, async () =>
    writeArticle(ctx, draft, {
      kind: 'saved',
      content,
      set: { slug: await settleSlug(ctx, { asked, content, before: draft }) },
      audit: 'article.created',
      beside: besideOf(answering, 201),
    }),
  );
}

/**
 * Says anew what an article says; readers see it once it is published. `seq` is the act that whoever writes has seen: of two
 * who write at once, one looks again.
 * @throws {AppError} `article_moved` when it was changed since; `validation_failed`, `not_found`, `forbidden`
 */
export async function saveArticle<Answer>(
  ctx: Context,
  { id, seq, ...typed }: ArticleInput & { id: string; seq: number },
  answering: ArticleAnswering<Answer> = {},
): Promise<Article> {
  allow(ctx.actor, 'advice:write');
  const { slug: asked, ...content } = parseInput(articleInput, typed);
  return actOnArticle(ctx, { id, beside: besideOf(answering, 200) }, async (before) => {
    const slug = await settleSlug(ctx, { asked, content, before });
    const isSame = JSON.stringify(before.content) === JSON.stringify(content) && slug === before.slug;
    if (isSame) return unchanged;
    if (before.actSeq !== seq) throw moved();
    return { kind: 'saved', content, set: { slug }, audit: 'article.saved' };
  });
}

export const moved = () =>
  new AppError('article_moved', 'The article was changed meanwhile; look at it again.');

/** The answer that is kept with the act that it answers. */
export const besideOf =
  <Answer>({ alongside, answerOf }: ArticleAnswering<Answer>, status: number): BesideArticle =>
  (after) =>
    answerOf === undefined ? [] : (alongside?.(answerOf(after), status) ?? []);

/** The address of an article: as it was asked for, else made of its title. It stays once readers have seen it. */
async function settleSlug(
  ctx: Context,
  { asked, content, before }: { asked: string; content: ArticleContent; before: Article },
): Promise<string | null> {
  if (before.publishedSeq !== null) {
    if (asked === '' || asked === before.slug) return before.slug;
    throw wrongField('slug', 'fixed', 'stays as it is: readers have seen it');
  }
  const wanted = asked || slugOf(Object.values(content.texts)[0]?.title ?? '');
  if (wanted === '') return null;
  const taken = new Set(
    (await listSlugsLike(ctx.db.fresh, { slug: wanted, id: before.id })).map(({ slug }) => slug),
  );
  if (asked !== '' && taken.has(asked)) throw wrongField('slug', 'taken', 'is that of another article');
  return freeSlug(wanted, taken);
}
