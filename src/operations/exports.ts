import { type DownloadQuery, downloadFeedback } from '../../functions/exports/feedback/download.ts';
import { mayReadPersonal } from '../../functions/exports/feedback/export-feedback.ts';
import type { Context } from '../../functions/platform/context.ts';

/** What staff take home. */
export function exportOperations(ctx: Context) {
  return {
    mayReadPersonal: mayReadPersonal(ctx.actor),
    downloadFeedback: (asked: DownloadQuery) => downloadFeedback(ctx, asked),
  };
}
