import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { insertInto } from '../../../db/query.ts';
import { passkeys } from '../../../db/schema/index.ts';
import { importEverything } from '../../../functions/desk/archive/import-everything.ts';
import { lookAtArchive } from '../../../functions/desk/archive/look-at-archive.ts';
import { listActs } from '../../../functions/desk/console/list-acts.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { consumeLink } from '../../../functions/people/sign-in/consume-link.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { beginFactor } from '../../../functions/people/staff/factor/begin-factor.ts';
import { type Entrant, setUpFactor } from '../../../functions/people/staff/factor/set-up-factor.ts';
import { createTestContext } from '../../support/test-context.ts';
import { archiveOf, pieces } from './archive-file.ts';

const email = 'olena@x.example';

test('who has an app and a passkey here and works in the archive, too, sets them up anew and gets in', async () => {
  const [there, here] = [await createTestContext(), await createTestContext()];
  await setUp(there, await enter(there));
  const old = await enter(here);
  await setUp(here, old);
  await here.db.write([passkeyOf(old.id)]);
  const signedIn = { ...here, actor: { ...owner(old.id), provenAt: here.now() } };
  await importEverything(signedIn, pieces(await archiveOf(there)));

  const entrant = await enter(here);
  expect(entrant.id).not.toBe(old.id);
  expect(await findSession(here, entrant.sessionToken)).toMatchObject({
    staff: { factors: { app: false, passkey: false }, provenAt: null },
  });
  const { token } = await setUp(here, entrant);
  const brought = await listActs({ ...here, actor: owner(entrant.id) }, { ...everything, actor: email });
  expect(brought.items.map(({ act, actor }) => `${act} by ${actor.name}`)).toEqual(
    expect.arrayContaining([`staff.factor-set-up by ${email}`, `archive.imported by ${email}`]),
  );
  expect(await findSession(here, token)).toMatchObject({
    staff: { id: entrant.id, factors: { app: true }, provenAt: expect.any(Number) },
  });
});

test.each([
  ['let go', 'disabled_at = 1'],
  ['a manager', "role = 'manager'"],
])('an owner who is %s in the archive is told so at once, and keeps the portal', async (_, change) => {
  const [there, here] = [await createTestContext(), await createTestContext()];
  await enter(there);
  await there.db.write([{ sql: `UPDATE staff SET ${change}`, args: [] }]);
  const { id } = await enter(here);
  const archive = await archiveOf(there);
  const asOwner: Context = { ...here, actor: { ...owner(id), provenAt: here.now() } };
  const refused = { code: 'validation_failed', message: expect.stringContaining(`${email} is no owner`) };
  const looked = lookAtArchive(asOwner, { chunks: pieces(archive), onRows: () => undefined, slice: null });
  await expect(looked).rejects.toMatchObject(refused);
  await expect(importEverything(asOwner, pieces(archive))).rejects.toMatchObject(refused);
  const staff = await here.db.read({ sql: 'SELECT id, role, disabled_at FROM staff', args: [] });
  expect(staff).toEqual([[id, 'owner', null]]);
});

const everything = { actor: null, subject: null, day: null, after: null };
const owner = (id: string) => ({ kind: 'staff', id, role: 'owner' }) as const;

async function enter(ctx: Context): Promise<Entrant> {
  const { link } = await addStaff(ctx, { email, role: 'owner' });
  const token = new URL(link).searchParams.get('token') ?? '';
  const session = await consumeLink(ctx, { token, browserToken: null });
  return { id: session.subjectId, role: 'owner', sessionToken: session.token };
}

async function setUp(ctx: Context, entrant: Entrant) {
  const offer = await beginFactor(ctx, { id: entrant.id, email });
  const secret = Secret.fromBase32(offer.manualKey.replaceAll(' ', ''));
  const code = TOTP.generate({ secret, timestamp: ctx.now() });
  return setUpFactor(ctx, { entrant, sealed: offer.sealed, code });
}

function passkeyOf(subjectId: string) {
  return insertInto(passkeys)({
    id: 'passkey',
    kind: 'staff',
    subjectId,
    credentialId: 'credential',
    publicKey: 'key',
    counter: 0,
    transports: 'internal',
    name: 'Phone',
    createdAt: 0,
    lastUsedAt: null,
  });
}
