import { expect, it } from 'vitest';
import { house } from '../../functions/rooms.ts';

it.each([
  ['/club', 'club'],
  ['/account/club', 'club'],
  ['/account/club/drops/1', 'club'],
  ['/voices', 'voices'],
  ['/account/voices', 'voices'],
  ['/account', null],
  ['/console/club', null],
  ['/clubs', null],
  ['/changes', null],
])('%s is there only where the business has set up %s', (path, feature) => {
  const found = house.features.find(({ pages }) => pages.test(path));
  expect(found?.name ?? null).toBe(feature);
});
