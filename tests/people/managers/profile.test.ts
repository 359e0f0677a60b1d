import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { assignManager } from '../../../functions/people/managers/assign-manager.ts';
import { getOwnManager } from '../../../functions/people/managers/get-own-manager.ts';
import { findStaffPicture, setStaffPicture } from '../../../functions/people/managers/profile/set-picture.ts';
import { setStaffProfile } from '../../../functions/people/managers/profile/set-profile.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

async function openTeam() {
  const shop = await openShop(moneyBack);
  for (const name of ['nina', 'omar'])
    await addStaff(shop.ctx, { email: `${name}@shop.example`, role: 'agent', name });
  const rows = await shop.ctx.db.read({ sql: 'SELECT name, id FROM staff', args: [] });
  const ids = Object.fromEntries(rows.map(([name, id]) => [String(name), String(id)]));
  const as = (name: string, role: Role): Context => ({
    ...shop.ctx,
    actor: { kind: 'staff', id: ids[name] ?? '', role },
  });
  const bought = await shop.order();
  const cardNow = (accountId: string | null = null) =>
    getOwnManager(shop.as(bought.customerId), { accountId, timeZone: 'Europe/London' });
  return { shop, as, bought, cardNow, nina: ids.nina ?? '' };
}

test('shows a customer who looks after them as that person says it, until they leave the team', async () => {
  const { shop, as, bought, cardNow, nina } = await openTeam();
  expect(await cardNow()).toBeNull();
  await assignManager(shop.ctx, { accountId: bought.accountId, manager: 'nina@shop.example' });
  expect(await cardNow()).toMatchObject({ name: 'nina', phone: null, mail: null, picture: null });
  const said = { name: 'Nina H.', phone: '+44 20 7946 0123', mail: 'Nina@line.example' };
  await setStaffProfile(as('nina', 'agent'), { staffId: nina, ...said, hours: { en: 'Mon to Fri', uk: '' } });
  await setStaffPicture(as('nina', 'agent'), { staffId: nina, bytes: png() });
  const card = await cardNow(bought.accountId);
  expect(card).toMatchObject({ ...said, mail: 'nina@line.example', hours: { en: 'Mon to Fri' }, words: {} });
  expect(await findStaffPicture(shop.ctx, card?.picture ?? '')).toEqual(png());
  expect(await cardNow('somebody-else')).toBeNull();
  await disableStaff(shop.ctx, { email: 'nina@shop.example' });
  expect(await cardNow()).toBeNull();
  expect(await findStaffPicture(shop.ctx, card?.picture ?? '')).toBeNull();
});

test('is said by oneself or an owner, each time with a line in the log, and by nobody else', async () => {
  const { shop, as, nina } = await openTeam();
  const say = (ctx: Context, more: object = {}) =>
    setStaffProfile(ctx, { staffId: nina, phone: '1', ...more });
  await say(as('omar', 'owner'));
  await say(as('nina', 'agent'));
  await say(as('nina', 'agent'), { phone: '2' });
  for (const role of ['manager', 'agent', 'analyst'] as const) {
    await expect(say(as('omar', role))).rejects.toMatchObject({ code: 'forbidden' });
    const picture = setStaffPicture(as('omar', role), { staffId: nina, bytes: png() });
    await expect(picture).rejects.toMatchObject({ code: 'forbidden' });
  }
  await expect(say(as('nina', 'agent'), { mail: 'nobody', words: { en: 'a\nb' } })).rejects.toMatchObject({
    errors: [{ path: 'mail' }, { path: 'words.en' }],
  });
  const acts = await shop.ctx.db.read({
    sql: `SELECT act FROM audit_log WHERE act LIKE 'staff-profile%'`,
    args: [],
  });
  expect(acts).toHaveLength(2);
});

test('of a photograph the picture is kept, and nothing of where or with what it was taken', async () => {
  const { shop, as, nina } = await openTeam();
  const own = as('nina', 'agent');
  const keep = async (bytes: Uint8Array) => {
    await setStaffPicture(own, { staffId: nina, bytes });
    const [row] = await shop.ctx.db.read({ sql: 'SELECT name FROM staff_pictures', args: [] });
    return Buffer.from((await findStaffPicture(shop.ctx, String(row?.[0]))) ?? []).toString('latin1');
  };
  const photo = await keep(jpeg());
  expect(photo).not.toMatch(/GPS|Lviv|Canon|trailer/);
  // Which side is up stays, as do the colours; all of it is drawn to its end.
  expect(photo).toContain('\x01\x12\0\x03\0\0\0\x01\0\x06');
  expect(photo).toContain('ICC_PROFILE');
  expect(photo.endsWith('drawn\xff\0on\xff\xd9')).toBe(true);
  expect(await keep(png(chunk('tEXt', Buffer.from('GPS'))))).toBe(Buffer.from(png()).toString('latin1'));
  for (const [bytes, code] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unknown_type'],
    [jpeg().subarray(0, -40), 'broken'],
    [png().subarray(0, -4), 'broken'],
    [Buffer.concat([png(), Buffer.alloc(1)]), 'broken'],
    [png(Buffer.alloc(0), 2049), 'too_many_pixels'],
    [Buffer.concat([jpeg(), Buffer.alloc(128 * 1024)]), 'too_large'],
  ] as const)
    await expect(setStaffPicture(own, { staffId: nina, bytes })).rejects.toMatchObject({
      errors: [{ path: 'picture', code }],
    });
  await setStaffPicture(own, { staffId: nina, bytes: null });
  expect(await shop.ctx.db.read({ sql: 'SELECT name FROM staff_pictures', args: [] })).toEqual([]);
});

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

function png(beside: Uint8Array = Buffer.alloc(0), side = 2): Uint8Array {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(side, 0);
  size.writeUInt32BE(side, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const drawn = chunk('IDAT', deflateSync(Buffer.alloc(8)));
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', size), beside, drawn, chunk('IEND', Buffer.alloc(0))]),
  );
}

/** As a telephone makes it: turned, with its place and camera, a comment, and another picture behind the end. */
function jpeg(): Uint8Array {
  const part = (marker: number, data: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  };
  const entry = (tag: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(3, 2);
    bytes.writeUInt32LE(1, 4);
    bytes.writeUInt16LE(value, 8);
    return bytes;
  };
  const tiff = Buffer.concat([
    Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 2, 0]),
    entry(0x010f, 0),
    entry(0x0112, 6),
    Buffer.from('\0\0\0\0GPS Canon'),
  ]);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      part(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff])),
      part(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours')),
      part(0xfe, Buffer.from('Lviv')),
      part(0xc0, Buffer.from([8, 0, 2, 0, 2, 1, 1, 0x11, 0])),
      part(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
      Buffer.from('drawn\xff\0on\xff\xd9', 'latin1'),
      Buffer.from('trailer, a film of where it was taken'),
    ]),
  );
}
