import { expect, test } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import { type House, send } from './house.ts';
import { deliveredOrder } from './orders.ts';
import { openOwner } from './owner.ts';

const customer = 'who-complains@example.com';
const name = 'Тонкі пакети';
const change = 'Тепер усі пакети з подвійного паперу.';

/** A complaint, its cause, the change, and the same complaint again, by the forms of the Ukrainian pages. */
export function describeCauseReturns(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('a complaint has its cause found and mended, who complained is told, and who complains again opens it', async () => {
    const house = open();
    const owner = await openOwner(house);
    await house.api('POST', '/orders', deliveredOrder('who-complains', 1000));
    const ann = openBrowser(house.origin);
    await signIn(house, ann, customer);
    const first = await complain(ann, 'Пакет порвався.');
    await setCause(owner, first, { name, cause: '' });
    const page = /\/uk\/console\/feedback\/causes\/\w+/.exec(
      (await owner.get(`/uk/console/feedback/${first}`)).text,
    )?.[0];
    const [[staffId = ''] = []] = await house.look("SELECT id FROM staff WHERE role = 'owner' LIMIT 1");
    const act = async (fields: Record<string, string>) =>
      expect((await owner.post(page ?? '', fields)).location).toContain('saved');
    await act({ do: 'plan', owner: staffId, due_on: '2030-01-31', process: 'Пакування', convenient: 'us' });
    await act({ do: 'step', what: 'Замовити інші пакети' });
    await act({
      do: 'close',
      outcome: 'changed',
      uk: change,
      en: 'All bags are of double paper.',
      public: 'yes',
    });
    await house.runJobs();
    const told = () =>
      house.mail.accepted.filter(
        ({ body }) => body.to === customer && /double paper|подвійного паперу/.test(JSON.stringify(body)),
      ).length;
    await expect.poll(told, { timeout: 30_000 }).toBe(1);
    expect((await openBrowser(house.origin).get('/uk/changes')).text).toContain(change);
    const second = await complain(ann, 'Пакет знову порвався.');
    const again = await setCause(owner, second, { cause: page?.split('/').at(-1) ?? '', name: '' });
    expect(again.location).toContain('saved=reopened');
    expect((await owner.get(page ?? '')).text).toContain('Повернулася');
    expect((await openBrowser(house.origin).get('/uk/changes')).text).not.toContain(change);
    const areas = (await owner.get('/uk/console/feedback/areas?by=process')).text;
    expect(areas).toContain('Пакування');
    const key = await house.newKey('feedback:read');
    const api = await send(house.origin, { method: 'GET', path: '/feedback/areas?by=process', key });
    expect(api.json.items).toContainEqual(
      expect.objectContaining({ key: 'Пакування', troubles: 2, forUs: 2 }),
    );
    await house.runJobs();
    expect(told()).toBe(1);
  });
}

async function complain(ann: Browser, text: string): Promise<string> {
  const told = { kind: 'complaint', text, answer: 'yes', key: crypto.randomUUID() };
  const { location } = await ann.post('/uk/account/feedback/new', told);
  return /feedback\/([0-9A-Z-]{9})/.exec(location ?? '')?.[1] ?? '';
}

async function setCause(
  owner: Browser,
  reference: string,
  fields: { cause: string; name: string },
): Promise<{ location: string | null }> {
  const set = await owner.post(`/uk/console/feedback/${reference}`, { do: 'cause', ...fields });
  expect([set.status, set.location]).toEqual([303, expect.stringContaining('saved')]);
  return set;
}
