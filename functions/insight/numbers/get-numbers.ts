import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findNumbers, type Numbers } from './kept-numbers.ts';

/** The figures over all accounts, as of when they were counted. */
export interface NumbersView extends Numbers {
  at: number;
  currency: string;
}

/** Null before they were first counted. @throws {AppError} `unauthenticated`, `forbidden` */
export async function getNumbers(ctx: Context): Promise<NumbersView | null> {
  allow(ctx.actor, 'customers:read');
  const { currency } = await getBusiness(ctx);
  const kept = currency === null ? null : await findNumbers(ctx.db, currency);
  return kept === null || currency === null ? null : { ...kept.numbers, at: kept.at, currency };
}
