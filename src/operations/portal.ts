import type { Context } from '../../functions/platform/context.ts';
import { AppError } from '../../functions/platform/errors.ts';
import { getBusiness } from '../../functions/programme/business.ts';
import { fileOf } from '../../functions/rewards/programme.ts';
import type { SignedIn } from '../visit.ts';
import type { PortalOperations, ProgrammeView } from './types.ts';

/** The portal's rooms on behalf of one customer. */
export function portalOperations(ctx: Context, _customer: SignedIn | null): PortalOperations {
  return {
    getProgramme: () => findProgramme(ctx),
    getOverview: missing,
    listOrders: missing,
    getOrder: missing,
    getStatement: missing,
    exportStatement: missing,
    turnIntoVoucher: missing,
    rename: missing,
    setLanguage: missing,
  };
}

async function findProgramme(ctx: Context): Promise<ProgrammeView | null> {
  const { programme } = await getBusiness(ctx);
  if (programme === null) return null;
  const { currency, timeZone, rules } = fileOf(programme);
  return { currency, timeZone, rules };
}

async function missing(): Promise<never> {
  throw new AppError('unavailable', 'This page is not connected yet.');
}
