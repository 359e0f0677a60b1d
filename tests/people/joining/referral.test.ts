import { describe, expect, test } from 'vitest';
import { type Store, StoreUnavailable } from '../../../db/store.ts';
import { newToken } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { consentText } from '../../../functions/people/joining/consent-texts.ts';
import { decideRequest } from '../../../functions/people/joining/decide-request.ts';
import { finishJoining } from '../../../functions/people/joining/finish-joining.ts';
import { codeOf } from '../../../functions/people/sign-in/challenge.ts';
import { requestSignIn } from '../../../functions/people/sign-in/request-sign-in.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { portal } from '../../../src/portal.config.ts';
import { type Circle, openCircle } from '../../circle/referrals/circle.ts';
import { testSecret } from '../../support/test-context.ts';

const ben = 'ben@friends.example';
const termsVersion = consentText(portal, { kind: 'terms', language: 'en' }).version;
const all = 'SELECT state, via FROM referrals';

describe('joining by a friend’s link', () => {
  test('keeps the referral with the joining, whatever breaks right after it', async () => {
    const circle = await openCircle();
    const { ctx, ask, look, differences } = circle;
    await join(circle, ben, onlyOneWrite(ctx.db));
    expect(await ask(all)).toEqual([['invited', 'link']]);
    await look();
    expect(await ask(all)).toEqual([['joined', 'link']]);
    expect(await ask("SELECT kind FROM history WHERE kind LIKE 'referral%' ORDER BY kind")).toEqual([
      ['referral_code_told'],
      ['referral_joined'],
      ['referral_started'],
    ]);
    expect(await differences()).toEqual([]);
  });

  test('is looked at at once', async () => {
    const circle = await openCircle();
    await join(circle, ben, circle.ctx.db);
    expect(await circle.ask(all)).toEqual([['joined', 'link']]);
  });

  test('counts for somebody who ordered before they were asked, and once', async () => {
    const circle = await openCircle();
    const { order, tell, ask } = circle;
    await order({ email: 'cleo@x.example', totals: [3000] });
    await join(circle, 'cleo@x.example', circle.ctx.db);
    expect(await ask(all)).toEqual([['joined', 'link']]);
    await tell(ben);
    await join(circle, ben, circle.ctx.db);
    expect(await ask(`${all} ORDER BY via`)).toEqual([
      ['joined', 'link'],
      ['joined', 'till'],
    ]);
  });

  test('keeps the referral with the approval', async () => {
    const circle = await openCircle();
    const { ctx, ask, staff, look } = circle;
    await setPolicy(ctx, 'registration', 'approval');
    await join(circle, ben, ctx.db);
    const [[requestId = ''] = []] = await ask('SELECT id FROM join_requests');
    expect(await ask(all)).toEqual([]);
    await decideRequest(
      { ...staff, db: onlyOneWrite(ctx.db) },
      { requestId, outcome: 'approved', reason: null },
    );
    await look();
    expect(await ask(all)).toEqual([['joined', 'link']]);
  });
});

async function join({ ctx, code }: Circle, email: string, db: Store) {
  const guest = { ...ctx, actor: { kind: 'anonymous' } } as const;
  const browserToken = newToken();
  const asked = { email, language: 'en', browserToken, clientAddress: '192.0.2.1', referralCode: code };
  const { challengeId } = await requestSignIn(guest, asked);
  const proof = {
    challengeId,
    code: codeOf(testSecret, challengeId),
    browserToken,
    clientAddress: asked.clientAddress,
  };
  const { token: sessionToken } = await verifyCode(guest, proof);
  return finishJoining({ ...guest, db }, { sessionToken, name: 'Ben', language: 'en', termsVersion });
}

/** A database that is gone after the first write. */
function onlyOneWrite(db: Store): Store {
  let writes = 0;
  return {
    ...db,
    write: async (statements) => {
      writes += 1;
      if (writes > 1) throw new StoreUnavailable('gone');
      return db.write(statements);
    },
  };
}
