import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { assignMail } from '../../../functions/care/contacts/assign-mail.ts';
import { getContact } from '../../../functions/care/contacts/get-contact.ts';
import { listContacts } from '../../../functions/care/contacts/list-contacts.ts';
import { listTasks } from '../../../functions/care/contacts/tasks/list-tasks.ts';
import { tieContact } from '../../../functions/care/contacts/tie-contact.ts';
import {
  discardFailedMail,
  listFailedMails,
  retryFailedMail,
} from '../../../functions/people/mail/incoming/failed-mails.ts';
import { replyAddress } from '../../../functions/people/mail/incoming/reply-address.ts';
import { splitQuoted, wordsOfHtml } from '../../../functions/people/mail/incoming/split-quoted.ts';
import { takeMail } from '../../../functions/people/mail/incoming/take-mail.ts';
import { receiveEvent } from '../../../functions/people/mail/receive-event.ts';
import { type ReceivedMailOfResend, ReceivedMails } from '../../support/received-mails.ts';
import { answer, caseOf, openHouse, pngBytes, tell, threadOf } from '../../voice/feedback/house.ts';

/** Resend as it hands out what it received, on 127.0.0.1. */
async function startReceiving() {
  const received = new ReceivedMails();
  const server = createServer((request, response) => void received.answer(request, response, baseUrl));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return { baseUrl, mails: received.mails, files: received.files, failing: received.failing };
}

async function openReplies() {
  const house = await openHouse();
  const api = await startReceiving();
  const mail = {
    ...({ kind: 'resend', from: 'Shop <shop@x.example>', apiKey: 're_test', baseUrl: api.baseUrl } as const),
    ...{ webhookSecret: undefined, replyTo: 'replies@in.x.example' },
  };
  const ctx = { ...house.ctx, config: { ...house.ctx.config, mail } };
  const told = await tell(house.ann);
  await answer(house.agent, told.id);
  const [row] = await ctx.db.read({
    sql: "SELECT id FROM outbox WHERE template = 'feedback_answered'",
    args: [],
  });
  const mailId = String(row?.[0]);
  /** Resend tells that a mail came in, and the job works. */
  const arrive = async (id: string, kept: ReceivedMailOfResend) => {
    api.mails.set(id, kept);
    const data = { email_id: id, from: kept.from, to: ['replies@in.x.example'], subject: kept.subject ?? '' };
    await receiveEvent(ctx, { deliveryId: `d-${id}`, body: { type: 'email.received', data } });
    await takeMail(ctx);
  };
  const to = [replyAddress(ctx.config.secret, { address: 'replies@in.x.example', mailId })];
  const messages = async () =>
    (await threadOf(house.ann, told)).messages.filter(({ from }) => from === 'customer');
  const states = async () =>
    (await ctx.db.read({ sql: 'SELECT state, reason FROM received_mails ORDER BY id', args: [] })).map(
      (one) => [...one],
    );
  return { ...house, ctx, api, told, arrive, to, mailId, messages, states };
}

const ann = 'Ann <Ann@Example.com>';

describe('an answer by mail', () => {
  test('becomes part of the thread that its address names, once, with what it repeats folded away', async () => {
    const { arrive, to, messages, states, ctx } = await openReplies();
    const text =
      'Thank you, it came.\n\nOn Mon, 2 Mar 2026 at 10:00, Shop <shop@x.example> wrote:\n> We are sorry.\n';
    await arrive('m1', { from: ann, to, text });
    await arrive('m1', { from: ann, to, text });
    expect((await messages()).map((one) => one.text)).toEqual(['Thank you, it came.']);
    const [row] = await ctx.db.read({
      sql: 'SELECT quoted FROM feedback_messages WHERE quoted IS NOT NULL',
      args: [],
    });
    expect(row?.[0]).toContain('> We are sorry.');
    expect(await states()).toEqual([['taken', null]]);
    expect((await listContacts(ctx, {})).items).toEqual([]);
  });

  test('is known by the mail that its headers name, too', async () => {
    const { arrive, messages, ctx, mailId } = await openReplies();
    const data = {
      email_id: 'sent',
      message_id: '<sent@mail.example>',
      tags: { mail: mailId },
      to: ['ann@example.com'],
    };
    await receiveEvent(ctx, { deliveryId: 'd', body: { type: 'email.delivered', data } });
    await arrive('m1', { from: ann, text: 'Fine now.', headers: { 'In-Reply-To': '<sent@mail.example>' } });
    expect((await messages()).map((one) => one.text)).toEqual(['Fine now.']);
  });

  test('of somebody else is no part of the thread, whatever address they have', async () => {
    const { arrive, to, messages, ctx } = await openReplies();
    await arrive('m1', { from: 'bob@example.com', to, text: 'Let me in.' });
    await arrive('m2', {
      from: ann,
      to: ['replies+'.concat('0'.repeat(48), '@in.x.example')],
      text: 'Guessed.',
    });
    expect(await messages()).toEqual([]);
    expect((await listContacts(ctx, {})).items.map(({ summary }) => summary).sort()).toEqual([
      'Guessed.',
      'Let me in.',
    ]);
  });

  test('keeps the pictures that came with it, and nothing that could do harm', async () => {
    const { arrive, to, messages, api } = await openReplies();
    api.files.set('a1', pngBytes());
    api.files.set('a2', new Uint8Array(Buffer.from('#!/bin/sh')));
    const attachments = [
      { id: 'a1', filename: 'bag.png', size: 70, content_type: 'image/png' },
      { id: 'a2', filename: 'bag.sh', size: 9, content_type: 'image/png' },
      { id: 'a3', filename: 'film.mp4', size: 9_000_000, content_type: 'video/mp4' },
    ];
    await arrive('m1', { from: ann, to, text: 'See the picture.', attachments });
    expect((await messages()).flatMap((one) => one.attachments.map(({ name }) => name))).toEqual(['bag.png']);
  });
});

