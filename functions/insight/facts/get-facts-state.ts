import { listLags } from '../../ground/feed/positions.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { factsFollower } from './follow-facts.ts';

/** How far the facts follow the history. */
export interface FactsState {
  /** The newest change that was counted; 0 before the first. */
  position: number;
  /** How many changes were not yet; null while counting has not begun, as in the first minute after an upgrade. */
  behind: number | null;
  /** How long the first of them has waited, in milliseconds. */
  waiting_ms: number;
}

/** @throws {AppError} `forbidden` */
export async function getFactsState(ctx: Context): Promise<FactsState> {
  allow(ctx.actor, 'customers:read');
  const lag = (await listLags(ctx)).find(({ name }) => name === factsFollower.name);
  if (lag === undefined) return { position: 0, behind: null, waiting_ms: 0 };
  const { position, behind, waiting_ms } = lag;
  return { position, behind, waiting_ms };
}
