import type { Locale } from '../../ground/identity/languages.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { answerSurvey } from '../../voice/surveys/answer-survey.ts';
import { readyStatements } from '../../voice/surveys/definition.ts';
import { inviteCustomer } from '../../voice/surveys/invite-customer.ts';
import { inviteDue } from '../../voice/surveys/invite-due.ts';
import { openSurvey } from '../../voice/surveys/open-survey.ts';
import { createSurvey, saveSurvey } from '../../voice/surveys/save-survey.ts';
import { startingTopics, surveyTemplate } from '../../voice/surveys/templates.ts';
import { saveTopics } from '../../voice/surveys/topics.ts';
import { workSurveys } from '../../voice/surveys/work-surveys.ts';
import type { DemoOrder } from './demo-order.ts';
import { people } from './people.ts';
import { createRandom, type Random } from './random.ts';
import { signUp } from './sign-up.ts';
import type { DemoHappening } from './spending.ts';

const SEED = 1994;
const ANSWERING = 34;
const WANTING = 24;
const business = 'Fern & Kettle';

/** Surveys of the last half year: some sixty people say whether they would recommend the shop, what they want of it, and how far they trust it. */
export function surveyStories(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const random = createRandom(SEED);
  const later = createRandom(SEED + 1);
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: now - days * DAY_MS, run });
  const told = new Map<Told, string>();
  const asked = (survey: Told, person: Invited, answers: Record<string, string>) =>
    at(person.days, async (ctx) => {
      await signUp(ctx, person);
      await askAndAnswer(ctx, { surveyId: told.get(survey) ?? '', email: person.email, answers });
    });
  return [
    at(175, async (ctx) => void told.set('nps', await open(ctx, 'nps', '1.00'))),
    at(176, async (ctx) => void told.set('trust', await open(ctx, 'trust', null))),
    at(168, (ctx) => saveTopics(ctx, { topics: startingTopics() })),
    at(167, async (ctx) => void told.set('wants', await open(ctx, 'wants', null))),
    ...strangers(orders, random, [0, ANSWERING]).map((person) =>
      asked('nps', person, recommendation(random)),
    ),
    ...strangers(orders, later, [ANSWERING, ANSWERING + WANTING]).map((person) =>
      asked('wants', person, wanting(later)),
    ),
    ...studio.flatMap(([person, first, second]) => [
      asked('trust', { ...person, language: 'en', days: 150 }, trusting(later, first)),
      asked('trust', { ...person, language: 'en', days: 40 }, trusting(later, second)),
    ]),
    asked('nps', { ...people.viktor, language: 'uk', days: 30 }, viktors),
    at(12, async (ctx) => void (await open(ctx, 'delivery', '0.50'))),
    at(0, workSurveys),
  ];
}

/** A question after each talk with the team, which Leo answers a day after his. It comes behind the talks themselves. */
export function contactSurveyStories(now: number): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => {
    const moment = now - days * DAY_MS;
    return { at: moment, run: (ctx) => run({ ...ctx, now: () => moment }) };
  };
  return [
    at(7, async (ctx) => void (await open(ctx, 'contact', null))),
    at(5, async (ctx) => {
      await inviteDue(ctx);
      const [row] = await ctx.db.read({
        sql: `SELECT i.id, i.customer_id FROM survey_invitations AS i WHERE i.occasion LIKE 'contact %' LIMIT 1`,
        args: [],
      });
      assert(row !== undefined, 'somebody spoke with the team the day before');
      const own: Context = { ...ctx, actor: { kind: 'customer', id: String(row[1]) } };
      await answerSurvey(own, {
        ...{ key: { invitationId: String(row[0]) }, questionId: 'satisfied', language: 'en' },
        given: new Map([['satisfied', '5']]),
      });
    }),
  ];
}

type Told = 'nps' | 'trust' | 'wants';

/** What the people of the company thought in spring and think now, from 1 to 7. */
const studio = [
  [people.marta, 6, 6],
  [people.tom, 6, 4],
  [people.iryna, 5, 4],
] as const;

interface Invited {
  email: string;
  name: string;
  language: Locale;
  days: number;
}

const viktors = { recommend: '5', disappointed: 'Насос кавоварки зламався двічі, і довелося її повернути.' };

