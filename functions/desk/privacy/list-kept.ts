import { type KeptKind, keptKinds } from '../../../languages/kept-kind.ts';
import type { Feature } from '../../ground/identity/features.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { KeptMonths } from '../../ground/settings/kept-for.ts';
import { getBusiness } from '../../money/business/business.ts';
import { featuresOf } from '../../money/business/features.ts';
import { policyOf } from '../../money/business/policies.ts';

/** Something that is kept of customers, with what the business has set about how long. */
export interface KeptOfCustomers {
  kind: KeptKind;
  periods: { key: string; months: KeptMonths }[];
}

/** What is there only where the business has set it up. */
const needs: Partial<Record<KeptKind, Feature>> = { club: 'club', friends: 'friends' };

/**
 * What is kept of customers here: each kind of which a room has a table, but those that the business does not use. It names
 * nobody, so everybody may know.
 */
export async function listKept(ctx: Context): Promise<KeptOfCustomers[]> {
  const business = await getBusiness(ctx);
  const features = featuresOf(ctx.house, business);
  return keptKinds.flatMap((kind) => {
    const rooms = ctx.house.kept.get(kind) ?? [];
    const need = needs[kind];
    if (rooms.length === 0 || (need !== undefined && !features.has(need))) return [];
    const periods = rooms
      .flatMap(({ retentions = [] }) => retentions)
      .map(({ policy }) => ({ key: policy.key, months: policyOf(business, policy) }));
    return [{ kind, periods }];
  });
}
