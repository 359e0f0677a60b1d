import { expect, test } from 'vitest';
import { answerIdea, thankForIdea } from '../../../functions/desk/ideas/answer-idea.ts';
import { getIdea, listIdeas, openStates } from '../../../functions/desk/ideas/list-ideas.ts';
import { tellIdea } from '../../../functions/desk/ideas/tell-idea.ts';
import { voteForIdea } from '../../../functions/desk/ideas/vote-for-idea.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { listOwnThanks } from '../../../functions/people/thanks/list-thanks.ts';
import { rowsOf } from '../../care/contacts/house.ts';
import { newKey, openHouse } from '../../voice/feedback/house.ts';

async function openIdeas() {
  const house = await openHouse();
  const told = (who: Context = house.agent, title = 'A bench at the door') =>
    tellIdea(who, { title, text: null, key: newKey() });
  const open = async (who: Context = house.owner) =>
    (await listIdeas(who, { states: openStates })).items.map(({ title, votes }) => [title, votes]);
  const mails = () =>
    rowsOf(
      house.ctx,
      "SELECT template, address FROM outbox WHERE template IN ('idea_answered', 'staff_thanked') ORDER BY id",
    );
  return { ...house, told, open, mails };
}

test('an idea is told once, also by twenty sendings of its form, by whoever works here', async () => {
  const { agent, analyst, ann, ctx, told, open } = await openIdeas();
  const idea = { title: 'A bench at the door', text: 'For those who wait', key: newKey() };
  const all = await Promise.all(Array.from({ length: 20 }, () => tellIdea(agent, idea)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  await told(analyst, 'Fewer figures');
  expect(await open()).toEqual([
    ['Fewer figures', 0],
    ['A bench at the door', 0],
  ]);
  await expect(told(ann)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(told(ctx)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(told(agent, ' ')).rejects.toMatchObject({ code: 'validation_failed' });
});

test('each has one vote for the ideas of others, may take it back, and takes it along when they leave', async () => {
  const { agent, owner, analyst, ctx, told, open } = await openIdeas();
  const { id } = await told();
  await Promise.all([owner, owner, analyst].map((who) => voteForIdea(who, { id, isFor: true })));
  expect(await open()).toEqual([['A bench at the door', 2]]);
  await voteForIdea(owner, { id, isFor: false });
  await voteForIdea(owner, { id, isFor: false });
  expect(await open()).toEqual([['A bench at the door', 1]]);
  await voteForIdea(owner, { id, isFor: true });
  expect(await getIdea(owner, { id })).toMatchObject({ votes: 2, isVoted: true, isOwn: false });
  await expect(voteForIdea(agent, { id, isFor: true })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(voteForIdea(owner, { id: 'none', isFor: true })).rejects.toMatchObject({ code: 'not_found' });
  await disableStaff(ctx, { email: 'analyst@example.com' });
  expect(await open()).toEqual([['A bench at the door', 1]]);
});

test('an answer goes to whose idea it is; a no says why; who leads answers', async () => {
  const { agent, owner, told, mails } = await openIdeas();
  const { id } = await told();
  await answerIdea(owner, { id, state: 'planned', words: 'From Monday on.' });
  expect(await mails()).toEqual([['idea_answered', 'agent@example.com']]);
  for (const words of ['From Monday on.', null]) await answerIdea(owner, { id, state: 'planned', words });
  expect((await mails()).length).toBe(1);
  await expect(answerIdea(owner, { id, state: 'declined', words: ' ' })).rejects.toMatchObject({
    errors: [{ path: 'words' }],
  });
  await expect(answerIdea(agent, { id, state: 'done', words: null })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const { acts, state } = await getIdea(agent, { id });
  expect([state, acts.map(({ kind, words, by }) => [kind, words, by])]).toEqual([
    'planned',
    [
      ['told', null, 'agent@example.com'],
      ['planned', 'From Monday on.', 'owner@example.com'],
    ],
  ]);
});

test('whose idea is done is thanked, once, and told of all else', async () => {
  const { agent, owner, told, mails } = await openIdeas();
  const { id } = await told();
  await Promise.all([
    answerIdea(owner, { id, state: 'done', words: 'It stands there.' }),
    answerIdea(owner, { id, state: 'done', words: 'It stands there.' }),
  ]);
  await answerIdea(owner, { id, state: 'new', words: 'It broke.' });
  await answerIdea(owner, { id, state: 'done', words: null });
  const templates = (await mails()).map(([template]) => template);
  expect(templates.filter((template) => template === 'staff_thanked')).toEqual(['staff_thanked']);
  expect((await listOwnThanks(agent)).map(({ kind, words }) => [kind, words])).toEqual([
    ['idea_done', 'A bench at the door\n\nIt stands there.'],
  ]);
});

test('a word of thanks is said once for each idea, and not to oneself', async () => {
  const { agent, owner, told } = await openIdeas();
  const { id } = await told();
  await Promise.all(Array.from({ length: 5 }, () => thankForIdea(owner, { id, words: 'Well seen.' })));
  expect((await listOwnThanks(agent)).map(({ kind, words }) => [kind, words])).toEqual([
    ['idea_thanked', 'A bench at the door\n\nWell seen.'],
  ]);
  const own = await told(owner, 'Longer hours');
  await expect(thankForIdea(owner, { ...own, words: 'Me' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('who left is not named and gets no mail', async () => {
  const { owner, ctx, told, mails } = await openIdeas();
  const { id } = await told();
  await disableStaff(ctx, { email: 'agent@example.com' });
  await answerIdea(owner, { id, state: 'done', words: null });
  await thankForIdea(owner, { id, words: 'Thank you.' });
  expect(await mails()).toEqual([]);
  const { by, acts } = await getIdea(owner, { id });
  expect([by, acts[0]?.by]).toEqual([null, null]);
});
