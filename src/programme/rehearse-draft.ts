import { isDay } from '../../functions/ground/platform/calendar.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import type { Draft } from '../../functions/money/programme/draft.ts';
import { rehearse } from '../../functions/money/rehearsal/rehearse.ts';
import { attempt } from '../attempt.ts';

/** As long as somebody waits for a page. */
const MS_MAX = 20_000;

/** The draft on the orders since a day, of a page's query; nothing is told of a day that is none. */
export function rehearseDraft(ctx: Context, { file }: Draft, query: URLSearchParams) {
  const since = query.get('since');
  const from = since !== null && isDay(since) ? since : null;
  return attempt(rehearse(ctx, file, { since: from, msMax: MS_MAX }), {
    rehearsal_too_long: 'too_long',
    setting_is_fixed: 'fixed',
  });
}
