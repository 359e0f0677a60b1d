import { and, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts } from '../../../db/schema/index.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays, DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { newToken } from '../../ground/platform/ids.ts';
import { getBusiness } from '../../money/business/business.ts';
import { setPolicy } from '../../money/business/policies.ts';
import { changePerson } from '../../people/households/change-person.ts';
import { invitePerson } from '../../people/households/invite-person.ts';
import { answerQuestion } from '../../people/joining/answer-question.ts';
import { consentText } from '../../people/joining/consent-texts.ts';
import { setNews } from '../../people/joining/consents.ts';
import { decideRequest } from '../../people/joining/decide-request.ts';
import { findRequestOf } from '../../people/joining/find-request.ts';
import { finishJoining } from '../../people/joining/finish-joining.ts';
import { invite } from '../../people/joining/invite.ts';
import { setPreferences } from '../../people/preferences/set-preferences.ts';
import { codeOf } from '../../people/sign-in/challenge.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import { requestSignIn } from '../../people/sign-in/request-sign-in.ts';
import { verifyCode } from '../../people/sign-in/verify-code.ts';
import { company, household, type Person, people } from './people.ts';
import type { DemoHappening } from './spending.ts';

/** Two who asked to be let in while the business approved everybody, for a few weeks. */
const applicants = [
  { email: 'mykola.bilyk@letters.example', name: 'Микола Білик' },
  { email: 'orders@roastbrokers.example', name: 'Roast Brokers Ltd' },
] as const satisfies readonly Person[];

/** Households and companies that say who may what, people who tell a little, and those who want to join. */
export function joiningStories(now: number): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: now - days * DAY_MS, run });
  return [
    at(600, async (ctx) => {
      const anna = await as(ctx, people.anna);
      await answerQuestion(anna, { question: 'why', answer: 'The grinder workshop. I stayed for the tea.' });
      await answerQuestion(anna, { question: 'birthday', answer: '05-14' });
      await setNews(anna, { isWanted: true, language: 'en', source: 'settings' });
    }),
    at(435, (ctx) => confirm(ctx, company, people.marta)),
    at(80, (ctx) => inHousehold(ctx, household, people.anna, people.daniel)),
    at(60, (ctx) => inHousehold(ctx, company, people.marta, people.tom)),
    at(59, async (ctx) => {
      const accountId = await accountNamed(ctx, company);
      const { id: customerId } = await ownerOf(ctx, people.iryna.email);
      await changePerson(await as(ctx, people.marta), { accountId, customerId, mayRedeem: false });
    }),
    at(30, (ctx) => setPolicy(ctx, 'registration', 'approval')),
    ...applicants.map((person) => at(29, (ctx) => apply(ctx, person))),
    at(28, (ctx) => declineOf(ctx, applicants[1].email)),
    at(27, (ctx) => setPolicy(ctx, 'registration', 'open')),
    at(25, async (ctx) => {
      const { id: customerId } = await ownerOf(ctx, people.marta.email);
      const noCalls = { topic: 'contact', channel: 'phone', isOn: false } as const;
      await setPreferences(await as(ctx, people.marta), { customerId, wishes: [noCalls], weekMax: 1 });
    }),
    at(24, async (ctx) => {
      const { id: customerId } = await ownerOf(ctx, people.anna.email);
      await setPreferences(await as(ctx, people.anna), { customerId, offers: true });
    }),
    at(6, async (ctx) => {
      const { id: customerId } = await ownerOf(ctx, people.iryna.email);
      const pausedUntil = addDays(dayOf(now, (await getBusiness(ctx)).timeZone), 30);
      await setPreferences(ctx, {
        customerId,
        pausedUntil,
        basis: 'Asked for a quiet month at the counter.',
      });
    }),
    at(1, async (ctx) => {
      await invite(ctx, { email: 'kavarnia@inbox.example', language: 'uk' });
      const accountId = await accountNamed(ctx, household);
      await invitePerson(await as(ctx, people.anna), { accountId, email: people.leo.email, mayRedeem: true });
    }),
  ];
}

/** The business knows who manages a company: its orders alone would not say so. */
async function confirm(ctx: Context, name: string, manager: Person): Promise<void> {
  const accountId = await accountNamed(ctx, name);
  const { id: customerId } = await ownerOf(ctx, manager.email);
  await changePerson(ctx, { accountId, customerId, isManager: true, mayRedeem: true });
}

/** Confirmed as its manager, they confirm the other one, who may not spend. */
async function inHousehold(ctx: Context, name: string, manager: Person, other: Person): Promise<void> {
  const accountId = await accountNamed(ctx, name);
  const { id: customerId } = await ownerOf(ctx, other.email);
  await confirm(ctx, name, manager);
  await changePerson(await as(ctx, manager), { accountId, customerId, mayRedeem: false });
}

async function apply(ctx: Context, { email, name }: Person): Promise<void> {
  const guest: Context = { ...ctx, actor: { kind: 'anonymous' } };
  const browserToken = newToken();
  const asking = { email, language: 'en', browserToken, clientAddress: '192.0.2.1' };
  const { challengeId } = await requestSignIn(guest, asking);
  const code = codeOf(ctx.config.secret, challengeId);
  const { token } = await verifyCode(guest, { challengeId, code, browserToken, clientAddress: '192.0.2.1' });
  const termsVersion = consentText((await getBusiness(ctx)).identity, {
    kind: 'terms',
    language: 'en',
  }).version;
  await finishJoining(guest, { sessionToken: token, name, language: 'en', termsVersion });
}

async function declineOf(ctx: Context, email: string): Promise<void> {
  const [request] = await findRequestOf(ctx.db, { email });
  const reason = 'This portal is for people who drink what they buy. Our trade desk is glad to help you.';
  await decideRequest(ctx, { requestId: request?.id ?? '', outcome: 'declined', reason });
}

async function as(ctx: Context, { email }: Person): Promise<Context> {
  return { ...ctx, actor: { kind: 'customer', id: (await ownerOf(ctx, email)).id } };
}

async function ownerOf(ctx: Context, email: string) {
  const [owner] = await findOwnerByEmail(ctx.db, { email });
  assert(owner !== undefined, 'the demo knows its people');
  return owner;
}

const findNamed = query((db) =>
  db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.name, sql.placeholder('name')), eq(accounts.kind, 'shared'))),
);

async function accountNamed(ctx: Context, name: string): Promise<string> {
  const [account] = await findNamed(ctx.db, { name });
  assert(account !== undefined, 'the demo knows its companies');
  return account.id;
}
