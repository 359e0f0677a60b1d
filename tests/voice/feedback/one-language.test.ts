import { expect, test } from 'vitest';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { closeCause } from '../../../functions/voice/feedback/causes/close-cause.ts';
import { listCauses } from '../../../functions/voice/feedback/causes/list-causes.ts';
import { openCause } from '../../../functions/voice/feedback/causes/open-cause.ts';
import { openShop } from '../../support/shop.ts';

test('a cause is closed in the languages of the business alone, and keeps its words in others', async () => {
  const { ctx } = await openShop();
  const id = await openCause(ctx, { name: 'Thin bags' });
  const closing = { id, outcome: 'changed', isPublic: true } as const;
  await closeCause(ctx, { ...closing, text: { en: 'Thicker.', uk: 'Міцніші.' } });
  await setPolicy(ctx, 'languages', 'en');
  await expect(closeCause(ctx, { ...closing, text: { uk: 'Нові.' } })).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path: 'text.en' }],
  });
  await closeCause(ctx, { ...closing, text: { en: 'Thicker now.' } });
  expect(await listCauses(ctx)).toMatchObject([
    { outcome: 'changed', text: { en: 'Thicker now.', uk: 'Міцніші.' } },
  ]);
});
