import { insertInto } from '../../../db/query.ts';
import { campaignActs, campaigns } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { AuditKind } from '../../ground/audit/audit-kind.ts';
import { isUnchanged, type Unchanged } from '../../ground/decision/decision.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { exactJson } from '../../ground/platform/exact-json.ts';
import type { CampaignContent } from './content/content.ts';
import { type Campaign, loadCampaign } from './get-campaign.ts';

/** The cursor is the slices' own: an act between two of them leaves it. */
const saveRow = insertInto(
  campaigns,
  `ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, act_seq = excluded.act_seq,
   content_seq = excluded.content_seq, segment_id = excluded.segment_id, send_at = excluded.send_at,
   started_at = excluded.started_at, drawn_at = excluded.drawn_at, ended_at = excluded.ended_at`,
);
const insertAct = insertInto(campaignActs);

/** What is done with a campaign, and what it is afterwards. */
export interface CampaignAct {
  kind: (typeof campaignActs.kind.enumValues)[number];
  /** What it says from now on; left out, the same. */
  content?: CampaignContent;
  set?: Partial<Pick<Campaign, 'state' | 'sendAt' | 'startedAt' | 'drawnAt' | 'endedAt'>>;
  /** Null for what happens by itself. */
  audit: AuditKind | null;
  beside?: (after: Campaign) => readonly Statement[];
}

/**
 * Decides on a campaign and writes it; decided again when somebody else was first.
 * @throws {AppError} `not_found`, whatever `decide` throws, `unavailable`
 */
export function actOnCampaign(
  ctx: Context,
  id: string,
  decide: (campaign: Campaign) => CampaignAct | Unchanged | Promise<CampaignAct | Unchanged>,
): Promise<Campaign> {
  return retrying(ctx, { subject: 'campaign', key: `campaign ${id}` }, async () => {
    const before = await loadCampaign({ db: ctx.db.fresh }, id);
    const act = await decide(before);
    return isUnchanged(act) ? before : writeAct(ctx, before, act);
  });
}

/** Writes an act of a campaign that was read as it stands; a new one has `actSeq` 0. */
export async function writeAct(ctx: Context, before: Campaign, act: CampaignAct): Promise<Campaign> {
  const seq = before.actSeq + 1;
  const content = act.content ?? before.content;
  const after: Campaign = {
    ...before,
    ...act.set,
    ...{ content, actSeq: seq, name: content.name, segmentId: content.segmentId },
    contentSeq: act.content === undefined ? before.contentSeq : seq,
  };
  const { content: _, ...row } = after;
  const { kind, audit } = act;
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  await writeDecision(ctx, {
    rows: [
      saveRow(row),
      insertAct({
        campaignId: after.id,
        seq,
        kind,
        content: act.content === undefined ? null : exactJson(act.content),
        ...done,
      }),
    ],
    audit: audit === null ? null : { kind: audit, subjectKind: 'campaign', subjectId: after.id },
    beside: act.beside?.(after) ?? [],
  });
  return after;
}
