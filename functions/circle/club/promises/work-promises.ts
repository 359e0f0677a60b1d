import { runAll } from '../../../ground/jobs/run-all.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { findPoorPromises } from './find-poor.ts';
import { makeAmends } from './make-amends.ts';

/** Makes good what was broken, and looks once a day at how often promises are kept. */
export async function workPromises(ctx: Context): Promise<void> {
  await runAll(ctx, [makeAmends, findPoorPromises]);
}
