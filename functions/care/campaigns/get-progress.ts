import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { loadCampaign } from './get-campaign.ts';
import { countMails, countShares, listSkips } from './queries.ts';

/** How far a campaign has come, in people and their mails. */
export interface CampaignProgress {
  told: number;
  held: number;
  /** Who could not be told when it was their turn, by the reason. */
  skipped: readonly { reason: string; people: number }[];
  sent: number;
  waiting: number;
  failed: number;
  /** Mails that were let be at their turn, by the reason. */
  withheld: readonly { reason: string; people: number }[];
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function getProgress(ctx: Context, { id }: { id: string }): Promise<CampaignProgress> {
  allow(ctx.actor, 'campaigns:read');
  await loadCampaign(ctx, id);
  const [shares, skipped, mails] = await Promise.all([
    countShares(ctx.db, { id }),
    listSkips(ctx.db, { id }),
    countMails(ctx.db, { id }),
  ]);
  const people = (share: 'told' | 'held') => shares.find((one) => one.share === share)?.people ?? 0;
  const inState = (state: (typeof mails)[number]['state']) =>
    mails.filter((one) => one.state === state).reduce((sum, one) => sum + one.mails, 0);
  return {
    ...{ told: people('told'), held: people('held'), skipped },
    ...{ sent: inState('sent'), waiting: inState('waiting'), failed: inState('failed') },
    withheld: mails.flatMap(({ state, reason, mails: count }) =>
      state === 'withheld' ? [{ reason, people: count }] : [],
    ),
  };
}
