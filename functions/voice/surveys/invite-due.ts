import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays, DAY_MS, yearOf } from '../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { passOver } from '../../money/accounts/change-account.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import type { SurveyTrigger } from './definition.ts';
import { listDueCases, listDueDeliveries } from './due.ts';
import { invite, type SurveyRequest } from './invite.ts';
import type { SurveyOccasion } from './occasion.ts';
import { surveyRestDays } from './policies.ts';
import { listOpenSurveys } from './queries.ts';
import { readDefinition } from './read-definition.ts';
import { insertSendingOnce } from './send-survey.ts';

/** What has been due for longer is left alone: nobody is asked about a delivery of last month. */
const WINDOW_DAYS = 7;

const ownOccasions: readonly SurveyOccasion[] = [
  {
    trigger: 'after_delivery',
    reason: 'delivery',
    listDue: (db, window) => listDueDeliveries(db, { ...window }),
  },
  { trigger: 'after_case', reason: 'case', listDue: (db, window) => listDueCases(db, { ...window }) },
];

/** Invites whoever a survey's time has come for: after a delivery, after a case, after something of another room, by season. */
export async function inviteDue(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const [business, open] = await Promise.all([getBusiness({ ...ctx, db }), listOpenSurveys(db)]);
  let invited = 0;
  for (const { id, version, definition: text, openedAt } of open) {
    const definition = readDefinition(text);
    const { trigger } = definition;
    if (trigger.kind === 'season') await sendSeason(ctx, business, { id, trigger, openedAt });
    else invited += await inviteAfter(ctx, business, { survey: { id, version, definition }, openedAt });
  }
  return invited;
}

/** An event before the survey was opened counts where its time comes only now. */
async function inviteAfter(
  ctx: Context,
  business: Business,
  { survey, openedAt }: { survey: SurveyRequest['survey']; openedAt: number | null },
): Promise<number> {
  const { trigger } = survey.definition;
  if (trigger.kind === 'season' || trigger.kind === 'by_hand') return 0;
  const occasions = [...ownOccasions, ...ctx.house.surveyOccasions];
  const occasion = occasions.find((one) => one.trigger === trigger.kind);
  if (occasion === undefined) return 0;
  const now = ctx.now();
  const delay_ms = trigger.days * DAY_MS;
  const window = {
    surveyId: survey.id,
    since: Math.max(now - WINDOW_DAYS * DAY_MS, openedAt ?? now) - delay_ms,
    until: now - delay_ms,
    rested: now - policyOf(business, surveyRestDays) * DAY_MS,
  };
  const due = await occasion.listDue(ctx.db.fresh, window);
  let invited = 0;
  for (const one of due) {
    try {
      const outcome = await invite(ctx, { ...one, survey, reason: occasion.reason });
      if (outcome.kind === 'invited') invited += 1;
    } catch (error) {
      passOver(ctx, error, one.rootId);
    }
  }
  return invited;
}

type Season = Extract<SurveyTrigger, { kind: 'season' }>;

/** On one of its days, or up to a week behind it, a survey of the seasons is sent to everybody, once. */
async function sendSeason(
  ctx: Context,
  { timeZone }: Business,
  { id, trigger, openedAt }: { id: string; trigger: Season; openedAt: number | null },
): Promise<void> {
  const now = ctx.now();
  const today = dayOf(now, timeZone);
  const earliest = addDays(today, -WINDOW_DAYS);
  const opened = dayOf(openedAt ?? now, timeZone);
  const days = trigger.on.flatMap((day) => [yearOf(earliest), yearOf(today)].map((year) => `${year}-${day}`));
  const due = days.filter((day) => day > earliest && day <= today && day >= opened);
  if (due.length === 0) return;
  await ctx.db.write(
    [...new Set(due)].map((day) =>
      insertSendingOnce({
        id: newId(),
        surveyId: id,
        occasion: `season ${day}`,
        boughtSince: null,
        at: now,
        actor: actorName(ctx.actor),
        afterCustomerId: '',
        invited: 0,
        resting: 0,
      }),
    ),
  );
}
