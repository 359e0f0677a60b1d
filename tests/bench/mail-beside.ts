import { queueMail } from '../../functions/ground/outbox/queue-mail.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { deliverMail } from '../../functions/people/mail/deliver-mail.ts';
import { samples } from '../people/mail/samples.ts';
import { openFakeResend } from '../support/fake-resend.ts';

/** One in so many milliseconds is asked for: half of what leaves. */
const EVERY_MS = 1000;

/** How long mails waited, from when they were written until the stand-in had taken them, in milliseconds. */
export interface Waits {
  mails: number;
  mean_ms: number;
  longest_ms: number;
}

/**
 * Sends mail, as the server does, for as long as `goesOn`, while somebody asks for a code or an order is told of each second;
 * how long these waited, and how many of the campaign left.
 */
export async function measureMail(
  bare: Context,
  goesOn: () => boolean,
): Promise<{ codes: Waits; orders: Waits; ofCampaign: number }> {
  const { fake, close } = await openFakeResend();
  const mail = {
    kind: 'resend',
    from: 'Shop <shop@x.example>',
    apiKey: 're_test',
    baseUrl: fake.baseUrl,
    webhookSecret: undefined,
  } as const;
  const ctx: Context = { ...bare, config: { ...bare.config, mail }, isEnding: () => !goesOn() };
  const since = Date.now();
  const asking = ask(ctx, goesOn);
  while (goesOn()) {
    await deliverMail(ctx);
    await sleep(20);
  }
  await asking;
  close();
  return {
    codes: await waitsOf(ctx, { urgency: 'now', since }),
    orders: await waitsOf(ctx, { urgency: 'owed', since }),
    ofCampaign: (await waitsOf(ctx, { urgency: 'bulk', since })).mails,
  };
}

async function ask(ctx: Context, goesOn: () => boolean): Promise<void> {
  for (let count = 0; goesOn(); count += 1) {
    const address = `asks-${count}@example.com`;
    const isCode = count % 2 === 0;
    await ctx.db.write([
      isCode
        ? queueMail(ctx, { template: 'passkey_added', params: samples.passkey_added, address })
        : queueMail(ctx, { template: 'order_state', params: samples.order_state, address }),
    ]);
    await sleep(EVERY_MS);
  }
}

async function waitsOf(
  { db }: Context,
  { urgency, since }: { urgency: 'now' | 'owed' | 'bulk'; since: number },
): Promise<Waits> {
  const [row] = await db.fresh.read({
    sql: `SELECT count(*), coalesce(avg(sent_at - created_at), 0), coalesce(max(sent_at - created_at), 0)
      FROM outbox WHERE urgency = ? AND sent_at >= ?`,
    args: [urgency, since],
  });
  const [mails, mean, longest] = (row ?? []).map(Number);
  return { mails: mails ?? 0, mean_ms: Math.round(mean ?? 0), longest_ms: longest ?? 0 };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
