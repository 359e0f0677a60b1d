import { z } from 'zod';
import { StoreUnavailable } from '../../../db/store.ts';
import {
  keepRendered,
  type Leased,
  leaseMail,
  markFailed,
  markSent,
  markWithheld,
  pauseAll,
  postpone,
  takeTurn,
} from '../../ground/outbox/outbox.ts';
import { type Payload, resendSender, type Send } from '../../ground/outbox/resend.ts';
import type { WithheldReason } from '../../ground/outbox/withhold.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { type Composed, composeMail } from './compose-mail.ts';
import { addressIn } from './incoming/address-in.ts';
import { replyAddress } from './incoming/reply-address.ts';
import { letterOf, writeLetter } from './kept-letter.ts';
import { showInMailbox } from './show-in-mailbox.ts';
import { withheldBecause } from './withheld-because.ts';

/** The provider remembers keys for 24 hours; clocks differ, and a send takes its time. */
const KEY_MS = DAY_MS - 10 * 60_000;
/** A pause this short is waited out; for a longer one the next run takes over. */
const PAUSE_MS_MAX = 5_000;
/** Waits after the first, second … try; the last one repeats. */
const waits_s = [10, 30, 120, 300, 900, 1800, 3600, 7200, 14_400];

export interface DeliverOptions {
  /** No send starts after this much time: 20 s for what runs behind an answer on Workers. */
  budget_ms?: number;
  /** How long the provider may take over one mail. */
  timeout_ms?: number;
  sleep?: (ms: number) => Promise<void>;
}

/**
 * Sends the mail that is due, two a second over all processes, the most urgent first. A retry sends the same bytes under the same key,
 * for a day from the first try, as long as the provider remembers keys; from then on nothing is sent by itself, since it
 * might arrive twice: the mail has failed and a person has to look. In mailbox mode nothing leaves the house.
 */
export async function deliverMail(ctx: Context, options: DeliverOptions = {}): Promise<void> {
  const { mail } = ctx.config;
  if (mail.kind === 'none') return;
  if (mail.kind === 'mailbox') return showInMailbox(ctx);
  const { budget_ms = 50_000, sleep = realSleep } = options;
  const send = resendSender(mail, options.timeout_ms);
  const end = ctx.now() + budget_ms;
  while (ctx.now() < end && !ctx.isEnding?.()) {
    const turn = await takeTurn(ctx.db, ctx.now());
    if (turn === null || turn >= end) return;
    await sleep(Math.max(0, turn - ctx.now()));
    const leased = await leaseMail(ctx.db, ctx.now());
    if (leased === null) continue;
    const pause_ms = await deliverLeased(ctx, { leased, send, from: mail.from });
    if (pause_ms > PAUSE_MS_MAX) return;
    if (pause_ms > 0) await sleep(pause_ms);
  }
}

/** One mail on its way; `send` may look at what the provider says. */
export interface Delivery {
  leased: Leased;
  send: Send;
  from: string;
}

/** One mail that nobody can write or send keeps no other from going out. @throws {StoreUnavailable} */
export async function deliverLeased(ctx: Context, delivery: Delivery): Promise<number> {
  try {
    return await deliverOne(ctx, delivery);
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    const { leased } = delivery;
    const reason = reasonOf(error);
    ctx.log.error('Mail {id} ({template}) could not be delivered: {reason}', facts(leased, reason));
    await ctx.db.write([postpone(leased, ctx.now() + waitAfter(leased.tries, 0), reason)]);
    return 0;
  }
}

/** Returns how long the provider asks to be left alone, in milliseconds. */
async function deliverOne(ctx: Context, { leased, send, from }: Delivery): Promise<number> {
  if (ctx.now() >= leased.firstTryAt + KEY_MS) return giveUp(ctx, leased, 'outcome_unknown');
  const prepared = await prepare(ctx, { leased, from });
  if (prepared.kind === 'withheld') {
    await ctx.db.write([markWithheld(leased, prepared.reason, ctx.now())]);
    return 0;
  }
  if (prepared.kind === 'broken') return giveUp(ctx, leased, 'malformed');
  const result = await send(prepared.payload, leased.id);
  if (result.kind === 'refused') return giveUp(ctx, leased, result.reason);
  const now = ctx.now();
  const pause_ms = result.pause_s * 1000;
  const pause = pause_ms > 0 ? [pauseAll(now + pause_ms, now)] : [];
  if (result.kind === 'sent') {
    await ctx.db.write([markSent(leased, result.providerId, now), ...pause]);
    return pause_ms;
  }
  const nextTryAt = now + waitAfter(leased.tries, result.pause_s);
  if (nextTryAt >= leased.firstTryAt + KEY_MS) await giveUp(ctx, leased, result.reason);
  else {
    ctx.log.warn('Mail {id} ({template}) was not accepted: {reason}', facts(leased, result.reason));
    await ctx.db.write([postpone(leased, nextTryAt, result.reason), ...pause]);
  }
  return pause_ms;
}

