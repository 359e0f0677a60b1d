import { expect, test } from 'vitest';
import { FilesUnavailable } from '../../../functions/ground/platform/file-store.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { addMessage } from '../../../functions/voice/feedback/add-message.ts';
import { getAttachment } from '../../../functions/voice/feedback/get-attachment.ts';
import { mayNotUpload } from '../../../functions/voice/feedback/may-upload.ts';
import { proofOf } from '../../../functions/voice/feedback/proof.ts';
import { tellAnonymously } from '../../../functions/voice/feedback/tell-feedback.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { caseOf, countOf, newKey, openHouse, pdfBytes, pngBytes, tell, threadOf, words } from './house.ts';

const png = { name: 'bag.png', bytes: pngBytes() };
const pdf = { name: 'receipt.pdf', bytes: pdfBytes() };

async function openHouseWithFiles() {
  const house = await openHouse();
  const files = createTestFiles();
  const withFiles = <Ctx extends object>(ctx: Ctx) => ({ ...ctx, files });
  return {
    ...house,
    files,
    ctx: withFiles(house.ctx),
    ann: withFiles(house.ann),
    bob: withFiles(house.bob),
    agent: withFiles(house.agent),
  };
}

test('a file is kept with its type and hash, and given to its author and to staff alone', async () => {
  const { ann, bob, agent, ctx, files } = await openHouseWithFiles();
  const told = await tell(ann, {}, [png, pdf]);
  const { attachments } = await threadOf(ann, told);
  expect(attachments).toMatchObject([
    { name: 'bag.png', isPicture: true, sizeBytes: png.bytes.length },
    { name: 'receipt.pdf', isPicture: false },
  ]);
  expect(files.names()).toHaveLength(2);
  const asked = { id: attachments[0]?.id ?? '', proof: null };
  expect(await getAttachment(ann, asked)).toMatchObject({ bytes: png.bytes, mediaType: 'image/png' });
  expect((await getAttachment(agent, asked)).bytes).toEqual(png.bytes);
  await expect(getAttachment(bob, asked)).rejects.toMatchObject({ code: 'not_found' });
  const nobody = { ...ctx, actor: { kind: 'anonymous' as const } };
  await expect(getAttachment(nobody, { ...asked, proof: proofOf(ctx, told.id) })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('files may come with later messages, and with unnamed feedback', async () => {
  const { ann, bob, agent, ctx } = await openHouseWithFiles();
  const told = await tell(ann);
  await addMessage(ann, { ...told, proof: null, text: 'Here it is.', key: newKey() }, [png]);
  expect((await caseOf(agent, told)).messages).toMatchObject([{ attachments: [{ name: 'bag.png' }] }]);
  await setPolicy(ctx, 'anonymousFeedback', 'on');
  const unnamed = await tellAnonymously(bob, words(), { client: '192.0.2.1', writer: null, files: [png] });
  const proof = proofOf(ctx, unnamed.id);
  const { attachments } = await threadOf(bob, unnamed, proof);
  const id = attachments[0]?.id ?? '';
  expect((await getAttachment(bob, { id, proof })).bytes).toEqual(png.bytes);
  await expect(getAttachment(bob, { id, proof: null })).rejects.toMatchObject({ code: 'not_found' });
});

const html = new TextEncoder().encode('<html><script>alert(1)</script>');
const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
const gif = new TextEncoder().encode('GIF89a............');

test.each([
  ['a page that is called a picture', [{ name: 'a.png', bytes: html }], 'file_type'],
  ['a drawing with scripts', [{ name: 'a.svg', bytes: svg }], 'file_type'],
  ['a GIF', [{ name: 'a.gif', bytes: gif }], 'file_type'],
  ['an empty file', [{ name: 'a.png', bytes: new Uint8Array() }], 'file_empty'],
  ['six files', [png, png, png, png, png, png], 'too_many_files'],
  ['a file too large', [{ name: 'a.png', bytes: new Uint8Array(5 * 1024 * 1024 + 1) }], 'file_too_large'],
])('refuses %s, and keeps nothing', async (_, sent, code) => {
  const { ann, ctx, files } = await openHouseWithFiles();
  await expect(tell(ann, {}, sent)).rejects.toMatchObject({ code: 'validation_failed', errors: [{ code }] });
  expect(files.names()).toEqual([]);
  expect(await countOf(ctx, 'SELECT count(*) FROM feedback')).toBe(0);
});

test('names cannot do harm', async () => {
  const { ann } = await openHouseWithFiles();
  const names = ['../../etc/passwd', 'a"\r\nSet-Cookie: x', '\u202egnp.exe', '', 'x'.repeat(500)];
  const told = await tell(
    ann,
    {},
    names.map((name) => ({ ...png, name })),
  );
  const { attachments } = await threadOf(ann, told);
  expect(attachments.map(({ name }) => name)).toEqual([
    'passwd.png',
    'aSet-Cookie x.png',
    'gnp.exe.png',
    'file.png',
    `${'x'.repeat(120)}.png`,
  ]);
});

test('a file opens as what it is, whatever it was called', async () => {
  const { ann } = await openHouseWithFiles();
  const sent = [
    ...['bill.hta', 'bill.html', 'bill.pdf.'].map((name) => ({ ...pdf, name })),
    { ...png, name: 'Bag.PNG' },
  ];
  const { attachments } = await threadOf(ann, await tell(ann, {}, sent));
  const names = attachments.map(({ name }) => name);
  expect(names).toEqual(['bill.hta.pdf', 'bill.html.pdf', 'bill.pdf..pdf', 'Bag.PNG']);
});

test('who writes unnamed is counted by where they write from, also within a thread', async () => {
  const { ctx, bob } = await openHouseWithFiles();
  await setPolicy(ctx, 'anonymousFeedback', 'on');
  const client = '192.0.2.1';
  const unnamed = await tellAnonymously(bob, words(), { client, writer: null, files: [] });
  const proof = proofOf(ctx, unnamed.id);
  const add = (from: string) =>
    addMessage(bob, { ...unnamed, proof, text: 'More.', key: newKey(), client: from }, [png]);
  for (let time = 1; time < 10; time += 1) await add(client);
  await expect(add(client)).rejects.toMatchObject({ code: 'too_many_requests' });
  await add('192.0.2.2');
});

test('files of the unnamed are counted by weight, by group and all together, and told before they are read', async () => {
  const { ctx, files } = await openHouseWithFiles();
  await setPolicy(ctx, 'anonymousFeedback', 'on');
  const nobody = { ...ctx, actor: { kind: 'anonymous' as const } };
  const large = { name: 'a.png', bytes: new Uint8Array(5 * 1024 * 1024) };
  large.bytes.set(png.bytes);
  const send = (client: string) =>
    tellAnonymously(nobody, words(), { client, writer: null, files: Array.from({ length: 5 }, () => large) });
  for (let group = 0; group < 5; group += 1) {
    const client = `10.0.0.${group}`;
    expect(await mayNotUpload(nobody, client)).toBeNull();
    for (let time = 0; time < 2; time += 1) await send(client);
    await expect(send(client)).rejects.toMatchObject({ code: 'too_many_requests' });
    expect(await mayNotUpload(nobody, client)).toMatchObject({ retry_after_s: 86_400 });
  }
  await expect(send('10.0.1.1')).rejects.toMatchObject({ code: 'too_many_requests' });
  expect(await mayNotUpload(nobody, '10.0.1.2')).toMatchObject({ retry_after_s: 86_400 });
  expect(files.names()).toHaveLength(50);
  await setPolicy(ctx, 'anonymousFeedback', 'off');
  expect(await mayNotUpload(nobody, '10.0.1.3')).not.toBeNull();
});

test('no file is left behind by a form sent twice or a store that fails', async () => {
  const { ann, ctx, files } = await openHouseWithFiles();
  const key = newKey();
  await Promise.all(Array.from({ length: 5 }, () => tell(ann, { key }, [png])));
  const told = await tell(ann, { key }, [png]);
  const message = { ...told, proof: null, text: 'And this.', key: newKey() };
  await Promise.all(Array.from({ length: 5 }, () => addMessage(ann, message, [png])));
  expect(files.names()).toHaveLength(2);
  expect(await countOf(ctx, 'SELECT count(*) FROM feedback_attachments')).toBe(2);
  const broken = { ...files, put: () => Promise.reject(new FilesUnavailable('HTTP_500')) };
  await expect(tell({ ...ann, files: broken }, {}, [png])).rejects.toMatchObject({
    code: 'unavailable',
    errors: [{ code: 'files_away' }],
  });
  expect(await countOf(ctx, 'SELECT count(*) FROM feedback')).toBe(1);
  await expect(tell({ ...ann, files: null }, {}, [png])).rejects.toMatchObject({
    errors: [{ code: 'no_files' }],
  });
});
