import { expect, test } from 'vitest';
import type { Config } from '../../../functions/ground/platform/config.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { answeredMailId } from '../../../functions/people/mail/incoming/reply-address.ts';
import { listMessages } from '../../../functions/people/mail/list-messages.ts';
import { assignManager } from '../../../functions/people/managers/assign-manager.ts';
import { setStaffProfile } from '../../../functions/people/managers/profile/set-profile.ts';
import { startFakeResend } from '../../support/fake-resend.ts';
import { ask } from '../../support/sign-in.ts';
import { answer, openHouse, tell } from '../../voice/feedback/house.ts';

type Resend = Extract<Config['mail'], { kind: 'resend' }>;

/** Ann's manager is an agent who is called by a name that would break out of a header. */
async function openMail(more: Partial<Resend> = {}) {
  const house = await openHouse();
  const fake = await startFakeResend(house.shop.clock.now);
  const mail: Resend = {
    ...{ kind: 'resend', apiKey: 're_test', baseUrl: fake.baseUrl, webhookSecret: undefined },
    from: 'Shop <shop@x.example>',
    ...more,
  };
  const ctx: Context = { ...house.ctx, config: { ...house.ctx.config, mail } };
  await assignManager(ctx, { accountId: house.order.accountId, manager: house.agent.staffId });
  const say = (name: string) =>
    setStaffProfile(ctx, { staffId: house.agent.staffId, name, phone: '+44 1', mail: 'nina@line.example' });
  await say('Nina "Nin" Õ');
  const deliver = () => deliverMail(ctx, { sleep: async (ms) => void house.shop.clock.advance(ms) });
  const answered = () => fake.accepted.find(({ body }) => String(body.text).includes('We are sorry.'));
  return { ...house, ctx, fake, say, deliver, answered };
}

test('what is told from person to person is signed by the account manager, and a code is not', async () => {
  const { ctx, ann, agent, deliver, answered, fake } = await openMail({ replyTo: 'replies@in.x.example' });
  await answer(agent, (await tell(ann)).id);
  await ask(ctx, 'ann@example.com');
  await deliver();
  const mail = answered();
  expect(mail?.body).toMatchObject({
    from: expect.stringMatching(/^"Nina \\"Nin\\" Õ, .+" <shop@x.example>$/),
  });
  expect(mail?.body.text).toMatch(/Nina "Nin" Õ\nYour account manager\n\+44 1\nnina@line.example/);
  expect(mail?.body.html).toContain('Nina &quot;Nin&quot; Õ');
  // Answers come to us, and say what they answer.
  const replyTo = String(mail?.body.reply_to);
  expect(replyTo).toMatch(/^"Nina \\"Nin\\" Õ" <replies\+\w+@in\.x\.example>$/);
  expect(answeredMailId(ctx.config.secret, [replyTo])).toBe(mail?.key);
  const code = fake.accepted.find(({ body }) => /code/.test(String(body.subject)));
  expect(code?.body.from).toBe('Shop <shop@x.example>');
  expect(code?.body.text).not.toContain('Nina');
  const { items } = await listMessages(ann, { page: 1 });
  expect(items.find(({ id }) => id === mail?.key)?.letter).toMatchObject({
    signedBy: 'Nina "Nin" Õ',
    signedAs: 'Your account manager',
  });
});

test('what is about one of two accounts is signed by the manager of that one', async () => {
  const { ctx, shop, ann, agent, owner, deliver, fake } = await openMail();
  const ofCompany = await shop.order({ account: 'ACME', number: 'C-1', totals: [1000] });
  await shop.confirm(ofCompany);
  await assignManager(ctx, { accountId: ofCompany.accountId, manager: owner.staffId });
  await setStaffProfile(ctx, {
    staffId: owner.staffId,
    name: 'Olena',
    phone: '',
    mail: 'olena@line.example',
  });
  await answer(agent, (await tell(ann, { accountId: ofCompany.accountId })).id, { text: 'For Acme.' });
  await answer(agent, (await tell(ann, { accountId: null })).id, { text: 'For Ann.' });
  await deliver();
  const answerTo = (text: string) =>
    fake.accepted.find(({ body }) => String(body.text).includes(text))?.body.reply_to;
  expect([answerTo('For Acme.'), answerTo('For Ann.')]).toEqual([
    '"Olena" <olena@line.example>',
    '"Nina \\"Nin\\" Õ" <nina@line.example>',
  ]);
});

test('where no answers are taken, they go to the manager; to nobody else of who has none', async () => {
  const { ann, bob, agent, deliver, fake } = await openMail();
  await answer(agent, (await tell(ann)).id);
  await answer(agent, (await tell(bob)).id);
  await deliver();
  const sent = (to: string) => fake.accepted.filter(({ body }) => body.to === to).map(({ body }) => body);
  expect(sent('ann@example.com').map((body) => body.reply_to)).toContain(
    '"Nina \\"Nin\\" Õ" <nina@line.example>',
  );
  for (const body of sent('bob@example.com')) {
    expect([body.from, body.reply_to]).toEqual(['Shop <shop@x.example>', undefined]);
    expect(body.text).not.toContain('Nina');
  }
});

test('a mail that is tried again says what it said, though its manager is called otherwise by then', async () => {
  const { ann, agent, deliver, answered, say, fake, shop } = await openMail();
  await answer(agent, (await tell(ann)).id);
  fake.plan.push(...Array.from({ length: 3 }, () => ({ kind: 'break' }) as const));
  await deliver();
  await say('Nina Other');
  shop.clock.advance(60_000);
  await deliver();
  expect(String(answered()?.body.from)).toMatch(/^"Nina \\"Nin\\"/);
});
