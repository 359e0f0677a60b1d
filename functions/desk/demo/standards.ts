import { getProcedureProgress } from '../../care/standards/procedures/get-progress.ts';
import { setProcedure } from '../../care/standards/procedures/set-procedure.ts';
import { tickStep } from '../../care/standards/procedures/tick-step.ts';
import { setStandard } from '../../care/standards/set-standard.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { thankStaff } from '../../people/thanks/thank-staff.ts';
import { answerFeedback } from '../../voice/feedback/answer-feedback.ts';
import { logFeedback } from '../../voice/feedback/record-feedback.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

const HOURS_LATE = 130;

/** What was told at the counter in the last weeks, who answered, and after how many hours. */
const told = [
  [27, 'petro', 2, 'Is the Ethiopian washed or natural? The bag does not say.'],
  [26, 'petro', 3, 'Could you grind for a Chemex as well?'],
  [25, 'maryna', 4, 'A gift card was charged twice at the till.'],
  [23, 'petro', 2, 'The lid of the travel mug does not close.'],
  [22, 'petro', 5, 'Do you take back the tins?'],
  [20, 'petro', HOURS_LATE, 'The decaf is always sold out on Saturdays.'],
  [19, 'petro', 1, 'Which tea has the least caffeine?'],
  [17, 'maryna', 6, 'Please write the roast date larger.'],
  [15, 'petro', 2, 'The kettle came without its manual.'],
  [13, 'petro', 3, 'May I bring my own bag?'],
  [11, 'petro', 2, 'Two filters were missing in the pack of a hundred.'],
  [10, 'petro', 4, 'Can you send the beans to my mother for her birthday?'],
  [9, 'petro', 2, 'The stamp card of my wife was full, and nobody saw it.'],
] as const;

/** How the roastery works: what it promises, what is done about a complaint and a call, and what became of that. */
export function standardStories(now: number): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => {
    const moment = now - days * DAY_MS;
    return { at: moment, run: (ctx) => run({ ...ctx, now: () => moment }) };
  };
  return [
    at(60, setAll),
    ...told.map(([days, who, hours, text]) => at(days, (ctx) => answered(ctx, { who, hours, text }))),
    at(4, tickComplaint),
    at(3, async (ctx) => {
      const { actor } = await asColleague(ctx, 'petro');
      const what = { kind: 'cases_kept', subject: 'demo:10', count: 10, words: null } as const;
      await writeDecision(ctx, await thankStaff(ctx, { staffId: actor.id, ...what }));
    }),
  ];
}

async function setAll(ctx: Context): Promise<void> {
  const olena = await asColleague(ctx, 'olena');
  await setStandard(olena, { kind: 'complaint', hours: 8 });
  await setStandard(olena, { kind: 'complaint', audience: 'premium', hours: 4 });
  await setStandard(olena, { kind: 'idea', hours: 40 });
  await setStandard(olena, { kind: 'contact', channel: 'phone', hours: 4 });
  await setProcedure(olena, {
    ...{ kind: 'complaint', name: 'A complaint' },
    steps: [
      { what: 'Apologise, thank them for telling us, and listen', proof: 'listen' },
      { what: 'Establish the facts, and name the cause', proof: 'facts' },
      { what: 'Agree with the customer what we do, and by when', proof: 'agree' },
      { what: 'Do it, and make good', proof: 'act' },
      { what: 'Talk to the courier, if it was theirs', who: 'manager' },
      { what: 'Call and ask whether it is all right now' },
      { what: 'Close the case once the customer is content', proof: 'confirm' },
    ],
  });
  await setProcedure(olena, {
    ...{ kind: 'contact', channel: 'phone', name: 'A call' },
    steps: [
      { what: 'Give your name, and say theirs' },
      { what: 'Listen to the end, and repeat what they want' },
      { what: 'Say what happens next, who does it and by when' },
      { what: 'Write down what was said, and the next step' },
    ],
  });
}

async function answered(
  ctx: Context,
  { who, hours, text }: { who: 'petro' | 'maryna'; hours: number; text: string },
): Promise<void> {
  const counter = await asColleague(ctx, who);
  const { receipt } = await logFeedback(counter, { kind: 'problem', text, source: 'till', language: 'en' });
  const moment = ctx.now() + hours * HOUR_MS;
  await answerFeedback(
    { ...counter, now: () => moment },
    { feedbackId: receipt.id, state: 'resolved', text: 'Thank you for telling us. It is seen to.' },
  );
}

/** Somebody called about the complaint that is open. */
async function tickComplaint(ctx: Context): Promise<void> {
  const [row] = await ctx.db.fresh.read({
    sql: "SELECT id FROM feedback WHERE kind = 'complaint' ORDER BY id DESC LIMIT 1",
    args: [],
  });
  const subject = { about: 'case', aboutId: String(row?.[0]) } as const;
  const petro = await asColleague(ctx, 'petro');
  const progress = await getProcedureProgress(petro, subject);
  const step = progress?.steps.find(({ mayTick }) => mayTick);
  if (step !== undefined) await tickStep(petro, { ...subject, stepId: step.id, isDone: true });
}
