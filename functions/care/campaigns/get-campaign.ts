import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type CampaignContent, campaignContent } from './content/content.ts';
import { findRow, listRows } from './queries.ts';

type Row = Exclude<Awaited<ReturnType<typeof findRow>>, null>;

/** A campaign as it is now. */
export interface Campaign extends Omit<Row, 'content'> {
  content: CampaignContent;
}
export type CampaignState = Campaign['state'];

/** @throws {AppError} `not_found`, `forbidden` */
export async function getCampaign(ctx: Context, { id }: { id: string }): Promise<Campaign> {
  allow(ctx.actor, 'campaigns:read');
  return loadCampaign(ctx, id);
}

/** All of them, the newest first. @throws {AppError} `forbidden` */
export async function listCampaigns(ctx: Context): Promise<Campaign[]> {
  allow(ctx.actor, 'campaigns:read');
  return (await listRows(ctx.db)).map(toCampaign);
}

/** For who has asked already whether it may be seen. @throws {AppError} `not_found` */
export async function loadCampaign({ db }: Pick<Context, 'db'>, id: string): Promise<Campaign> {
  const row = await findRow(db, { id });
  if (row === null) throw new AppError('not_found', 'There is no such campaign.');
  return toCampaign(row);
}

export function toCampaign({ content, ...row }: Row): Campaign {
  return { ...row, content: campaignContent.parse(JSON.parse(content)) };
}