describe('a mail that answers nothing', () => {
  test('is a contact that waits for an answer, of whose address it is', async () => {
    const { arrive, ctx, agent } = await openReplies();
    await arrive('m1', {
      from: ann,
      subject: 'Hours',
      html: '<p>Are you open on <b>Sunday</b>?</p>',
      text: null,
    });
    expect((await listContacts(agent, {})).items).toMatchObject([
      {
        channel: 'mail',
        direction: 'in',
        summary: 'Are you open on Sunday?',
        name: 'ann@example.com',
        wantsAnswer: true,
      },
    ]);
    expect((await listTasks(agent, { view: 'today' })).items).toMatchObject([
      { kind: 'reply', name: 'ann@example.com' },
    ]);
    expect(await ctx.db.read({ sql: 'SELECT subject FROM contact_mails', args: [] })).toEqual([['Hours']]);
  });

  test('of an unknown sender waits until staff say who it is', async () => {
    const { arrive, ctx, agent, order } = await openReplies();
    await arrive('m1', { from: 'new@elsewhere.example', text: 'Hello?' });
    const [unknown] = (await listContacts(agent, { only: 'unknown' })).items;
    expect(unknown).toMatchObject({ address: 'new@elsewhere.example', customerId: null });
    await tieContact(agent, { id: unknown?.id ?? '', customerId: order.customerId });
    expect((await listContacts(ctx, { customerId: order.customerId })).items).toHaveLength(1);
  });

  test.each([
    ['a machine', { headers: { 'Auto-Submitted': 'auto-replied' } }, 'automatic'],
    ['a list', { headers: { 'List-Id': '<news.example>' } }, 'automatic'],
    ['an absence', { subject: 'Out of office: back on Monday' }, 'automatic'],
    ['a bounce', { from: 'MAILER-DAEMON@mx.example' }, 'bounce'],
    ['a report', { headers: { 'Content-Type': 'multipart/report; report-type=delivery-status' } }, 'bounce'],
    ['ourselves', { from: 'Shop <shop@x.example>' }, 'own'],
    ['nobody, with nothing in it', { text: ' ' }, 'empty'],
  ])('is left out when it is of %s', async (_name, kept, reason) => {
    const { arrive, to, messages, states, ctx } = await openReplies();
    const before = await ctx.db.read({ sql: 'SELECT count(*) FROM outbox', args: [] });
    await arrive('m1', { from: ann, to, text: 'I am away.', ...kept });
    expect(await states()).toEqual([['left_out', reason]]);
    expect(await messages()).toEqual([]);
    expect((await listContacts(ctx, {})).items).toEqual([]);
    expect(await ctx.db.read({ sql: 'SELECT count(*) FROM outbox', args: [] })).toEqual(before);
  });

  test('is asked for again while the provider is away, and given up when it knows of none', async () => {
    const { arrive, api, ctx, shop, states } = await openReplies();
    api.failing.times = 1;
    await arrive('m1', { from: ann, text: 'Hello' });
    expect(await states()).toEqual([['waiting', 'provider: internal_server_error']]);
    shop.clock.advance(60_000);
    await takeMail(ctx);
    expect(await states()).toEqual([['taken', null]]);
    await receiveEvent(ctx, {
      deliveryId: 'd',
      body: { type: 'email.received', data: { email_id: 'm2', from: ann } },
    });
    await takeMail(ctx);
    expect((await states())[1]).toEqual(['failed', 'unknown_mail']);
  });

  test('that could not be read is fetched again, given to a customer or discarded by hand, each once', async () => {
    const { api, ctx, agent, order, states } = await openReplies();
    for (const id of ['m1', 'm2', 'm3']) {
      const data = { email_id: id, from: ann, subject: `About ${id}` };
      await receiveEvent(ctx, { deliveryId: `d-${id}`, body: { type: 'email.received', data } });
    }
    await takeMail(ctx);
    expect(await listFailedMails(agent)).toMatchObject(
      ['m1', 'm2', 'm3'].map((id) => ({
        id,
        address: 'ann@example.com',
        subject: `About ${id}`,
        reason: 'gone',
      })),
    );
    const analyst = { ...ctx, actor: { kind: 'staff', id: 'a', role: 'analyst' } } as const;
    expect((await listFailedMails(analyst))[0]).toMatchObject({ address: null, subject: null });
    await expect(discardFailedMail(analyst, { id: 'm1' })).rejects.toMatchObject({ code: 'forbidden' });
    await discardFailedMail(agent, { id: 'm1' });
    const { customerId } = order;
    await expect(assignMail(agent, { mailId: 'm2', customerId: 'none' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const id = await assignMail(agent, { mailId: 'm2', customerId });
    expect((await listContacts(agent, { customerId })).items).toMatchObject([
      { id, channel: 'mail', summary: 'About m2', wantsAnswer: true },
    ]);
    await expect(assignMail(agent, { mailId: 'm2', customerId })).rejects.toMatchObject({
      code: 'not_found',
    });
    api.mails.set('m3', { from: ann, text: 'Hello' });
    await retryFailedMail(agent, { id: 'm3' });
    await takeMail(ctx);
    expect(await states()).toEqual([
      ['left_out', 'discarded'],
      ['taken', null],
      ['taken', null],
    ]);
    expect(await listFailedMails(agent)).toEqual([]);
    const acts = await ctx.db.read({
      sql: "SELECT act FROM audit_log WHERE subject_kind = 'mail' ORDER BY id",
      args: [],
    });
    expect(acts.flat()).toEqual(['mail.discarded', 'mail.assigned', 'mail.fetched-again']);
  });

  test('of which a file did not come along says so in the log', async () => {
    const { arrive, agent, api } = await openReplies();
    api.files.set('a1', pngBytes());
    api.files.set('a2', new Uint8Array(Buffer.from('#!/bin/sh')));
    const file = (id: string, filename: string, size: number) => ({
      id,
      filename,
      size,
      content_type: 'x/y',
    });
    const attachments = [
      file('a1', 'bag.png', 70),
      file('a2', 'bag.sh', 9),
      file('a3', 'film.mp4', 9_000_000),
    ];
    await arrive('m1', { from: ann, text: 'See the film.', attachments });
    const [item] = (await listContacts(agent, {})).items;
    const { files, mail } = await getContact(agent, { id: item?.id ?? '' });
    expect(files.map(({ name }) => name)).toEqual(['bag.png']);
    expect(mail?.leftOut).toEqual([
      { name: 'film.mp4', why: 'size' },
      { name: 'bag.sh', why: 'kind' },
    ]);
  });

  test('into a thread of which a file did not come along says so to staff alone', async () => {
    const { arrive, api, agent, told, to, messages } = await openReplies();
    api.files.set('a2', new Uint8Array(Buffer.from('#!/bin/sh')));
    const attachments = [{ id: 'a2', filename: 'bag.sh', size: 9, content_type: 'x/y' }];
    await arrive('m1', { from: ann, to, text: 'See the bag.', attachments });
    const said = (await caseOf(agent, told)).messages.find(({ from }) => from === 'customer');
    expect(said).toMatchObject({ text: 'See the bag.', leftOut: [{ name: 'bag.sh', why: 'kind' }] });
    expect(await messages()).toMatchObject([{ text: 'See the bag.', leftOut: [] }]);
  });

  test('that nobody can take keeps no other from being taken', async () => {
    const { api, ctx, states } = await openReplies();
    for (const id of ['m1', 'm2']) {
      api.mails.set(id, { from: ann, text: `Hello ${id}` });
      const data = { email_id: id, from: ann };
      await receiveEvent(ctx, { deliveryId: `d-${id}`, body: { type: 'email.received', data } });
    }
    const refuse: (typeof ctx.house.mailTakers)[number] = async (_, { id }) => {
      if (id === 'm1') throw new Error('Cannot be read.');
      return null;
    };
    const house = { ...ctx.house, mailTakers: [refuse, ...ctx.house.mailTakers] };
    await takeMail({ ...ctx, house });
    expect((await states()).map(([state]) => state)).toEqual(['waiting', 'taken']);
  });
});

test.each([
  ['plain words', 'Hello\nthere', 'Hello\nthere', null],
  [
    'an answer in Ukrainian',
    'Дякую!\n\nпн, 2 бер. 2026 р. о 10:00 Крамниця <a@b.example> пише:\n> Привіт',
    'Дякую!',
    'пн, 2 бер. 2026 р. о 10:00 Крамниця <a@b.example> пише:\n> Привіт',
  ],
  [
    'a line of who wrote that is broken',
    'Yes\n\nOn Mon, 2 Mar 2026 at 10:00 Shop\n<a@b.example> wrote:\n> Hi',
    'Yes',
    'On Mon, 2 Mar 2026 at 10:00 Shop\n<a@b.example> wrote:\n> Hi',
  ],
  ['an answer below what it repeats', '> Hi\n\nYes', '> Hi\n\nYes', null],
  ['quoted lines at the end', 'Yes\n> Hi\n>\n> there', 'Yes', '> Hi\n>\n> there'],
])('%s', (_name, mail, text, quoted) => {
  expect(splitQuoted(mail)).toEqual({ text, quoted });
});

test('a mail without a plain part is read by its words', () => {
  expect(wordsOfHtml('<style>p{}</style><p>A &amp; B</p><div>C<br>D</div>')).toBe('A & B\nC\nD');
});
