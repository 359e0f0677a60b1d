import { insertInto } from '../../../db/query.ts';
import { articleActs, articles } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { AuditKind } from '../../ground/audit/audit-kind.ts';
import { isUnchanged, type Unchanged } from '../../ground/decision/decision.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import type { ArticleContent } from './content/content.ts';
import { type Article, loadArticle } from './get-article.ts';

const saveRow = insertInto(
  articles,
  `ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, state = excluded.state, audience = excluded.audience,
   act_seq = excluded.act_seq, content_seq = excluded.content_seq, published_seq = excluded.published_seq,
   published_at = excluded.published_at`,
);
const insertAct = insertInto(articleActs);

/** What is done with an article, and what it is afterwards. */
export interface ArticleAct {
  kind: (typeof articleActs.kind.enumValues)[number];
  /** What it says from now on; left out, the same. */
  content?: ArticleContent;
  set?: Partial<Pick<Article, 'slug' | 'state' | 'audience' | 'publishedSeq' | 'publishedAt'>>;
  audit: AuditKind;
  /** Rows of what readers see. */
  rows?: readonly Statement[];
}

/** What rides along with an act, given what the article is afterwards. */
export type BesideArticle = (after: Article) => readonly Statement[];

/**
 * Decides on an article and writes it; decided again when somebody else was first.
 * @throws {AppError} `not_found`, whatever `decide` throws, `unavailable`
 */
export function actOnArticle(
  ctx: Context,
  { id, beside }: { id: string; beside: BesideArticle },
  decide: (article: Article) => Promise<ArticleAct | Unchanged>,
): Promise<Article> {
  return retrying(ctx, { subject: 'article', key: `article ${id}` }, async () => {
    const before = await loadArticle({ db: ctx.db.fresh }, id);
    const act = await decide(before);
    if (!isUnchanged(act)) return writeArticle(ctx, before, { ...act, beside });
    await writeDecision(ctx, { beside: beside(before) });
    return before;
  });
}

/** Writes an act of an article that was read as it stands; a new one has `actSeq` 0. */
export async function writeArticle(
  ctx: Context,
  before: Article,
  act: ArticleAct & { beside: BesideArticle },
): Promise<Article> {
  const seq = before.actSeq + 1;
  const { kind, audit, rows = [] } = act;
  const after: Article = {
    ...before,
    ...act.set,
    actSeq: seq,
    content: act.content ?? before.content,
    contentSeq: act.content === undefined ? before.contentSeq : seq,
  };
  const { content: _, ...row } = after;
  const content = act.content === undefined ? null : JSON.stringify(act.content);
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  await writeDecision(ctx, {
    rows: [saveRow(row), insertAct({ articleId: after.id, seq, kind, content, ...done }), ...rows],
    audit: { kind: audit, subjectKind: 'article', subjectId: after.id },
    beside: act.beside(after),
  });
  return after;
}
