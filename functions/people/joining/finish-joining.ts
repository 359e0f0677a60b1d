import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { joinRequests } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { locales } from '../../../languages/built.ts';
import { type Decision, isUnchanged, type Unchanged, unchanged } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { hashOf, newId, newToken } from '../../ground/platform/ids.ts';
import { identifier } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { isMember } from '../sign-in/claim-customer.ts';
import { endSession } from '../sign-in/end-sessions.ts';
import { findOwnerByEmail } from '../sign-in/find-owner.ts';
import { findSession } from '../sign-in/find-session.ts';
import { challengeOver } from '../sign-in/refusals.ts';
import { sessionTerms } from '../sign-in/session-terms.ts';
import { type Admission, admissionOf } from './admission.ts';
import { type ConsentText, consentText, shownText } from './consent-texts.ts';
import { join } from './join.ts';
import { followNewcomer, planNewcomer } from './newcomers.ts';
import { registration } from './policies.ts';
import { factsOf, readApplicant } from './read-applicant.ts';
import { keepText } from './record-consent.ts';

const input = z.strictObject({
  /** Of a session of kind `joining`. */
  sessionToken: z.string().max(200),
  name: identifier(120),
  language: z.enum(locales),
  /** Of the terms the form has shown. */
  termsVersion: z.string().max(100),
  wantsNews: z.boolean().default(false),
});
type JoiningForm = z.output<typeof input>;

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
export async function finishJoining(ctx: Context, typed: z.input<typeof input>): Promise<Joined> {
  const form = parseInput(input, typed);
  const session = await findSession(ctx, form.sessionToken);
  if (session?.kind !== 'joining') throw challengeOver();
  const { identity } = await getBusiness(ctx);
  const terms = shownText(identity, { kind: 'terms', version: form.termsVersion });
  if (terms === null)
    throw new AppError('terms_changed', 'The wording has changed; read it and send the form again.');
  const { email, referralCode, askedAt } = session.joining;
  const news = form.wantsNews ? [consentText(identity, { kind: 'news', language: form.language })] : [];
  const proven = { form, email, referralCode, askedAt, terms, news };
  const joined = await changeAccount(ctx, `email:${email}`, () => decide(ctx, proven));
  if (joined.outcome === 'joined' && joined.isNew && referralCode !== null)
    await followNewcomer(ctx, joined.customerId);
  ctx.log.info('Somebody wanted to join: {outcome}', { outcome: joined.outcome });
  ctx.wakeMail('now');
  return joined;
}

interface Proven {
  form: JoiningForm;
  email: string;
  referralCode: string | null;
  askedAt: number;
  terms: ConsentText;
  news: ConsentText[];
}

async function decide(ctx: Context, proven: Proven): Promise<Joined> {
  const { form, email, referralCode, askedAt, terms, news } = proven;
  const now = ctx.now();
  const [business, [known], applicant] = await Promise.all([
    getBusiness({ ...ctx, db: ctx.db.fresh }),
    findOwnerByEmail(ctx.db.fresh, { email }),
    readApplicant(ctx.db.fresh, { email, now }),
  ]);
  if (isMember(known)) return goOnAsCustomer(ctx, form, { customerId: known.id, decision: unchanged });
  const admission = admissionOf(policyOf(business, registration), factsOf(known, applicant));
  if (admission === 'asks') return ask(ctx, proven);
  if (admission !== 'welcome') return { outcome: admission };
  const { revision } = business;
  const invitations = applicant.invitations.filter(({ accountId }) => accountId === null).map(({ id }) => id);
  const { customerId, accountId, decision } = join(ctx, {
    email,
    known,
    name: form.name,
    language: form.language,
    agreed: [terms, ...news],
    agreedAt: now,
    revision,
    invitations,
  });
  const care = await planNewcomer(ctx, { code: referralCode, customerId, accountId, toldAt: askedAt });
  return goOnAsCustomer(ctx, form, { customerId, decision: { also: [decision, care] } });
}

/**
 * The session goes on as the customer's, under another token: whoever learned the old one before has nothing. One that
 * was ended meanwhile gives NULL, which refuses the batch.
 */
async function goOnAsCustomer(
  ctx: Context,
  { sessionToken }: JoiningForm,
  { customerId, decision }: { customerId: string; decision: Decision | Unchanged },
): Promise<Joined> {
  const now = ctx.now();
  const { absolute_ms } = sessionTerms.customer;
  const token = newToken();
  const old = hashOf(sessionToken);
  const rows = [
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
    await writeDecision(ctx, { also: isUnchanged(decision) ? [{ rows }] : [decision, { rows }] });
  } catch (error) {
    throw isConflictOn(error, 'NOT NULL constraint failed: sessions.token_hash') ? challengeOver() : error;
  }
  return {
    outcome: 'joined',
    customerId,
    isNew: !isUnchanged(decision),
    token,
    max_age_s: absolute_ms / 1000,
  };
}

async function ask(ctx: Context, { form, email, referralCode, terms, news }: Proven): Promise<Joined> {
  const now = ctx.now();
  const { name, language } = form;
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
  await writeDecision(ctx, {
    rows: [keepText(terms, now), ...news.map((text) => keepText(text, now)), request],
    letters: [{ template: 'join_request_received', params: {}, address: email, language }],
  });
  return { outcome: 'waiting' };
}