async function giveUp(ctx: Context, leased: Leased, reason: string): Promise<0> {
  ctx.log.error('Mail {id} ({template}) failed for good: {reason}', facts(leased, reason));
  await ctx.db.write([markFailed(leased, reason, ctx.now())]);
  return 0;
}

type Prepared =
  | { kind: 'ready'; payload: Payload }
  | { kind: 'withheld'; reason: WithheldReason }
  | { kind: 'broken' };

/** What to send; what was sent before goes out again as it was, unless its reader has said no since. */
async function prepare(ctx: Context, { leased, from }: Omit<Delivery, 'send'>): Promise<Prepared> {
  try {
    const reason = await withheldBecause(ctx, leased);
    if (reason !== null) return { kind: 'withheld', reason };
    if (leased.rendered !== null) return ready(leased.rendered);
    const composed = await composeMail(ctx, leased);
    if (composed === null) return { kind: 'withheld', reason: 'recipient_gone' };
    const payload = payloadOf(composed, {
      from,
      id: leased.id,
      replyTo: replyToOf(ctx, leased.id, composed),
    });
    if (ctx.house.letters.get(leased.template)?.isSecret === true) return { kind: 'ready', payload };
    const rendered = JSON.stringify(payload);
    return ready(await keepRendered(ctx.db, leased, { rendered, letter: writeLetter(letterOf(composed)) }));
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
    return { kind: 'broken' };
  }
}

/**
 * Answers say by their address what they answer, where the business takes them; elsewhere they go to who signed the mail.
 */
function replyToOf(
  { config: { mail, secret } }: Context,
  mailId: string,
  { signer }: Pick<Composed, 'signer'>,
): { replyTo?: string } {
  const takesAnswers = mail.kind === 'resend' && mail.replyTo !== undefined && /^[0-9a-f]{32}$/.test(mailId);
  const address = takesAnswers ? replyAddress(secret, { address: mail.replyTo ?? '', mailId }) : signer?.mail;
  if (address === undefined || address === null) return {};
  return { replyTo: signer === null ? address : named(signer.name, address) };
}

/** An address under a name, whatever stands in it (RFC 5322, 3.2.4). */
const named = (name: string, address: string) => `"${name.replaceAll(/["\\]/g, '\\$&')}" <${address}>`;

function payloadOf(
  composed: Composed,
  { from: sender, id, replyTo }: { from: string; id: string; replyTo: { replyTo?: string } },
): Payload {
  const { to, subject, html, text, unsubscribe, isPlain, signer } = composed;
  const own = addressIn(sender);
  const from = signer === null || own === null ? sender : named(signer.from, own);
  const tags = [{ name: 'mail', value: id }];
  const mail = { from, ...replyTo, to, subject, ...(isPlain ? {} : { html }), text, tags };
  if (unsubscribe === null) return mail;
  const headers = {
    'List-Unsubscribe': `<${unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  return { ...mail, headers };
}

function ready(rendered: string): Prepared {
  return { kind: 'ready', payload: payloadShape.parse(JSON.parse(rendered)) };
}

const payloadShape = z.object({
  from: z.string(),
  replyTo: z.string().optional(),
  to: z.string(),
  subject: z.string(),
  html: z.string().optional(),
  text: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })),
});

/** Never the address nor the text. */
function facts({ id, template }: Leased, reason: string) {
  return { id, template, reason };
}

/** Spread by a fifth in both directions, so that what failed together does not come back together. */
function waitAfter(tries: number, retry_after_s: number): number {
  const planned_s = waits_s[Math.min(tries, waits_s.length) - 1] ?? 0;
  return Math.round(Math.max(retry_after_s, planned_s * (0.8 + 0.4 * Math.random())) * 1000);
}

const realSleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
