import { runAll } from '../../ground/jobs/run-all.ts';
import type { Context } from '../../ground/platform/context.ts';
import { inviteDue } from './invite-due.ts';
import { openLowCases } from './open-cases.ts';
import { workSendings } from './work-sendings.ts';

/** Everything that surveys do by themselves, in bounded steps. */
export async function workSurveys(ctx: Context): Promise<void> {
  await runAll(ctx, [inviteDue, workSendings, openLowCases]);
}