async function open(
  ctx: Context,
  template: Told | 'delivery' | 'contact',
  incentive: string | null,
): Promise<string> {
  const id = await createSurvey(ctx, { template });
  const definition = surveyTemplate(template, { business, topics: startingTopics() });
  const isAsItComes = template === 'delivery' || template === 'contact';
  const trigger = isAsItComes ? definition.trigger : { kind: 'by_hand' };
  await saveSurvey(ctx, { id, definition: { ...definition, trigger, incentive } });
  await openSurvey(ctx, { id });
  return id;
}

async function askAndAnswer(
  ctx: Context,
  { surveyId, email, answers }: { surveyId: string; email: string; answers: Record<string, string> },
): Promise<void> {
  const { id: invitationId, customerId } = await inviteCustomer(ctx, { surveyId, email });
  const own: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  const given = new Map(Object.entries(answers));
  const [first] = [...given.keys()];
  let questionId: string | null = first?.split('.')[0] ?? null;
  while (questionId !== null) {
    const outcome = await answerSurvey(own, { key: { invitationId }, questionId, given, language: 'en' });
    questionId = outcome.ok ? outcome.nextId : null;
  }
}

/** People who bought for themselves, spread over the months. */
function strangers(
  orders: readonly DemoOrder[],
  random: Random,
  [from, to]: readonly [number, number],
): Invited[] {
  const written = new Set<string>(Object.values(people).map(({ email }) => email));
  const names = new Map(orders.map(({ email, customerName, account }) => [email, { customerName, account }]));
  return [...names]
    .filter(([email, { account }]) => account === null && !written.has(email))
    .slice(from, to)
    .map(([email, { customerName }]) => ({
      email,
      name: customerName ?? '',
      language: 'en',
      days: random.between(12, 170),
    }));
}

function recommendation(random: Random): Record<string, string> {
  const score = random.pick([10, 10, 10, 9, 9, 9, 9, 8, 8, 7, 7, 6, 4, 10, 9] as const);
  const words =
    score >= 9 ? random.pick(liked) : score >= 7 ? random.pick(missing) : random.pick(disappointed);
  const question = score >= 9 ? 'liked' : score >= 7 ? 'missing' : 'disappointed';
  return { recommend: String(score), [question]: random.chance(45) ? words : '' };
}

function trusting(random: Random, about: number): Record<string, string> {
  const near = () => String(Math.min(7, Math.max(1, about + random.between(-1, 1))));
  return Object.fromEntries([
    ...readyStatements.trust.map((statement) => [`trust.${statement}`, near()]),
    ...readyStatements.commitment.map((statement) => [`commitment.${statement}`, near()]),
    ['recommend', String(about + 3)],
  ]);
}

/** How much each topic matters, and how well the shop does it: late parcels, and advice that is better than it need be. */
const rated: Record<string, readonly [want: number, get: number]> = {
  ...{ range: [4, 4], quality: [5, 5], price: [4, 3], delivery: [5, 3] },
  ...{ advice: [3, 5], ordering: [4, 4], help: [4, 3] },
};

function wanting(random: Random): Record<string, string> {
  const near = (about: number) => String(Math.min(5, Math.max(1, about + random.between(-1, 1))));
  const topics = Object.entries(rated).flatMap(([topic, [want, get]]) => [
    [`wants.${topic}.want`, near(want)],
    [`wants.${topic}.get`, near(get)],
  ]);
  return Object.fromEntries([
    ...topics,
    ['need.percent', String(random.between(3, 10) * 10)],
    ['need.others', random.chance(40) ? random.pick(others) : ''],
  ]);
}

const others = ['The supermarket', 'Bean & Gone, online', 'Чайна крамниця на розі'] as const;

const liked = [
  'The coffee is roasted the week it arrives.',
  'Somebody answers the phone, and knows tea.',
  'Завжди пишуть від руки на пакунку. Дрібниця, а приємно.',
  'You said two days and it was two days.',
] as const;
const missing = [
  'Smaller bags would be good for one person.',
  'Доставка до поштомата була б зручніша.',
  'More decaf, please.',
] as const;
const disappointed = [
  'Two parcels came late this spring and nobody told me.',
  'One bag had a hole and I had to ask twice.',
] as const;
