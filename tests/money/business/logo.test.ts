import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { listActs } from '../../../functions/desk/console/list-acts.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { getBusiness } from '../../../functions/money/business/business.ts';
import { findLogo, setLogo } from '../../../functions/money/business/logo/set-logo.ts';
import { setPolicies } from '../../../functions/money/business/policies.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { ask } from '../../support/sign-in.ts';
import { createTestContext } from '../../support/test-context.ts';

const head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">';
const leaf = `<?xml version="1.0"?><!-- A leaf -->${head}<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>
<style>.b{fill:url(#a)}</style><g class='b'><path d="M0 0h8v8z"/></g><title>Tea &amp; House</title></svg>`;
const drawn = (inside: string) => `${head}${inside}</svg>`;
const bytesOf = (text: string) => new TextEncoder().encode(text);

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

function png(side: number): Uint8Array {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(side, 0);
  size.writeUInt32BE(side, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = chunk('IDAT', deflateSync(Buffer.alloc(8)));
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', size), body, chunk('IEND', Buffer.alloc(0))]),
  );
}

const logoFileOf = async (ctx: Context) => (await getBusiness(ctx)).identity.logoFile;

describe('a logo', () => {
  test('is kept under a name of its own bytes, the former ones beside it, and the log tells which', async () => {
    const ctx = await createTestContext();
    expect(await logoFileOf(ctx)).toBeNull();
    const first = await setLogo(ctx, bytesOf(leaf));
    expect(first).toMatch(/^[\w-]{22}\.svg$/);
    expect(await logoFileOf(ctx)).toBe(first);
    const second = await setLogo(ctx, png(16));
    expect(second).toMatch(/\.png$/);
    expect(await logoFileOf(ctx)).toBe(second);
    expect(await findLogo(ctx, second)).toEqual(png(16));
    expect(await findLogo(ctx, first)).toEqual(bytesOf(leaf));
    expect(await findLogo(ctx, 'other.svg')).toBeNull();
    await setLogo(ctx, null);
    expect(await logoFileOf(ctx)).toBeNull();
    const { items } = await listActs(ctx, { actor: null, subject: 'setting', day: null, after: null });
    expect(items.map(({ subjectId, detail }) => [subjectId, Object.fromEntries(detail)])).toEqual([
      ['logo', { value: '', before: second }],
      ['logo', { value: second, before: first }],
      ['logo', { value: first, before: '' }],
    ]);
  });

  test('stands at the head of mail when it is a PNG, since mail programs show no SVG', async () => {
    const ctx = await createTestContext();
    const htmlNow = async (email: string) => {
      await ask(ctx, email);
      return (await listMailbox(ctx)).find(({ to }) => to === email)?.html;
    };
    await setPolicies(ctx, [['name', 'Fern & Kettle']]);
    await setLogo(ctx, bytesOf(leaf));
    expect(await htmlNow('ann@x.example')).not.toContain('<img');
    const name = await setLogo(ctx, png(16));
    expect(await htmlNow('bob@x.example')).toContain(
      `<img src="http://localhost:4321/logo/${name}" alt="Fern &amp; Kettle"`,
    );
  });

  test('is set by owners and managers alone', async () => {
    const ctx = await createTestContext({ actor: { kind: 'staff', id: 'a', role: 'agent' } });
    await expect(setLogo(ctx, bytesOf(leaf))).rejects.toMatchObject({ code: 'forbidden' });
  });

  test.each<[string, string | Uint8Array, string]>([
    ['a script', drawn('<script>alert(1)</script>'), 'element'],
    ['a script of another namespace', drawn('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>'), 'element'],
    ['a page', drawn('<foreignObject/>'), 'element'],
    ['an animation', drawn('<set attributeName="href" to="x"/>'), 'element'],
    ['an event handler', drawn('<g onload="alert(1)"/>'), 'event_handler'],
    ['an event handler of the root', leaf.replace('<svg ', '<svg OnLoad="x" '), 'event_handler'],
    ['a link', drawn('<path xlink:href="https://x.example/"/>'), 'foreign_reference'],
    ['another file as fill', drawn('<path fill="url(https://x.example/a)"/>'), 'foreign_reference'],
    ['another file in quotes', drawn(`<path fill="url('a.svg#b')"/>`), 'foreign_reference'],
    ['a style that loads', drawn('<style>@import "a.css"</style>'), 'foreign_reference'],
    ['a reference in disguise', drawn('<path fill="u&#114;l(a)"/>'), 'character_reference'],
    ['a style in disguise', drawn('<style>g{fill:u\\72l(a)}</style>'), 'character_reference'],
    ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${leaf}`, 'unknown_type'],
    ['entities after its head', `<?xml version="1.0"?><!DOCTYPE svg>${drawn('')}`, 'declaration'],
    ['unread text', drawn('<title><![CDATA[x]]></title>'), 'declaration'],
    ['an open end', head, 'not_well_formed'],
    ['crossed ends', drawn('<g><path></g></path>'), 'not_well_formed'],
    ['two roots', drawn('') + drawn(''), 'not_well_formed'],
    ['no namespace', '<svg viewBox="0 0 8 8"></svg>', 'not_well_formed'],
    ['a bare attribute', drawn('<g hidden/>'), 'not_well_formed'],
    ['a page of HTML', '<html><body></body></html>', 'unknown_type'],
    ['letters of no alphabet', new Uint8Array([...bytesOf(head), 0xff]), 'broken'],
    ['no picture', new Uint8Array([0xff, 0xd8, 0xff]), 'unknown_type'],
    ['half of a PNG', png(16).slice(0, 40), 'broken'],
    ['a PNG with a tail', new Uint8Array([...png(16), 60]), 'broken'],
    ['a PNG of too many pixels', png(2049), 'too_many_pixels'],
    ['more than 64 KiB', drawn(' '.repeat(65_536)), 'too_large'],
  ])('is refused with %s, by the rule that it breaks', async (_name, file, code) => {
    const ctx = await createTestContext();
    const bytes = typeof file === 'string' ? bytesOf(file) : file;
    await expect(setLogo(ctx, bytes)).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringMatching(/^logo (?:has to be|may) /),
      errors: [{ path: 'logo', code }],
    });
    expect(await logoFileOf(ctx)).toBeNull();
  });
});
