import { z } from 'zod';
import type { Context } from '../platform/context.ts';
import { type Brand, portalBrand } from './brand.ts';
import { composeMail } from './compose-mail.ts';
import {
  keepRendered,
  type Leased,
  leaseMail,
  markAllShown,
  markFailed,
  markSent,
  postpone,
} from './outbox.ts';
import { type Payload, resendSender, type Send } from './resend.ts';
import { isSecretMail, isTemplate } from './templates.ts';

const DAY_MS = 24 * 3_600_000;
/** A pause this short is waited out; for a longer one the next run takes over. */
const PAUSE_MS_MAX = 5_000;
/** Waits after the first, second … try; the last one repeats. */
const waits_s = [10, 30, 120, 300, 900, 1800, 3600, 7200, 14_400];

export interface DeliverOptions {
  brand?: Brand;
  /** No send starts after this much time: 20 s for what runs behind an answer on Workers. */
  budget_ms?: number;
  /** How long the provider may take over one mail. */
  timeout_ms?: number;
  sleep?: (ms: number) => Promise<void>;
}

/**
 * Sends the mail that is due, two a second over all processes. A retry sends the same bytes under the same key,
 * for 24 hours, as long as the provider remembers keys; then the mail has failed and a person has to look.
 * In mailbox mode nothing leaves the house.
 */
export async function deliverMail(ctx: Context, options: DeliverOptions = {}): Promise<void> {
  const { mail } = ctx.config;
  if (mail.kind === 'none') return;
  if (mail.kind === 'mailbox') {
    await ctx.db.write([markAllShown(ctx.now())]);
    return;
  }
  const { brand = portalBrand, budget_ms = 50_000, sleep = realSleep } = options;
  const send = resendSender(mail, options.timeout_ms);
  const end = ctx.now() + budget_ms;
  while (ctx.now() < end) {
    const leased = await leaseMail(ctx.db, ctx.now());
    if (leased === null) return;
    await sleep(Math.max(0, leased.slot - ctx.now()));
    const pause_ms = await deliverOne(ctx, { leased, brand, send, from: mail.from });
    if (pause_ms > PAUSE_MS_MAX) return;
    if (pause_ms > 0) await sleep(pause_ms);
  }
}

interface Delivery {
  leased: Leased;
  brand: Brand;
  send: Send;
  from: string;
}

/** Returns how long the provider asks to be left alone, in milliseconds. */
async function deliverOne(ctx: Context, { leased, brand, send, from }: Delivery): Promise<number> {
  const payload = await preparedPayload(ctx, { leased, brand, from });
  if (typeof payload === 'string') {
    await ctx.db.write([markFailed(leased, payload, ctx.now())]);
    return 0;
  }
  const result = await send(payload, leased.id);
  if (result.kind === 'sent') {
    await ctx.db.write([markSent(leased, result.providerId, ctx.now())]);
    return 0;
  }
  const wait_ms = result.kind === 'later' ? waitAfter(leased.tries, result.retry_after_s) : 0;
  if (result.kind === 'later' && ctx.now() + wait_ms < leased.createdAt + DAY_MS) {
    ctx.log.warn('Mail {id} ({template}) was not accepted: {reason}', facts(leased, result.reason));
    await ctx.db.write([postpone(leased, ctx.now() + wait_ms, result.reason)]);
    return result.retry_after_s * 1000;
  }
  ctx.log.error('Mail {id} ({template}) failed for good: {reason}', facts(leased, result.reason));
  await ctx.db.write([markFailed(leased, result.reason, ctx.now())]);
  return 0;
}

/** What to send, or why nothing can be sent. */
async function preparedPayload(
  ctx: Context,
  { leased, brand, from }: Omit<Delivery, 'send'>,
): Promise<Payload | string> {
  if (leased.rendered !== null) return payloadShape.parse(JSON.parse(leased.rendered));
  try {
    const composed = await composeMail(ctx, brand, leased);
    if (composed === null) return 'recipient_gone';
    if (!composed.isCurrent) return 'challenge_over';
    const { to, subject, html, text } = composed;
    const payload = { from, to, subject, html, text };
    if (isTemplate(leased.template) && isSecretMail(leased.template)) return payload;
    return payloadShape.parse(JSON.parse(await keepRendered(ctx.db, leased, JSON.stringify(payload))));
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
    ctx.log.error('Mail {id} ({template}) failed for good: {reason}', facts(leased, 'malformed'));
    return 'malformed';
  }
}

const payloadShape = z.object({
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
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
