import { expect, test } from 'vitest';
import { type House, send } from './house.ts';
import { deliveredOrder } from './orders.ts';
import { openOwner } from './owner.ts';

/** How the business works: standards, procedures and what was kept, by the forms of the Ukrainian pages. */
export function describeStandards(open: () => House): void {
  test('a complaint follows the standard and the procedure, step by step, and counts as kept', async () => {
    const house = open();
    await house.api('POST', '/orders', deliveredOrder('standard', 1000));
    const owner = await openOwner(house);
    const standard = { kind: 'complaint', audience: '', level: '', channel: '', hours: '6' };
    const page = '/uk/console/standards';
    expect((await owner.post(page, { ...standard, channel: 'phone' })).status).toBe(422);
    expect((await owner.post(page, standard)).location).toContain('saved=set');
    expect((await owner.get(page)).text).toContain('6 робочих годин');
    const steps = { 'what-1': 'Вислухати', 'proof-1': 'listen', 'what-2': 'Зателефонувати', 'place-2': '1' };
    const procedure = { kind: 'complaint', channel: '', name: 'Скарга', ...steps };
    const procedures = `${page}/procedures/new`;
    expect((await owner.post(procedures, { ...procedure, name: '' })).status).toBe(422);
    expect((await owner.post(procedures, procedure)).location).toContain('saved=set');
    const key = await house.newKey('feedback:read', 'feedback:write', 'contacts:read', 'settings:read');
    const complaint = {
      ...{ kind: 'complaint', text: 'The tea was wet.' },
      customer: { email: 'standard@example.com' },
    };
    const told = await send(house.origin, {
      ...{ method: 'POST', path: '/feedback', key, body: complaint },
      idempotencyKey: 'complaint-of-test',
    });
    const desk = `/uk/console/feedback/${told.json.reference}`;
    const shown = await owner.get(desk);
    expect(shown.text.indexOf('Зателефонувати')).toBeLessThan(shown.text.indexOf('Вислухати'));
    const { json } = await send(house.origin, { method: 'GET', path: '/procedures', key });
    const { id: step } = json.items[0].steps.find(({ proof }: { proof: string | null }) => proof === null);
    expect((await owner.post(desk, { do: 'tick', step: 'none', done: 'yes' })).status).toBe(422);
    expect((await owner.post(desk, { do: 'tick', step, done: 'yes' })).location).toContain('saved');
    await owner.post(desk, {
      do: 'answer',
      text: 'Перепрошуємо.',
      state: 'resolved',
      key: 'answer-of-test-1',
    });
    expect((await owner.get(desk)).text).toContain('зроблено 2 з 2');
    const since = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const kept = await send(house.origin, { method: 'GET', path: `/standards/kept?since=${since}`, key });
    const ofKind = kept.json.kinds.find((one: { kind: string }) => one.kind === 'complaint');
    expect(ofKind).toEqual({ kind: 'complaint', kept: 1, of: 1, share: null });
    expect((await owner.get(`${page}/kept`)).text).toContain('1 з 1: ще не можна сказати');
    expect((await owner.get(`${page}/thanks`)).status).toBe(200);
    await house.runJobs();
  });
  test('an idea of the team is told, refused a vote of its own, answered and done', async () => {
    const house = open();
    const owner = await openOwner(house);
    const page = '/uk/console/ideas';
    expect((await owner.post(page, { title: '', text: '', key: 'idea-of-test-1' })).status).toBe(422);
    const idea = { title: 'Лавка біля входу', text: 'Для тих, хто чекає.', key: 'idea-of-test-2' };
    expect((await owner.post(page, idea)).location).toContain('told');
    expect((await owner.post(page, idea)).location).toContain('told');
    const key = await house.newKey('feedback:read', 'settings:write');
    const { json } = await send(house.origin, { method: 'GET', path: '/ideas?state=new', key });
    expect(json.items).toMatchObject([{ title: 'Лавка біля входу', votes: 0 }]);
    const own = `${page}/${json.items[0].id}`;
    expect((await owner.post(own, { do: 'vote', for: 'yes' })).status).toBe(422);
    expect((await owner.post(own, { do: 'answer', state: 'declined', words: '' })).status).toBe(422);
    const answered = { do: 'answer', state: 'planned', words: 'З понеділка.' };
    expect((await owner.post(own, answered)).location).toContain('saved=answer');
    const done = await send(house.origin, {
      ...{ method: 'POST', path: `/ideas/${json.items[0].id}/answers`, key, body: { state: 'done' } },
      idempotencyKey: 'answer-of-test',
    });
    expect(done.json).toEqual({ id: json.items[0].id, state: 'done' });
    expect((await owner.get(own)).text).toContain('З понеділка.');
    expect((await owner.get(`${page}?state=done`)).text).toContain('Лавка біля входу');
    expect((await owner.get('/uk/console/standards/thanks')).text).toContain('ваша ідея здійснилася');
  });
  test('the guide is read chapter by chapter, with the note of the business, and thanks at the end', async () => {
    const house = open();
    const owner = await openOwner(house);
    const page = '/uk/console/guide';
    const noted = { do: 'note', chapter: 'till', 'note-till': 'Ключ у сейфі.' };
    expect((await owner.post(page, noted)).location).toContain('saved=note');
    expect((await owner.post(page, { ...noted, 'note-till': 'x'.repeat(3001) })).status).toBe(422);
    expect((await owner.get(page)).text).toContain('Ключ у сейфі.');
    const key = await house.newKey('feedback:read', 'settings:read');
    const { json } = await send(house.origin, { method: 'GET', path: '/guide', key });
    for (const { chapter } of json.items) await owner.post(page, { do: 'read', chapter });
    expect((await owner.get(`${page}?saved=read`)).text).toContain('Ви прочитали все');
    const progress = await send(house.origin, { method: 'GET', path: '/guide/progress', key });
    expect(progress.json.items).toContainEqual(expect.objectContaining({ read: 9, of: 9, role: 'owner' }));
    expect((await owner.get('/uk/console/standards/thanks')).text).toContain('прочитали весь путівник');
  });
}
