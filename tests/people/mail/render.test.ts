import { describe, expect, test } from 'vitest';
import type { LetterParams, Template } from '../../../functions/ground/outbox/letter-kind.ts';
import { writeParams } from '../../../functions/ground/outbox/letters.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { composeMail } from '../../../functions/people/mail/compose-mail.ts';
import { locales } from '../../../languages/built.ts';
import { portal } from '../../../src/portal.config.ts';
import { ask } from '../../support/sign-in.ts';
import { createTestContext } from '../../support/test-context.ts';
import { samples } from './samples.ts';

const defaults = {
  ...portal,
  name: 'Tea & <Co>',
  accent: '#ffe600',
  contact: { email: 'hello@tea.example', phone: '+44 20 7946 0117', address: '1 Quay' },
};

const cases = Object.entries(samples).flatMap(([template, params]) =>
  locales.map((language) => ({ template, params, language })),
);

describe('a mail', () => {
  test.each(cases)(
    '$template in $language is whole, small and says which language it is in',
    async (sample) => {
      const mail = await compose(sample);
      expect(mail?.html).toContain(`<html lang="${sample.language}">`);
      expect(mail?.html.match(/<a /g)).toHaveLength(1);
      expect(mail?.html.length).toBeLessThan(20_000);
      for (const text of [mail?.subject, mail?.html, mail?.text]) {
        expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      }
      expect(mail?.html).not.toContain('<Co>');
      expect(mail?.html).not.toContain('<b>');
      expect(mail?.text).toContain('Tea & <Co>');
      expect(mail?.text).toContain(mail?.link);
    },
  );

  test.each(cases)('$template in $language comes out the same each time', async (sample) => {
    const ctx = await createTestContext({ defaults });
    expect(await compose(sample, ctx)).toEqual(await compose(sample, ctx));
  });

  test('writes money and dates as the reader does', async () => {
    const en = await compose({ template: 'order_placed', params: samples.order_placed, language: 'en' });
    const uk = await compose({ template: 'order_placed', params: samples.order_placed, language: 'uk' });
    expect(en?.text).toContain('€1,234.56');
    expect(uk?.text.replaceAll(/\s/g, ' ')).toContain('1 234,56 €');
    expect(en?.link).toBe('http://localhost:4321/account/orders/till/A%2F17%20%3Cb%3E');
    expect(uk?.link).toBe('http://localhost:4321/uk/account/orders/till/A%2F17%20%3Cb%3E');
  });

  test('uses the language of the business when the reader has none of those offered', async () => {
    const mail = await compose({
      template: 'voucher_issued',
      params: samples.voucher_issued,
      language: 'fr',
    });
    expect(mail?.html).toContain('<html lang="en">');
  });

  test.each([
    ['en', 'uk', 'en', '/account/orders/till/1'],
    ['uk', 'en', 'uk', '/account/orders/till/1'],
    ['uk,en', 'uk', 'uk', '/account/orders/till/1'],
    ['uk,en', 'en', 'en', '/en/account/orders/till/1'],
    ['uk,en', null, 'uk', '/account/orders/till/1'],
  ])('where %s are offered, who asked for %s is written to in %s', async (offered, asked, language, path) => {
    const ctx = await createTestContext({ defaults });
    await setPolicy(ctx, 'languages', offered);
    const params = { ...samples.order_placed, source: 'till', number: '1' };
    const mail = await compose({ template: 'order_placed', params, language: asked }, ctx);
    expect(mail?.html).toContain(`<html lang="${language}">`);
    expect(mail?.link).toBe(`http://localhost:4321${path}`);
  });

  test.each([
    ['referral_joined', 'referral', '/account/friends'],
    ['club_welcome', 'club', '/account/club'],
    ['testimonial_published', 'voices', '/voices'],
  ] as const)('%s leads to a page that is there, with %s on and off', async (template, policy, path) => {
    const ctx = await createTestContext({ defaults });
    const sample = { template, params: samples[template], language: 'en' };
    expect((await compose(sample, ctx))?.link).toBe('http://localhost:4321/account');
    await setPolicy(ctx, policy, 'on');
    expect((await compose(sample, ctx))?.link).toBe(`http://localhost:4321${path}`);
  });

  test('with a secret renders to the same bytes again, in both languages', async () => {
    const ctx = await createTestContext({ defaults });
    const { challengeId, code } = await ask(ctx, 'ann@x.example');
    for (const language of ['en', 'uk']) {
      for (const template of ['sign_in', 'email_change', 'staff_invitation'] as const) {
        const params = JSON.stringify({ challengeId, role: 'owner' });
        const row = { template, params, customerId: null, address: 'ann@x.example', language };
        const mail = await composeMail(ctx, row);
        expect(await composeMail(ctx, row)).toEqual(mail);
        expect(mail?.html.includes(code)).toBe(template !== 'staff_invitation');
      }
    }
  });
});

async function compose(
  sample: { template: string; params: LetterParams[Template]; language: string | null },
  given?: Awaited<ReturnType<typeof createTestContext>>,
) {
  const ctx = given ?? (await createTestContext({ defaults }));
  const { template, params, language } = sample;
  const row = { template, params: writeParams(params), customerId: null, address: 'ann@x.example', language };
  return composeMail(ctx, row);
}
