import { addArticlePicture } from '../../functions/care/advice/add-picture.ts';
import type { ArticleInput } from '../../functions/care/advice/content/content.ts';
import { saveArticle } from '../../functions/care/advice/edit-article.ts';
import type { Article } from '../../functions/care/advice/get-article.ts';
import { publishArticle } from '../../functions/care/advice/publish-article.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { attempt } from '../attempt.ts';
import type { Speech } from '../locale.ts';
import { type FormError, fieldErrors } from '../words/field-errors.ts';
import { articleRules, readArticleForm, withPicture } from './form.ts';

/** What became of a form of an article: what was done, or what is wrong with it. */
export type EditedArticle =
  | { ok: true; done: 'saved' | 'picture' | 'published' }
  | { ok: false; input: ArticleInput; seq: number; errors: FormError[] };

/** Keeps what a form says, with the picture that it brings, and publishes it where its button asks for that. */
export async function editArticle(
  ctx: Context,
  article: Article,
  { speech, fields, picture }: { speech: Speech; fields: Map<string, string>; picture: Uint8Array | null },
): Promise<EditedArticle> {
  const { t } = speech;
  const { id } = article;
  const typed = readArticleForm(fields, { kept: article.content, speech });
  const seen = Number(fields.get('seq') ?? '');
  const refused = (input: ArticleInput, seq: number, errors: FormError[]): EditedArticle => ({
    ok: false,
    input,
    seq,
    errors,
  });
  const added =
    picture === null
      ? null
      : await attempt(addArticlePicture(ctx, { bytes: picture }), {
          validation_failed: t.campaigns_rule_picture(),
        });
  if (added !== null && !added.ok) return refused(typed, seen, [{ field: 'picture', text: added.reason }]);
  const altOf = (language: string) => fields.get(`alt_${language}`) ?? '';
  const input =
    added === null
      ? typed
      : withPicture(typed, { name: added.output.name, first: speech.languages[0], altOf });
  const reasons = { validation_failed: null, article_moved: 'moved' } as const;
  const saved = await attempt(saveArticle(ctx, { id, seq: seen, ...input }), reasons);
  const errorsOf = ({
    reason,
    errors,
  }: {
    reason: 'moved' | null;
    errors: Parameters<typeof fieldErrors>[1];
  }) =>
    reason === 'moved'
      ? [{ field: 'main', text: t.advice_moved() }]
      : fieldErrors(t, errors, articleRules(speech));
  if (!saved.ok) return refused(input, seen, errorsOf(saved));
  if (fields.get('do') !== 'publish') return { ok: true, done: added === null ? 'saved' : 'picture' };
  const { actSeq } = saved.output;
  const published = await attempt(publishArticle(ctx, { id, seq: actSeq }), reasons);
  return published.ok ? { ok: true, done: 'published' } : refused(input, actSeq, errorsOf(published));
}
