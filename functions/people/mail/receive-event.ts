import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { mailEvents, receivedMails } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { erasedParams } from '../../ground/outbox/erased-params.ts';
import type { Context } from '../../ground/platform/context.ts';
import { knownEmail } from '../../ground/platform/email.ts';
import { newId } from '../../ground/platform/ids.ts';
import { addressIn } from './incoming/address-in.ts';

type Kind = (typeof mailEvents.$inferInsert)['kind'];

/** What we want to know of Resend's events (https://resend.com/docs/dashboard/webhooks/event-types). */
const kinds: Readonly<Record<string, Kind>> = {
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'delayed',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.failed': 'failed',
};

const named = z.array(z.object({ name: z.string(), value: z.string() }));
const event = z.object({
  type: z.string(),
  created_at: z.string().optional(),
  data: z
    .object({
      to: z.union([z.string(), z.array(z.string())]).optional(),
      from: z.string().optional(),
      subject: z.string().nullish(),
      email_id: z.string().max(200).optional(),
      message_id: z.string().max(1000).nullish(),
      tags: z.union([z.record(z.string(), z.string()), named]).optional(),
      bounce: z.object({ type: z.string().optional() }).optional(),
      failed: z.object({ reason: z.string().optional() }).optional(),
    })
    .optional(),
});
type Event = z.infer<typeof event>;

const insertEvent = insertInto(mailEvents);
const insertReceived = insertInto(receivedMails, 'ON CONFLICT (id) DO NOTHING');
/**
 * What its owner or staff lifted after the event happened stays lifted; of who was erased since the mail went out no address
 * is kept again.
 */
const suppress = `INSERT INTO suppressions (id, address, reason, event_id, at) SELECT ?, ?, ?, ?, ?
  WHERE NOT EXISTS (SELECT 1 FROM suppressions WHERE address = ? AND reason = ? AND lifted_at > ?)
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE id = ?
      AND (params = '${erasedParams}' OR template = 'erased'))
  ON CONFLICT DO NOTHING`;

/**
 * Writes down what the provider tells about a mail, once for each delivery of its webhook: an address that does not
 * exist gets nothing from then on, whoever complained only what is owed to them. What we do not know is no error.
 */
export async function receiveEvent(
  ctx: Context,
  given: { deliveryId: string; body: unknown },
): Promise<void> {
  const parsed = event.safeParse(given.body);
  if (parsed.success && parsed.data.type === 'email.received') return receiveMail(ctx, parsed.data);
  const kind = parsed.success && Object.hasOwn(kinds, parsed.data.type) ? kinds[parsed.data.type] : undefined;
  if (!parsed.success || kind === undefined) return;
  const { data } = parsed;
  const now = ctx.now();
  const told = Date.parse(data.created_at ?? '');
  const at = Number.isFinite(told) ? Math.min(told, now) : now;
  const detail = data.data?.bounce?.type ?? data.data?.failed?.reason ?? null;
  const row = {
    id: given.deliveryId,
    mailId: mailIdOf(data),
    kind,
    detail,
    at,
    receivedAt: now,
    messageId: data.data?.message_id ?? null,
  };
  try {
    await ctx.db.write([
      insertEvent(row),
      ...suppressionsOf(data, { kind, eventId: row.id, mailId: row.mailId, at }),
    ]);
  } catch (error) {
    if (!isConflictOn(error, 'mail_events exists', 'mail_events.id')) throw error;
  }
}

/** A mail came in: it is fetched by a job, once, however often it is told of. */
async function receiveMail(ctx: Context, { data, created_at }: Event): Promise<void> {
  const address = addressIn(data?.from ?? '');
  if (data?.email_id === undefined || address === null) return;
  const now = ctx.now();
  const told = Date.parse(created_at ?? '');
  await ctx.db.write([
    insertReceived({
      ...{ id: data.email_id, address, subject: data.subject ?? null, messageId: data.message_id ?? null },
      ...{ at: Number.isFinite(told) ? Math.min(told, now) : now, receivedAt: now },
      ...{ state: 'waiting', tries: 0, nextTryAt: now },
    }),
  ]);
}

function suppressionsOf(
  { data }: Event,
  { kind, eventId, mailId, at }: { kind: Kind; eventId: string; mailId: string | null; at: number },
): Statement[] {
  const isHard = kind === 'bounced' && data?.bounce?.type === 'Permanent';
  if (!isHard && kind !== 'complained') return [];
  const to = data?.to ?? [];
  return [to].flat().flatMap((written) => {
    const address = knownEmail(written);
    return address === null
      ? []
      : [statement(suppress, newId(), address, kind, eventId, at, address, kind, at, mailId)];
  });
}

/** The name we gave the mail; the provider hands tags back as a list or as a record. */
function mailIdOf({ data }: Event): string | null {
  const tags = data?.tags ?? [];
  if (!Array.isArray(tags)) return tags.mail ?? null;
  return tags.find(({ name }) => name === 'mail')?.value ?? null;
}
