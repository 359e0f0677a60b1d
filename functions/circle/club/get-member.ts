import { allow } from '../../ground/platform/allow.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { MemberStanding } from './answer.ts';
import { listMemberships } from './queries.ts';
import { loadMember } from './standing.ts';

/**
 * One member: since when, and at which level, why, until when and what keeps it.
 * @throws {AppError} `not_found`, also for who is not in the club
 */
export async function getMember(ctx: Context, { accountId }: { accountId: string }): Promise<MemberStanding> {
  allow(ctx.actor, 'customers:read');
  const business = await getBusiness(ctx);
  const [memberships, { standing }] = await Promise.all([
    listMemberships(ctx.db, { accountId }),
    loadMember(ctx.db, business, { accountId, now: ctx.now() }),
  ]);
  const current = memberships.findLast(({ until }) => until === null);
  if (current === undefined) throw new AppError('not_found', 'The account is not in the club.');
  const { level, because, heldThrough, keep, next } = standing;
  const money = (minor: bigint) => toMoneyJson(minor, business.currency ?? '');
  return {
    ...{
      accountId,
      since: instantText(current.since),
      how: current.how,
      level: level?.key ?? null,
      heldThrough,
    },
    because: because === null ? null : { year: because.year, spend: money(because.spendMinor) },
    keep:
      keep === null
        ? null
        : {
            ...{ missing: money(keep.missingMinor), by: keep.by, graceThrough: keep.graceThrough },
            fallsTo: keep.fallsTo.key,
          },
    next: next === null ? null : { level: next.level.key, missing: money(next.missingMinor) },
  };
}
