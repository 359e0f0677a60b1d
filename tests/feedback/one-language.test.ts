import { expect, test, vi } from 'vitest';
import { closeCause, listCauses, openCause } from '../../functions/feedback/causes.ts';
import { openShop } from '../support/shop.ts';

vi.mock('../../src/portal.config.ts', async (load) => {
  const { portal } = await load<typeof import('../../src/portal.config.ts')>();
  return { portal: { ...portal, languages: ['en'] } };
});

test('a cause is closed in the languages of the business alone', async () => {
  const { ctx } = await openShop();
  const id = await openCause(ctx, { name: 'Thin bags' });
  const closing = { id, outcome: 'changed', isPublic: true } as const;
  await expect(closeCause(ctx, { ...closing, text: { uk: 'Міцніші.' } })).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path: 'text.en' }],
  });
  await closeCause(ctx, { ...closing, text: { en: 'Thicker now.' } });
  expect(await listCauses(ctx)).toMatchObject([{ outcome: 'changed', text: { en: 'Thicker now.' } }]);
});
