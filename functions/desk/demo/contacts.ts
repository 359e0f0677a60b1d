import { logContact } from '../../care/contacts/log-contact.ts';
import type { LogContactInput } from '../../care/contacts/schema.ts';
import { finishTask } from '../../care/contacts/tasks/act-on-task.ts';
import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import { demoTimeZone } from './demo-order.ts';
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

/** Calls and visits of the last weeks: some answered, some missed, one from nobody knows whom, with what comes next. */
export function contactStories(now: number): DemoHappening[] {
  const { anna, marta, viktor, daniel, leo } = people;
  const today = dayOf(now, demoTimeZone);
  const step = (what: string, days: number) => ({ what, dueOn: addDays(today, days), staffId: null });
  const story = (days: number, by: Colleague, told: Told): DemoHappening => {
    const at = now - days * DAY_MS - HOUR_MS;
    return { at, run: async (ctx) => void (await log({ ...ctx, now: () => at }, by, told)) };
  };
  return [
    story(40, 'maryna', {
      ...{ email: marta.email, channel: 'visit', durationS: 2700, mood: 'good', satisfaction: 5 },
      summary: 'Saw the studio’s new kitchen. They need a grinder for six and tea for the night shift.',
    }),
    story(33, 'petro', {
      email: anna.email,
      direction: 'in',
      durationS: 240,
      mood: 'good',
      summary: 'Asked when the next roast comes.',
    }),
    story(21, 'maryna', {
      ...{ email: viktor.email, channel: 'meeting', durationS: 1800, mood: 'neutral', satisfaction: 3 },
      summary: 'Talked through the debt after the machine came back. He understands it now.',
    }),
    story(14, 'petro', {
      email: daniel.email,
      isMissed: true,
      summary: 'Wanted to tell him that the house blend is back.',
    }),
    story(13, 'petro', {
      email: daniel.email,
      durationS: 300,
      mood: 'good',
      summary: 'The house blend is back; he comes by on Saturday.',
    }),
    story(8, 'maryna', {
      email: marta.email,
      channel: 'post',
      summary: 'A handwritten card for the studio’s tenth year.',
    }),
    story(6, 'petro', {
      email: leo.email,
      durationS: 240,
      mood: 'good',
      summary: 'Asked how long an open tin of matcha keeps.',
    }),
    story(4, 'petro', {
      ...{ email: marta.email, direction: 'in', durationS: 420, mood: 'bad', satisfaction: 2 },
      summary: 'The tea was wet again. Wants the courier to ring.',
      nextStep: step('Ask Marta whether the last parcel was dry', 0),
    }),
    story(2, 'maryna', {
      ...{ email: anna.email, channel: 'message', direction: 'in', wantsAnswer: true },
      summary: 'Can she pick up the mug on Sunday?',
    }),
    story(1, 'maryna', {
      email: viktor.email,
      durationS: 180,
      summary: 'Offered a trial of the new filter.',
      nextStep: step('Send Viktor the filter', 3),
    }),
    story(0.5, null, { number: '+44 20 7946 0188', direction: 'in', isMissed: true }),
    missedAndDone(now - 3 * DAY_MS),
  ];
}

/** A call that nobody took, and what became of it two hours later. */
function missedAndDone(at: number): DemoHappening {
  return {
    at,
    run: async (ctx) => {
      const told = { email: people.daniel.email, direction: 'in', isMissed: true } as const;
      const { taskId } = await log({ ...ctx, now: () => at }, null, told);
      const petro = await asColleague({ ...ctx, now: () => at + 2 * HOUR_MS }, 'petro');
      if (taskId !== null) await finishTask(petro, { id: taskId });
    },
  };
}

type Colleague = Parameters<typeof asColleague>[1] | null;
type Told = Partial<LogContactInput> & { email?: string };

async function log(ctx: Context, by: Colleague, { email, ...told }: Told) {
  const own = by === null ? ctx : await asColleague(ctx, by);
  const [owner] = email === undefined ? [] : await findOwnerByEmail(ctx.db.fresh, { email });
  return logContact(own, {
    ...{ channel: 'phone', direction: 'out', isMissed: false, at: null, durationS: null },
    ...{
      staffId: own.actor.kind === 'staff' ? own.actor.id : null,
      summary: null,
      mood: null,
      satisfaction: null,
    },
    ...{ customerId: owner?.id ?? null, accountId: null, number: null, order: null, wantsAnswer: false },
    ...{ nextStep: null, source: 'console', reference: null, key: null },
    ...told,
  });
}
