import { z } from 'zod';
import { insertInto, statement } from '../../db/query.ts';
import { joinRequests } from '../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../db/store.ts';
import { locales } from '../../src/languages.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { getBusiness } from '../business/business.ts';
import { policyOf } from '../business/policies.ts';
import { queueMail } from '../mail/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { hashOf, newId, newToken } from '../platform/ids.ts';
import { identifier } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { isMember } from '../sign-in/claim-customer.ts';
import { findSession } from '../sign-in/find-session.ts';
import { findOwnerByEmail } from '../sign-in/queries.ts';
import { challengeOver } from '../sign-in/refusals.ts';
import { endSession } from '../sign-in/session-statements.ts';
import { sessionTerms } from '../sign-in/session-terms.ts';
import { type Admission, admissionOf } from './admission.ts';
import { type ConsentText, consentText, shownText } from './consent-texts.ts';
import { join } from './join.ts';
import { factsOf, readApplicant } from './read-applicant.ts';
import { keepText } from './record-consent.ts';
import { lookAtNewcomer, tellReferral } from './tell-referral.ts';

const input = z.strictObject({
  /** Of a session of kind `joining`. */
  sessionToken: z.string().max(200),
  name: identifier(120),
  language: z.enum(locales),
  /** Of the terms the form has shown. */
  termsVersion: z.string().max(100),
  wantsNews: z.boolean().default(false),
});
type Asked = z.output<typeof input>;

export type Joined =
  /** `token`: of the customer's session, for the cookie alone. */
  | { outcome: 'joined'; customerId: string; isNew: boolean; token: string; max_age_s: number }
  | { outcome: Exclude<Admission, 'welcome' | 'asks'> };

const insertRequest = insertInto(joinRequests, 'ON CONFLICT DO NOTHING');

/**
 * The last step of joining: somebody who proved an email says their name and agrees to the terms. Where the business
 * approves everybody, that leaves a request instead. Sent twice at once, it makes one customer.
 * @throws {AppError} `validation_failed`, `terms_changed`, `challenge_expired` when the proof is too old
 */
export async function finishJoining(ctx: Context, given: z.input<typeof input>): Promise<Joined> {
  const asked = parseInput(input, given);
  const session = await findSession(ctx, asked.sessionToken);
  if (session?.kind !== 'joining') throw challengeOver();
  const terms = shownText('terms', asked.termsVersion);
  if (terms === null)
    throw new AppError('terms_changed', 'The wording has changed; read it and send the form again.');
  const { email, referralCode, askedAt } = session.joining;
  const news = asked.wantsNews ? [consentText('news', asked.language)] : [];
  const proven = { asked, email, referralCode, askedAt, terms, news };
  const joined = await changeAccount(ctx, `email:${email}`, () => decide(ctx, proven));
  if (joined.outcome === 'joined' && joined.isNew && referralCode !== null)
    await lookAtNewcomer(ctx, joined.customerId);
  ctx.log.info('Somebody wanted to join: {outcome}', { outcome: joined.outcome });
  ctx.wakeMail('now');
  return joined;
}

interface Proven {
  asked: Asked;
  email: string;
  referralCode: string | null;
  askedAt: number;
  terms: ConsentText;
  news: ConsentText[];
}

async function decide(ctx: Context, proven: Proven): Promise<Joined> {
  const { asked, email, referralCode, askedAt, terms, news } = proven;
  const now = ctx.now();
  const [business, [known], applicant] = await Promise.all([
    getBusiness({ ...ctx, db: ctx.db.fresh }),
    findOwnerByEmail(ctx.db.fresh, { email }),
    readApplicant(ctx.db.fresh, { email, now }),
  ]);
  if (isMember(known)) return becomes(ctx, asked, { customerId: known.id, statements: [] });
  const admission = admissionOf(policyOf(business, 'registration'), factsOf(known, applicant));
  if (admission === 'asks') return ask(ctx, proven);
  if (admission !== 'welcome') return { outcome: admission };
  const { revision } = business;
  const invitations = applicant.invitations.filter(({ accountId }) => accountId === null).map(({ id }) => id);
  const { customerId, accountId, statements } = join(ctx, {
    email,
    known,
    name: asked.name,
    language: asked.language,
    agreed: [terms, ...news],
    agreedAt: now,
    revision,
    invitations,
  });
  const told = await tellReferral(ctx, { code: referralCode, customerId, accountId, toldAt: askedAt });
  return becomes(ctx, asked, { customerId, statements: [...statements, ...told] });
}

/**
 * The session goes on as the customer's, under another token: whoever learned the old one before has nothing. One that
 * was ended meanwhile gives NULL, which refuses the batch.
 */
async function becomes(
  ctx: Context,
  { sessionToken }: Asked,
  { customerId, statements }: { customerId: string; statements: Statement[] },
): Promise<Joined> {
  const now = ctx.now();
  const { absolute_ms } = sessionTerms.customer;
  const token = newToken();
  const old = hashOf(sessionToken);
  const goesOn = [
    statement(
      `INSERT INTO sessions (token_hash, kind, subject_id, created_at, last_seen_at, expires_at, browser) VALUES (
         (SELECT ? FROM sessions WHERE token_hash = ? AND kind = 'joining'), 'customer', ?, ?, ?, ?,
         coalesce((SELECT browser FROM sessions WHERE token_hash = ?), ''))`,
      hashOf(token),
      old,
      customerId,
      now,
      now,
      now + absolute_ms,
      old,
    ),
    endSession(sessionToken),
  ];
  try {
    await ctx.db.write([...statements, ...goesOn]);
  } catch (error) {
    throw isConflictOn(error, 'NOT NULL constraint failed: sessions.token_hash') ? challengeOver() : error;
  }
  return {
    outcome: 'joined',
    customerId,
    isNew: statements.length > 0,
    token,
    max_age_s: absolute_ms / 1000,
  };
}

async function ask(ctx: Context, { asked, email, referralCode, terms, news }: Proven): Promise<Joined> {
  const now = ctx.now();
  const { name, language } = asked;
  const request = insertRequest({
    id: newId(),
    email,
    name,
    language,
    termsVersion: terms.version,
    newsVersion: news[0]?.version ?? null,
    referralCode,
    askedAt: now,
  });
  const mail = queueMail({
    template: 'join_request_received',
    params: {},
    address: email,
    language,
    at: now,
  });
  await ctx.db.write([keepText(terms, now), ...news.map((text) => keepText(text, now)), request, mail]);
  return { outcome: 'waiting' };
}
