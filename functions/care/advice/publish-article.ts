import { unchanged } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import { listMissingPictures } from '../campaigns/pictures.ts';
import { actOnArticle } from './act-on-article.ts';
import { flawsOf, pictureNames } from './content/flaws.ts';
import { type ArticleAnswering, besideOf, moved } from './edit-article.ts';
import type { Article } from './get-article.ts';
import { hideFromReaders, showToReaders } from './statements.ts';

/**
 * Shows readers what an article says now. `seq` is the act that whoever publishes has seen.
 * @throws {AppError} `article_moved` when it was changed since, `validation_failed` with all that is missing: a title or text
 * in a language that was begun, a picture that is not ours, what is on one; `not_found`, `forbidden`
 */
export async function publishArticle<Answer>(
  ctx: Context,
  { id, seq }: { id: string; seq: number },
  answering: ArticleAnswering<Answer> = {},
): Promise<Article> {
  allow(ctx.actor, 'advice:write');
  return actOnArticle(ctx, { id, beside: besideOf(answering, 200) }, async (before) => {
    const { content, contentSeq } = before;
    if (before.state === 'published' && before.publishedSeq === contentSeq) return unchanged;
    if (before.actSeq !== seq) throw moved();
    refuseFields(flawsOf(content, await listMissingPictures(ctx, pictureNames(content))));
    return {
      kind: 'published',
      set: {
        ...{ state: 'published', audience: content.audience, publishedSeq: contentSeq },
        ...{ publishedAt: ctx.now(), slug: before.slug ?? before.id },
      },
      audit: 'article.published',
      rows: [...hideFromReaders(before.id), ...showToReaders(before.id, content)],
    };
  });
}

/**
 * Takes an article from its readers; whoever wrote it still finds it, and may publish it again.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function withdrawArticle<Answer>(
  ctx: Context,
  { id }: { id: string },
  answering: ArticleAnswering<Answer> = {},
): Promise<Article> {
  allow(ctx.actor, 'advice:write');
  return actOnArticle(ctx, { id, beside: besideOf(answering, 200) }, async ({ id: articleId, state }) =>
    state === 'withdrawn'
      ? unchanged
      : {
          kind: 'withdrawn',
          set: { state: 'withdrawn' },
          audit: 'article.withdrawn',
          rows: hideFromReaders(articleId),
        },
  );
}
