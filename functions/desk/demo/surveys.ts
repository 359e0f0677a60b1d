import type { Locale } from '../../ground/identity/languages.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { answerSurvey } from '../../voice/surveys/answer-survey.ts';
import { inviteCustomer } from '../../voice/surveys/invite-customer.ts';
import { openSurvey } from '../../voice/surveys/open-survey.ts';
import { createSurvey, saveSurvey } from '../../voice/surveys/save-survey.ts';
import { surveyTemplate } from '../../voice/surveys/templates.ts';
import { workSurveys } from '../../voice/surveys/work-surveys.ts';
import type { DemoOrder } from './demo-order.ts';
import { people } from './people.ts';
import { createRandom, type Random } from './random.ts';
import { signUp } from './sign-up.ts';
import type { DemoHappening } from './spending.ts';

const SEED = 1994;
const ANSWERING = 34;
const business = 'Fern & Kettle';

/** Surveys of the last half year: some forty people say whether they would recommend the shop, and what they trust it with. */
export function surveyStories(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const random = createRandom(SEED);
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: now - days * DAY_MS, run });
  const told = new Map<'nps' | 'trust', string>();
  const asked = (survey: 'nps' | 'trust', person: Invited, answers: Record<string, string>) =>
    at(person.days, async (ctx) => {
      await signUp(ctx, person);
      await askAndAnswer(ctx, { surveyId: told.get(survey) ?? '', email: person.email, answers });
    });
  return [
    at(175, async (ctx) => void told.set('nps', await open(ctx, 'nps', '1.00'))),
    at(95, async (ctx) => void told.set('trust', await open(ctx, 'trust', null))),
    ...strangers(orders, random).map((person) => asked('nps', person, recommendation(random))),
    asked('nps', { ...people.viktor, language: 'uk', days: 30 }, viktors),
    asked('trust', { ...people.marta, language: 'en', days: 40 }, { ...trusting(random), recommend: '9' }),
    at(12, async (ctx) => void (await open(ctx, 'delivery', '0.50'))),
    at(0, workSurveys),
  ];
}

interface Invited {
  email: string;
  name: string;
  language: Locale;
  days: number;
}

const viktors = { recommend: '5', disappointed: 'Насос кавоварки зламався двічі, і довелося її повернути.' };

async function open(
  ctx: Context,
  template: 'nps' | 'trust' | 'delivery',
  incentive: string | null,
): Promise<string> {
  const id = await createSurvey(ctx, { template });
  const definition = surveyTemplate(template, business);
  const trigger = template === 'delivery' ? definition.trigger : { kind: 'by_hand' };
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
  let questionId: string | null = given.has('recommend') && !given.has('trust.care') ? 'recommend' : 'trust';
  while (questionId !== null) {
    const outcome = await answerSurvey(own, { key: { invitationId }, questionId, given, language: 'en' });
    questionId = outcome.ok ? outcome.nextId : null;
  }
}

/** People who bought for themselves, spread over the months. */
function strangers(orders: readonly DemoOrder[], random: Random): Invited[] {
  const written = new Set<string>(Object.values(people).map(({ email }) => email));
  const names = new Map(orders.map(({ email, customerName, account }) => [email, { customerName, account }]));
  return [...names]
    .filter(([email, { account }]) => account === null && !written.has(email))
    .slice(0, ANSWERING)
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

function trusting(random: Random): Record<string, string> {
  const statements = ['integrity', 'competence', 'care', 'attachment', 'continuity', 'worth'];
  return Object.fromEntries(
    statements.map((statement) => [`trust.${statement}`, String(random.between(5, 7))]),
  );
}

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
