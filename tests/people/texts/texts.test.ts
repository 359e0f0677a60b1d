import { describe, expect, test } from 'vitest';
import { createCaches } from '../../../functions/ground/platform/caches.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { composeMail } from '../../../functions/people/mail/compose-mail.ts';
import { previewLetter } from '../../../functions/people/mail/preview-letter.ts';
import { getText, listTexts, listTextVersions } from '../../../functions/people/texts/get-texts.ts';
import { previewPageText } from '../../../functions/people/texts/preview-page-text.ts';
import { returnToVersion, setText } from '../../../functions/people/texts/set-text.ts';
import { openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';

const welcome = { key: 'mail.welcome', language: 'en' };
const home = { key: 'page.home', language: 'en' };

const mailOf = async (ctx: Context, template: string, params: object) =>
  composeMail(ctx, {
    template,
    params: JSON.stringify(params),
    customerId: null,
    address: 'ann@post.example',
    language: 'en',
  });

async function acts(ctx: Context) {
  const rows = await ctx.db.read({
    sql: "SELECT act, subject_id, detail FROM audit_log WHERE subject_kind = 'text' ORDER BY id",
    args: [],
  });
  return rows.map(([act, subject, detail]) => [act, subject, JSON.parse(String(detail))]);
}

describe('a text in own words', () => {
  test('is in the next mail, in that language and of another server as well', async () => {
    const ctx = await createTestContext();
    const other = { ...ctx, cache: createCaches('other') };
    const before = await mailOf(other, 'welcome', {});
    await setText(ctx, {
      ...welcome,
      parts: { subject: 'Tea at {business}', body: 'One.\n\n\n Two & <b>.' },
    });
    const after = await mailOf(other, 'welcome', {});
    expect(after?.subject).toBe('Tea at Your shop');
    expect(after?.letter).toMatchObject({
      heading: before?.letter.heading,
      paragraphs: ['One.', 'Two & <b>.'],
      button: before?.letter.button,
      notes: before?.letter.notes,
    });
    expect(after?.html).toContain('Two &amp; &lt;b&gt;.');
    expect(after?.html).not.toContain('<b>');
    const inUkrainian = await composeMail(other, {
      ...{ template: 'welcome', params: '{}', customerId: null, address: 'ann@post.example' },
      language: 'uk',
    });
    expect(inUkrainian?.subject).not.toContain('Tea');
  });

  test('leaves out a paragraph that names what is not there, and never puts a value in twice', async () => {
    const ctx = await createTestContext();
    await setText(ctx, {
      ...{ key: 'mail.directory_message', language: 'en' },
      parts: { body: '{from} writes:\n\n{text}' },
    });
    const message = await mailOf(ctx, 'directory_message', {
      from: '{text}',
      text: 'Hi {from}',
      address: null,
    });
    expect(message?.letter.paragraphs).toEqual(['{text} writes:', 'Hi {from}']);
    await setText(ctx, {
      ...{ key: 'mail.order_state.shipped', language: 'en' },
      parts: { body: 'It left.\n\nWith {carrier}.' },
    });
    const params = { source: 'till', number: '1', status: 'shipped', at: { at: 0, day: null } };
    const told = await mailOf(ctx, 'order_state', { ...params, carrier: null, trackingNumber: null });
    expect(told?.letter.paragraphs).toEqual(['It left.']);
    const delivered = await mailOf(ctx, 'order_state', {
      ...{ ...params, status: 'delivered', carrier: null, trackingNumber: null },
    });
    expect(delivered?.letter.paragraphs).toEqual([]);
  });

  test.each([
    ['names what is not known', welcome, { body: 'Dear {customer}' }, 'parts.body', 'unknown_name'],
    [
      'lacks the code',
      { key: 'mail.sign_in', language: 'en' },
      { subject: 'Hello' },
      'parts.body',
      'missing_name',
    ],
    ['is too long', home, { home_title: 'x'.repeat(201) }, 'parts.home_title', 'too_big'],
    ['has a control character', home, { home_lead: 'a\u0007' }, 'parts.home_lead', 'invalid_text'],
    ['has a part that is none', home, { home_other: 'a' }, 'parts.home_other', 'unknown_key'],
  ])(
    'is refused when it %s, and nothing is kept',
    async (_, which, parts: Record<string, string>, path, code) => {
      const ctx = await createTestContext();
      await expect(setText(ctx, { ...which, parts })).rejects.toMatchObject({
        code: 'validation_failed',
        errors: [{ path, code }],
      });
      expect(await listTextVersions(ctx, which)).toEqual([]);
      expect(await acts(ctx)).toEqual([]);
    },
  );

  test('a code may stand in the text instead of the subject', async () => {
    const ctx = await createTestContext();
    const parts = { subject: 'Hello', body: 'Your code: {code}' };
    const { own } = await setText(ctx, { key: 'mail.sign_in', language: 'en', parts });
    expect(own).toEqual(parts);
  });

  test('is not there in a language that is not offered, or when nobody words it', async () => {
    const ctx = await createTestContext();
    await setPolicy(ctx, 'languages', 'en');
    for (const which of [
      { key: 'page.home', language: 'uk' },
      { key: 'mail.proof_found', language: 'en' },
    ])
      await expect(setText(ctx, { ...which, parts: {} })).rejects.toMatchObject({ code: 'not_found' });
    expect(new Set((await listTexts(ctx, { language: 'uk' })).map(({ language }) => language))).toEqual(
      new Set(['en']),
    );
  });

  test('is found by words of ours and of its own, and among the own ones', async () => {
    const ctx = await createTestContext();
    await setText(ctx, { ...home, parts: { home_title: 'Every Cup counts' } });
    const keys = async (asked: Parameters<typeof listTexts>[1]) =>
      (await listTexts(ctx, asked)).map(({ key }) => key);
    expect(await keys({ search: 'every cup' })).toEqual(['page.home']);
    expect(await keys({ search: 'coming back' })).toContain('page.home');
    expect(await keys({ isOwn: true })).toEqual(['page.home']);
  });
});

describe('the history of a text', () => {
  test('keeps every version; the log has before and after; the same again changes nothing', async () => {
    const ctx = await createTestContext();
    await setText(ctx, { ...home, parts: { home_title: 'One' } });
    await setText(ctx, { ...home, parts: { home_title: 'One', home_lead: '' } });
    await setText(ctx, { ...home, parts: { home_title: 'Two' } });
    await setText(ctx, { ...home, parts: {} });
    const [, , first] = await listTextVersions(ctx, home);
    await returnToVersion(ctx, { ...home, version: first?.id ?? 0 });
    const versions = await listTextVersions(ctx, home);
    expect(versions.map(({ parts }) => parts)).toEqual([
      { home_title: 'One' },
      {},
      { home_title: 'Two' },
      { home_title: 'One' },
    ]);
    expect((await getText(ctx, home)).own).toEqual({ home_title: 'One' });
    expect(await acts(ctx)).toEqual([
      ['text.set', 'en page.home', { before: '–', value: 'One' }],
      ['text.set', 'en page.home', { before: 'One', value: 'Two' }],
      ['text.reset', 'en page.home', { before: 'Two', value: '–' }],
      ['text.set', 'en page.home', { before: '–', value: 'One' }],
    ]);
  });

  test('twenty at once are twenty versions, and the newest is in force', async () => {
    const ctx = await createTestContext();
    const words = Array.from({ length: 20 }, (_, index) => `Title ${index}`);
    await Promise.all(words.map((title) => setText(ctx, { ...home, parts: { home_title: title } })));
    const versions = await listTextVersions(ctx, home);
    expect(versions).toHaveLength(20);
    expect((await getText(ctx, home)).own).toEqual(versions[0]?.parts);
  });

  test('belongs to owners and managers', async () => {
    const ctx = await createTestContext();
    for (const role of ['agent', 'analyst'] as const) {
      const as = { ...ctx, actor: { kind: 'staff', id: 's1', role } as const };
      await expect(setText(as, { ...home, parts: {} })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(getText(as, home)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(previewLetter(as, { ...welcome, parts: {}, email: null })).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(previewPageText(as, { ...home, parts: {}, email: null })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
  });
});

describe('the preview of the text of a page', () => {
  const empty = { key: 'empty.orders', language: 'uk' };

  test('names the customer who was chosen, in words that are not kept', async () => {
    const shop = await openShop();
    await shop.order({ customer: { email: 'ann@post.example', name: 'Ann Lee' } });
    const shown = await previewPageText(shop.ctx, {
      ...empty,
      ...{ parts: { orders_empty_text: 'Замовляйте на {email}.' }, email: ' Ann@post.example' },
    });
    expect(shown.reader).toEqual({ name: 'Ann Lee', email: 'ann@post.example' });
    expect(shown.passages.at(-1)).toEqual({ form: 'paragraph', words: 'Замовляйте на ann@post.example.' });
    expect(await listTextVersions(shop.ctx, empty)).toEqual([]);
  });

  test('is refused for nobody, for a name that is not known, and for a mail', async () => {
    const { ctx } = await openShop();
    const wrongly = async (typed: Partial<Parameters<typeof previewPageText>[1]>) =>
      previewPageText(ctx, { ...empty, parts: {}, email: null, ...typed });
    await expect(wrongly({ email: 'nobody@post.example' })).rejects.toMatchObject({
      errors: [{ path: 'email' }],
    });
    await expect(wrongly({ parts: { orders_empty_text: 'Of {balance}' } })).rejects.toMatchObject({
      errors: [{ path: 'parts.orders_empty_text', code: 'unknown_name' }],
    });
    await expect(wrongly({ key: 'mail.welcome' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('can be made of every page, with every name replaced', async () => {
    const ctx = await createTestContext();
    const pages = (await listTexts(ctx)).filter(({ kind }) => kind !== 'mail');
    for (const language of ['en', 'uk'])
      for (const { key } of pages) {
        const { passages } = await previewPageText(ctx, { key, language, parts: {}, email: null });
        for (const { words } of passages) expect(words).not.toMatch(/\{\w+\}|undefined/);
      }
    expect(pages.length).toBe(12);
  });
});

describe('the preview of a mail', () => {
  test('greets the customer who was chosen, and keeps and sends nothing', async () => {
    const shop = await openShop();
    await shop.order({ customer: { email: 'ann@post.example', name: 'Ann Lee' } });
    const shown = await previewLetter(shop.ctx, {
      ...welcome,
      ...{ parts: { subject: 'Hello from {business}' }, email: 'ann@post.example' },
    });
    expect(shown.subject).toBe('Hello from Your shop');
    expect(shown.text).toContain('Hello Ann,');
    expect(await listTextVersions(shop.ctx, welcome)).toEqual([]);
    await expect(
      previewLetter(shop.ctx, { ...welcome, parts: {}, email: 'nobody@post.example' }),
    ).rejects.toMatchObject({ code: 'validation_failed', errors: [{ path: 'email' }] });
  });

  test('can be made of every mail', async () => {
    const ctx = await createTestContext();
    const mails = (await listTexts(ctx)).filter(({ kind }) => kind === 'mail');
    for (const { key } of mails) {
      const { html, text } = await previewLetter(ctx, { key, language: 'uk', parts: {}, email: null });
      for (const said of [html, text]) expect(said).not.toMatch(/undefined|null|NaN|\[object|\{\w+\}/);
    }
    expect(mails.length).toBeGreaterThan(60);
  });
});
