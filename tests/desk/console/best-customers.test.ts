import { expect, test } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { listReluctant } from '../../../functions/desk/console/customers/list-reluctant.ts';
import { listWithoutManager } from '../../../functions/desk/console/own-customers/list-without-manager.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { assignManager } from '../../../functions/people/managers/assign-manager.ts';
import { listInPerson } from '../../../functions/people/preferences/may-tell.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { openHouse } from '../../voice/feedback/house.ts';

test('key accounts and members of the club without a manager are told, who spent most first', async () => {
  const { shop, ctx, owner, agent, analyst, order } = await openHouse();
  await setPolicy(ctx, 'keyAccounts', '1');
  await setPolicy(ctx, 'club', 'on');
  await shop.order({ email: 'cid@example.com', number: 'C-1', totals: [100] });
  await addMember(ctx, { email: 'bob@example.com', accountId: null, since: null });
  await workFacts(ctx);
  const told = async () =>
    (await listWithoutManager(owner)).items.map(({ name, isKey, isInClub, yearSpendMinor }) => [
      ...[name, isKey, isInClub, Number(yearSpendMinor)],
    ]);
  const ann = ['ann@example.com', true, false, 12_000];
  const bob = ['bob@example.com', false, true, 5000];
  expect(await told()).toEqual([ann, bob]);
  await assignManager(ctx, { accountId: order.accountId, manager: agent.staffId });
  expect(await told()).toEqual([bob]);
  expect((await listWithoutManager(analyst)).isCut).toBe(false);
  await expect(listWithoutManager(shop.as(order.customerId))).rejects.toMatchObject({ code: 'forbidden' });
});

test('who had better not be called is told for each account, by name where there are several people', async () => {
  const { shop, ctx, agent, order } = await openHouse();
  const home = await shop.order({ email: 'ann@example.com', account: 'The Petrenkos', number: 'H-1' });
  const roots = [order.accountId, home.accountId];
  expect([...(await listReluctant(agent, roots)).keys()]).toEqual([]);
  await setPreferences(ctx, { customerId: order.customerId, pausedUntil: '2026-03-05', basis: 'said so' });
  const reluctant = await listReluctant(agent, roots);
  const paused = { may: false, because: 'paused', until: '2026-03-05', most: null };
  expect(roots.map((id) => reluctant.get(id))).toEqual([
    [{ customerId: order.customerId, name: null, verdict: paused }],
    [{ customerId: order.customerId, name: 'ann@example.com', verdict: paused }],
  ]);
  expect(
    (await listInPerson(agent, order.customerId)).map(({ channel, verdict }) => [channel, verdict.may]),
  ).toEqual([
    ['phone', false],
    ['message', false],
    ['post', false],
  ]);
});
