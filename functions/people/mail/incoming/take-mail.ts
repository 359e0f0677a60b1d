import { statement } from '../../../../db/query.ts';
import { type Row, StoreUnavailable } from '../../../../db/store.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { reasonOf } from '../../../ground/platform/reason-of.ts';
import { listCustomersByAnyEmail } from '../../customers/find-customer.ts';
import { addressIn } from './address-in.ts';
import { notFetched } from './failed-mails.ts';
import { fetchFiles, fetchMail, NotFetchedYet, type ReceivedMail } from './fetch-mail.ts';
import type { IncomingMail } from './mail-taker.ts';
import { whyNoAnswer } from './no-answer.ts';
import { answeredMailId } from './reply-address.ts';
import { splitQuoted, wordsOfHtml } from './split-quoted.ts';

const A_RUN = 20;
/** The provider is asked again after the first, second … try; then a person has to look. */
const waits_s = [30, 120, 600, 3600, 14_400, 43_200];
const TEXT_LENGTH_MAX = 5000;
const QUOTED_LENGTH_MAX = 20_000;

interface Waiting {
  id: string;
  at: number;
  address: string;
  subject: string | null;
  tries: number;
}

/**
 * Fetches the mail that came in and gives each to the first room that makes something of it. A mail that we wrote ourselves, that
 * came back or that a machine wrote is nobody's answer, and no mail ever follows from one, so that none goes round. One that
 * cannot be taken waits for its next try and keeps no other from being taken. Answers how many were looked at.
 */
export async function takeMail(ctx: Context): Promise<number> {
  if (ctx.config.mail.kind !== 'resend') return 0;
  const rows = await ctx.db.fresh.read(
    statement(
      `SELECT id, at, address, subject, tries FROM received_mails WHERE state = 'waiting' AND next_try_at <= ?
       ORDER BY next_try_at LIMIT ?`,
      ctx.now(),
      A_RUN,
    ),
  );
  for (const waiting of rows.map(toWaiting)) {
    try {
      await takeOne(ctx, waiting);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      await tryLater(
        ctx,
        waiting,
        error instanceof NotFetchedYet ? notFetched(error.message) : reasonOf(error),
      );
    }
  }
  return rows.length;
}

async function takeOne(ctx: Context, waiting: Waiting): Promise<void> {
  const { mail: settings, secret } = ctx.config;
  if (settings.kind !== 'resend') return;
  const mail = await fetchMail(settings, waiting.id);
  if (mail === null) return end(ctx, waiting, { state: 'failed', reason: 'unknown_mail' });
  const headers = Object.fromEntries(
    Object.entries(mail.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const own = [settings.from, settings.replyTo ?? ''].flatMap((address) => addressIn(address) ?? []);
  const { address } = waiting;
  const reason = whyNoAnswer({ address, subject: mail.subject ?? '', headers }, own);
  if (reason !== null) return end(ctx, waiting, { state: 'left_out', reason });
  const { text, quoted } = splitQuoted(mail.text?.trim() || wordsOfHtml(mail.html ?? ''));
  const { files, leftOut } = await fetchFiles(settings, { id: waiting.id, attachments: mail.attachments });
  if (text === '' && files.length + leftOut.length === 0)
    return end(ctx, waiting, { state: 'left_out', reason: 'empty' });
  const [customer] = await listCustomersByAnyEmail(ctx.db.fresh, { email: address });
  const incoming: IncomingMail = {
    ...{ id: waiting.id, at: waiting.at, address, subject: mail.subject ?? waiting.subject, files, leftOut },
    text: cut(text, TEXT_LENGTH_MAX),
    quoted: quoted === null ? null : cut(quoted, QUOTED_LENGTH_MAX),
    customerId: customer?.id ?? null,
    answers: await findAnswered(ctx, { mail, headers, secret }),
  };
  for (const take of ctx.house.mailTakers) {
    const became = await take(ctx, incoming);
    if (became !== null) return end(ctx, waiting, { state: 'taken', became });
  }
  await end(ctx, waiting, { state: 'failed', reason: 'nobody_takes' });
}

/** The mail of ours that is answered: by the address it was sent to, else by the mails that its headers name. */
async function findAnswered(
  ctx: Context,
  {
    mail,
    headers,
    secret,
  }: { mail: ReceivedMail; headers: Readonly<Record<string, string>>; secret: string },
): Promise<IncomingMail['answers']> {
  const mailId = answeredMailId(secret, [...mail.to, ...(mail.received_for ?? [])]);
  const named =
    `${headers['in-reply-to'] ?? ''} ${headers.references ?? ''}`.match(/<[^<>\s]{3,250}>/g) ?? [];
  const rows = await ctx.db.fresh.read(
    mailId !== null
      ? statement('SELECT template, params, customer_id FROM outbox WHERE id = ?', mailId)
      : statement(
          `SELECT o.template, o.params, o.customer_id FROM mail_events AS e JOIN outbox AS o ON o.id = e.mail_id
           WHERE e.message_id IN (SELECT value FROM json_each(?)) ORDER BY o.created_at DESC LIMIT 1`,
          JSON.stringify(named.slice(-50)),
        ),
  );
  const [row] = rows;
  if (row === undefined) return null;
  const [template, params, customerId] = row;
  return { template: String(template), params: String(params), customerId: textOrNull(customerId) };
}

type End =
  | { state: 'taken'; became: { kind: 'feedback' | 'contact'; id: string } }
  | { state: 'left_out' | 'failed'; reason: string };

async function end(ctx: Context, { id }: Waiting, ended: End): Promise<void> {
  const reason = 'reason' in ended ? ended.reason : null;
  const became = 'became' in ended ? ended.became : null;
  await ctx.db.write([
    statement(
      `UPDATE received_mails SET state = ?, reason = ?, became_kind = ?, became_id = ?,
         subject = CASE WHEN ? = 'failed' THEN subject END WHERE id = ? AND state = 'waiting'`,
      ...[ended.state, reason, became?.kind ?? null, became?.id ?? null, ended.state, id],
    ),
  ]);
}

async function tryLater(ctx: Context, { id, tries }: Waiting, reason: string): Promise<void> {
  const wait_s = waits_s[tries];
  if (wait_s === undefined)
    ctx.log.error('Mail {id} that came in could not be taken: {reason}', { id, reason });
  await ctx.db.write([
    statement(
      `UPDATE received_mails SET state = ?, reason = ?, tries = tries + 1, next_try_at = ? WHERE id = ? AND state = 'waiting'`,
      ...[wait_s === undefined ? 'failed' : 'waiting', reason, ctx.now() + (wait_s ?? 0) * 1000, id],
    ),
  ]);
}

const cut = (text: string, length: number) =>
  [...text.replaceAll('\0', '')].slice(0, length).join('').toWellFormed();
const textOrNull = (value: Row[number] | undefined) => (typeof value === 'string' ? value : null);
const toWaiting = ([id, at, address, subject, tries]: Row): Waiting => ({
  ...{
    id: String(id),
    at: Number(at),
    address: String(address),
    subject: textOrNull(subject),
    tries: Number(tries),
  },
});
